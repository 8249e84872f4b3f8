using System.Globalization;

namespace Reeve.Load;

/// <summary>The lists, counts and histories that the official UI asks for, with the filters it sends.</summary>
public static class PageCalls
{
    /// <summary>Calls over a seeded database; windows of time are the last <paramref name="window"/>.</summary>
    public static IEnumerable<Call> All(Places places, TimeSpan window)
    {
        string At(TimeSpan ago) => (places.Now - ago).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var since = At(window);
        var until = At(TimeSpan.Zero);
        var bucket = (int)(window / 12).TotalSeconds;
        var day = $$$$$$"""{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"}}""";
        var run = places.FlowRuns[0];
        var other = places.FlowRuns[^1];
        var task = places.TaskRuns[0];
        var deployment = places.Deployments[0];
        var flow = places.Flows[0];
        var pool = places.Pools[^1];

        // The runs page and its tabs.
        yield return Call.Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":100,"sort":"START_TIME_DESC","flow_runs":{{{{{{day}}}}}}}""");
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"START_TIME_DESC"}""");
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"START_TIME_DESC","flow_runs":{"tags":{"operator":"and_","all_":["team-3"]}}}""");
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"EXPECTED_START_TIME_ASC","flow_runs":{"state":{"operator":"and_","type":{"any_":["RUNNING"]}}}}""");
        yield return Call.Post("flow_runs/filter", """{"limit":5,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}}}""");
        yield return Call.Post("flow_runs/filter", """{"limit":200,"sort":"ID_DESC"}""");
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"END_TIME_DESC","flow_runs":{"end_time":{"is_null_":false}}}""");
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"NEXT_SCHEDULED_START_TIME_ASC","flow_runs":{"state":{"type":{"any_":["SCHEDULED"]}}}}""");
        yield return Call.Post("flow_runs/count", """{"flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}}}""");
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{{{{{{day}}}}}}}""");
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","parent_flow_run_id":{"operator":"and_","any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/lateness", $$$$$$"""{"flow_runs":{{{{{{day}}}}}}}""");
        yield return Call.Post("ui/flow_runs/history", $$$$$$"""{"limit":1000,"offset":0,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{{{{{{day}}}}}}}""");
        yield return Call.Post("flow_runs/history", $$$$$$"""{"history_start":"{{{{{{since}}}}}}","history_end":"{{{{{{until}}}}}}","history_interval_seconds":{{{{{{bucket}}}}}}}""");
        yield return Call.Post("ui/flow_runs/count-task-runs", $$$$$$"""{"flow_run_ids":["{{{{{{run}}}}}}","{{{{{{other}}}}}}"]}""");

        // Pages of a flow, a deployment, a work pool.
        yield return Call.Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":5,"sort":"START_TIME_DESC","flow_runs":{{{{{{day}}}}}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/filter", $$$$$$"""{"limit":1,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","state":{"operator":"and_","type":{"any_":["COMPLETED","FAILED"]}}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/filter", $$$$$$"""{"limit":60,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{"operator":"and_","deployment_id":{"operator":"and_","any_":["{{{{{{deployment}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":20,"sort":"START_TIME_DESC","flow_runs":{{{{{{day}}}}}},"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","state":{"operator":"and_","name":{"any_":["Late"]}}},"work_pools":{"name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","work_queue_name":{"any_":["fast"]},"state":{"type":{"any_":["RUNNING"]}}}}""");
        yield return Call.Post("flows/paginate", """{"page":1,"limit":10,"sort":"NAME_ASC"}""");
        yield return Call.Post("deployments/paginate", """{"page":1,"limit":10,"sort":"NAME_ASC","deployments":{"operator":"and_","flow_or_deployment_name":{"like_":"17"}}}""");
        yield return Call.Post("ui/flows/count-deployments", $$$$$$"""{"flow_ids":["{{{{{{flow}}}}}}"]}""");
        yield return Call.Post("ui/flows/next-runs", $$$$$$"""{"flow_ids":["{{{{{{flow}}}}}}","{{{{{{places.Flows[^1]}}}}}}"]}""");

        // One run: its tasks, logs, graph, subflows, artifacts.
        yield return Call.Get($"flow_runs/{run}");
        yield return Call.Get($"ui/task_runs/{task}");
        yield return Call.Post("task_runs/paginate", $$$$$$"""{"page":1,"limit":20,"sort":"EXPECTED_START_TIME_DESC","flow_runs":{"operator":"and_","id":{"any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Call.Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","flow_run_id":{"operator":"and_","any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/filter", $$$$$$"""{"limit":20,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","parent_flow_run_id":{"operator":"and_","any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Call.Post("logs/filter", $$$$$$"""{"limit":50,"offset":0,"sort":"TIMESTAMP_ASC","logs":{"operator":"and_","level":{"ge_":0},"flow_run_id":{"any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Call.Post("logs/filter", $$$$$$"""{"limit":50,"offset":0,"sort":"TIMESTAMP_ASC","logs":{"operator":"and_","level":{"ge_":20},"task_run_id":{"any_":["{{{{{{task}}}}}}"]}}}""");
        yield return Call.Post("logs/filter", """{"limit":200,"sort":"TIMESTAMP_DESC","logs":{"level":{"ge_":40}}}""");
        yield return Call.Post("artifacts/filter", $$$$$$"""{"limit":50,"sort":"CREATED_DESC","artifacts":{"operator":"and_","flow_run_id":{"any_":["{{{{{{run}}}}}}"]}}}""");
        yield return Call.Post("artifacts/filter", """{"limit":50,"sort":"CREATED_DESC","artifacts":{"operator":"and_","key":{"any_":["report-3"]}}}""");

        // Task runs on the runs page and the dashboard.
        yield return Call.Post("task_runs/paginate", $$$$$$"""{"page":1,"limit":100,"sort":"EXPECTED_START_TIME_DESC","task_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}"}}}""");
        yield return Call.Post("task_runs/filter", """{"limit":10,"sort":"EXPECTED_START_TIME_DESC"}""");
        yield return Call.Post("task_runs/filter", """{"limit":20,"sort":"END_TIME_DESC","task_runs":{"state":{"type":{"any_":["FAILED"]}}}}""");
        yield return Call.Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","state":{"operator":"and_","type":{"any_":["RUNNING"]}},"start_time":{"after_":"{{{{{{since}}}}}}"}}}""");
        yield return Call.Post("task_runs/history", $$$$$$"""{"history_start":"{{{{{{since}}}}}}","history_end":"{{{{{{until}}}}}}","history_interval_seconds":{{{{{{bucket}}}}}}}""");
        yield return Call.Post("ui/task_runs/dashboard/counts", $$$$$$"""{"task_runs":{"start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"}},"flow_runs":{}}""");
        yield return Call.Post("ui/task_runs/count", $$$$$$"""{"task_runs":{"start_time":{"after_":"{{{{{{since}}}}}}"}}}""");

        // Names typed into a search field.
        yield return Call.Post("flow_runs/filter", """{"limit":10,"sort":"ID_DESC","flow_runs":{"operator":"and_","name":{"like_":"brave-gecko-none"}}}""");
        yield return Call.Post("task_runs/filter", """{"limit":10,"sort":"ID_DESC","task_runs":{"operator":"and_","name":{"like_":"brave-gecko-none"}}}""");

        // The dashboard: whether there is anything at all, runs and task runs by state, the part of each pool.
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"},"state":{"operator":"and_","type":{"any_":["FAILED","CRASHED"]}}}}""");
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"},"state":{"operator":"and_","type":{"any_":["COMPLETED"]}}}}""");
        yield return Call.Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"},"subflow_runs":{"exists_":false},"state":{"operator":"and_","type":{"any_":["COMPLETED","FAILED","CRASHED","RUNNING"]}}}}""");
        yield return Call.Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"},"subflow_runs":{"exists_":false},"state":{"operator":"and_","type":{"any_":["FAILED","CRASHED"]}}}}""");
        yield return Call.Post("task_runs/history", $$$$$$"""{"history_start":"{{{{{{since}}}}}}","history_end":"{{{{{{until}}}}}}","history_interval_seconds":{{{{{{bucket}}}}}},"task_runs":{"operator":"and_","start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"}}}""");
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"},"state":{"operator":"and_","type":{"any_":["COMPLETED","FAILED","CRASHED"]}}},"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/lateness", $$$$$$"""{"sort":"ID_DESC","offset":0,"flow_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"}},"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/filter", $$$$$$"""{"limit":24,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","expected_start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"},"state":{"operator":"and_","type":{"any_":["COMPLETED","FAILED","CRASHED"]}}},"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("work_pools/filter", """{"limit":200,"offset":0}""");

        // The page of a flow: everything it ever ran.
        yield return Call.Post("flow_runs/count", $$$$$$"""{"flow_runs":{"operator":"and_","start_time":{"is_null_":false}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/filter", $$$$$$"""{"limit":60,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","start_time":{"is_null_":false}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","subflow_runs":{"exists_":false},"state":{"operator":"and_","type":{"any_":["COMPLETED","FAILED","CRASHED","RUNNING"]}}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("task_runs/count", $$$$$$"""{"task_runs":{"operator":"and_","subflow_runs":{"exists_":false},"state":{"operator":"and_","type":{"any_":["RUNNING"]}}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("task_runs/history", $$$$$$"""{"history_start":"{{{{{{since}}}}}}","history_end":"{{{{{{until}}}}}}","history_interval_seconds":{{{{{{bucket}}}}}},"task_runs":{"operator":"and_","start_time":{"after_":"{{{{{{since}}}}}}","before_":"{{{{{{until}}}}}}"}},"flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("deployments/paginate", $$$$$$"""{"page":1,"limit":10,"sort":"CREATED_DESC","flows":{"operator":"and_","id":{"any_":["{{{{{{flow}}}}}}"]}}}""");
        yield return Call.Post("deployments/paginate", $$$$$$"""{"page":1,"limit":10,"sort":"NAME_ASC"}""");
        yield return Call.Post("deployments/count", $$$$$$"""{"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");

        // The pages of a deployment and of a pool.
        yield return Call.Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":5,"sort":"START_TIME_DESC","flow_runs":{"operator":"and_","state":{"operator":"and_","type":{"any_":["SCHEDULED"]}}},"deployments":{"operator":"and_","id":{"any_":["{{{{{{deployment}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":10,"sort":"START_TIME_DESC","work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/count", $$$$$$"""{"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post("flow_runs/paginate", $$$$$$"""{"page":1,"limit":5,"sort":"EXPECTED_START_TIME_ASC","flow_runs":{"operator":"and_","state":{"operator":"and_","type":{"any_":["SCHEDULED"]}}},"work_pools":{"operator":"and_","name":{"any_":["{{{{{{pool}}}}}}"]}}}""");
        yield return Call.Post($"work_pools/{pool}/queues/filter", """{"limit":200}""");
        yield return Call.Post($"work_pools/{pool}/workers/filter", """{"limit":200}""");
        yield return Call.Post("work_queues/filter", $$$$$$"""{"limit":200}""");
        yield return Call.Get($"flow_runs/{run}/graph-v2");

        // The artifacts page.
        yield return Call.Post("artifacts/latest/filter", $$$$$$"""{"limit":50,"sort":"CREATED_DESC","artifacts":{"operator":"and_","type":{"any_":["markdown"]}}}""");
        yield return Call.Post("artifacts/latest/count", "{}");
        yield return Call.Post("artifacts/count", $$$$$$"""{"artifacts":{"operator":"and_","key":{"any_":["report-3"]}}}""");

        // The events page and the events of a run.
        yield return Call.Post("events/filter", $$$$$$"""{"filter":{"occurred":{"since":"{{{{{{since}}}}}}","until":"{{{{{{until}}}}}}"},"order":"DESC"},"limit":50}""");
        yield return Call.Post("events/filter", $$$$$$"""{"filter":{"occurred":{"since":"{{{{{{since}}}}}}","until":"{{{{{{until}}}}}}"},"event":{"prefix":["prefect.flow-run."]},"order":"DESC"},"limit":50}""");
        yield return Call.Post("events/filter", $$$$$$"""{"filter":{"any_resource":{"id_prefix":["prefect.flow.{{{{{{flow}}}}}}"]},"occurred":{"since":"{{{{{{since}}}}}}","until":"{{{{{{until}}}}}}"},"order":"DESC"},"limit":50}""");
        yield return Call.Post("events/filter", $$$$$$"""{"filter":{"any_resource":{"id":["prefect.flow-run.{{{{{{run}}}}}}"]},"event":{"exclude_prefix":["prefect.log.write","prefect.task-run."]},"occurred":{"since":"{{{{{{since}}}}}}","until":"{{{{{{until}}}}}}"},"order":"ASC"},"limit":50}""");
        yield return Call.Post("events/count-by/time", $$$$$$"""{"filter":{"occurred":{"since":"{{{{{{since}}}}}}","until":"{{{{{{until}}}}}}"}},"time_unit":"minute","time_interval":5}""");
        yield return Call.Post("events/count-by/event", $$$$$$"""{"filter":{"occurred":{"since":"{{{{{{since}}}}}}","until":"{{{{{{until}}}}}}"}}}""");

        // Whether there are any runs at all, asked by the dashboard and the page of runs.
        yield return Call.Post("flow_runs/count", "{}");
        yield return Call.Post("task_runs/count", "{}");
    }
}
