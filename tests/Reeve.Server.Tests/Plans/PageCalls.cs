using System.Globalization;
using Reeve.Seed;

namespace Reeve.Server.Tests.Plans;

/// <summary>The lists, counts and histories that the official UI asks for, with the filters it sends.</summary>
internal static class PageCalls
{
    /// <summary>Method, path below the API's mount and body, over a seeded database.</summary>
    public static IEnumerable<(string Method, string Path, string? Body)> All(SeedPlan plan)
    {
        var now = plan.Now;
        string At(TimeSpan ago) => (now - ago).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var day = $$$$$$"""{"operator":"and_","expected_start_time":{"after_":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}","before_":"{{{{{{At(TimeSpan.Zero)}}}}}}"}}""";
        var run = plan.Id("flow_run", plan.FlowRuns / 2);
        var task = plan.Id("task_run", plan.TaskRuns / 2);
        var deployment = plan.Id("deployment", 3);
        var flow = plan.Id("flow", 3);

        // The runs page and its tabs.
        yield return Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":100,"sort":"START_TIME_DESC","flow_runs":{{{{{{day}}}}}}}""");
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"START_TIME_DESC"}""");
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"START_TIME_DESC","flow_runs":{"tags":{"operator":"and_","all_":["team-3"]}}}""");
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"EXPECTED_START_TIME_ASC","flow_runs":{"state":{"operator":"and_","type":{"any_":["RUNNING"]}}}}""");
        yield return Post("flow_runs/filter", """{"limit":5,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}}}""");
        yield return Post("flow_runs/filter", """{"limit":200,"sort":"ID_DESC"}""");
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"END_TIME_DESC","flow_runs":{"end_time":{"is_null_":false}}}""");
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"NEXT_SCHEDULED_START_TIME_ASC","flow_runs":{"state":{"type":{"any_":["SCHEDULED"]}}}}""");
        yield return Post("flow_runs/count", """{"flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}}}""");
        yield return Post("flow_runs/count", $$$$$$"""{"flow_runs":{{{{{{day}}}}}}}""");
        yield return Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","parent_flow_run_id":{"operator":"and_","any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Post("flow_runs/lateness", $$$$$$"""{"flow_runs":{{{{{{day}}}}}}}""");
        yield return Post("ui/flow_runs/history", $$$$$$"""{"limit":1000,"offset":0,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{{{{{{day}}}}}}}""");
        yield return Post("flow_runs/history", $$$$$$"""{"history_start":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}","history_end":"{{{{{{At(TimeSpan.Zero)}}}}}}","history_interval_seconds":600}""");
        yield return Post("ui/flow_runs/count-task-runs", $$$$$$"""{"flow_run_ids":["{{{{{{run}}}}}}","{{{{{{plan.Id("flow_run", 7)}}}}}}"]}""");

        // Pages of a flow, a deployment, a work pool.
        yield return Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":5,"sort":"START_TIME_DESC","flow_runs":{{{{{{day}}}}}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Post("flow_runs/filter", $$$$$$"""{"limit":1,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","state":{"operator":"and_","type":{"any_":["COMPLETED","FAILED"]}}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Post("flow_runs/filter", $$$$$$"""{"limit":60,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{"operator":"and_","deployment_id":{"operator":"and_","any_":["{{{{{{deployment}}}}}}"]}}}""");
        yield return Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":20,"sort":"START_TIME_DESC","flow_runs":{{{{{{day}}}}}},"work_pools":{"operator":"and_","name":{"any_":["seed-pool-1"]}}}""");
        yield return Post("flow_runs/count", """{"flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}},"work_pools":{"name":{"any_":["seed-pool-1"]}}}""");
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","work_queue_name":{"any_":["fast"]},"state":{"type":{"any_":["RUNNING"]}}}}""");
        yield return Post("flows/paginate", """{"page":1,"limit":10,"sort":"NAME_ASC"}""");
        yield return Post("deployments/paginate", """{"page":1,"limit":10,"sort":"NAME_ASC","deployments":{"operator":"and_","flow_or_deployment_name":{"like_":"17"}}}""");
        yield return Post("ui/flows/count-deployments", $$$$$$"""{"flow_ids":["{{{{{{flow}}}}}}"]}""");
        yield return Post("ui/flows/next-runs", $$$$$$"""{"flow_ids":["{{{{{{flow}}}}}}","{{{{{{plan.Id("flow", 1)}}}}}}"]}""");

        // One run: its tasks, logs, graph, subflows, artifacts.
        yield return ("GET", $"flow_runs/{run}", null);
        yield return ("GET", $"ui/task_runs/{task}", null);
        yield return Post("task_runs/paginate", $$$$$$"""{"page":1,"limit":20,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{"operator":"and_","id":{"any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","flow_run_id":{"operator":"and_","any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Post("flow_runs/filter", $$$$$$"""{"limit":20,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","parent_flow_run_id":{"operator":"and_","any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Post("logs/filter", $$$$$$"""{"limit":50,"offset":0,"sort":"TIMESTAMP_ASC","logs":{"operator":"and_","level":{"ge_":0},"flow_run_id":{"any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Post("logs/filter", $$$$$$"""{"limit":50,"offset":0,"sort":"TIMESTAMP_ASC","logs":{"operator":"and_","level":{"ge_":20},"task_run_id":{"any_":["{{{{{{task}}}}}}"]}}}""");
        yield return Post("logs/filter", """{"limit":200,"sort":"TIMESTAMP_DESC","logs":{"level":{"ge_":40}}}""");
        yield return Post("artifacts/filter", $$$$$$"""{"limit":50,"sort":"CREATED_DESC","artifacts":{"operator":"and_","flow_run_id":{"any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Post("artifacts/filter", """{"limit":50,"sort":"CREATED_DESC","artifacts":{"operator":"and_","key":{"any_":["report-3"]}}}""");

        // Task runs on the runs page and the dashboard.
        yield return Post("task_runs/paginate", $$$$$$"""{"page":1,"limit":100,"sort":"EXPECTED_START_TIME_DESC","task_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}"}}}""");
        yield return Post("task_runs/filter", """{"limit":10,"sort":"EXPECTED_START_TIME_DESC"}""");
        yield return Post("task_runs/filter", """{"limit":20,"sort":"END_TIME_DESC","task_runs":{"state":{"type":{"any_":["FAILED"]}}}}""");
        yield return Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","state":{"operator":"and_","type":{"any_":["RUNNING"]}},"start_time":{"after_":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}"}}}""");
        yield return Post("task_runs/history", $$$$$$"""{"history_start":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}","history_end":"{{{{{{At(TimeSpan.Zero)}}}}}}","history_interval_seconds":600}""");
        yield return Post("ui/task_runs/dashboard/counts", $$$$$$"""{"task_runs":{"start_time":{"after_":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}","before_":"{{{{{{At(TimeSpan.Zero)}}}}}}"}},"flow_runs":{}}""");
        yield return Post("ui/task_runs/count", $$$$$$"""{"task_runs":{"start_time":{"after_":"{{{{{{At(TimeSpan.FromHours(2))}}}}}}"}}}""");

        // Names typed into a search field.
        yield return Post("flow_runs/filter", """{"limit":10,"sort":"ID_DESC","flow_runs":{"operator":"and_","name":{"like_":"brave-gecko-none"}}}""");
        yield return Post("task_runs/filter", """{"limit":10,"sort":"ID_DESC","task_runs":{"operator":"and_","name":{"like_":"brave-gecko-none"}}}""");
    }

    private static (string, string, string?) Post(string path, string body) => ("POST", path, body);
}
