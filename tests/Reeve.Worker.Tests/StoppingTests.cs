using System.Globalization;
using System.Net;
using Reeve.Core.Orchestration;

namespace Reeve.Worker.Tests;

public sealed class StoppingTests : IAsyncDisposable
{
    /// <summary>Prints its process id, and has a child in the same group.</summary>
    private const string Sleeper = """{"command": "sh -c 'sleep 600 & echo $$; wait'"}""";

    private readonly WorkerHarness _harness = new();

    private FakeApi Api => _harness.Api;

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Cancelling_ends_the_whole_process_tree_and_reports_cancelled()
    {
        Api.AddPool();
        var run = Api.AddRun(Sleeper);
        _harness.Start();
        var group = int.Parse(await _harness.Log.Printed, CultureInfo.InvariantCulture);
        Assert.True(ProcessGroups.IsRunning(group));
        run.Set(StateType.Cancelling);
        await run.Reaches(StateType.Cancelled);
        Assert.False(ProcessGroups.IsRunning(group));
    }

    [Fact]
    public async Task A_process_that_ignores_the_request_is_ended_after_the_grace()
    {
        _harness.Options = _harness.Options with { KillGrace = TimeSpan.FromMilliseconds(100) };
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'trap \"\" TERM; echo $$; while true; do sleep 1; done'"}""");
        _harness.Start();
        var group = int.Parse(await _harness.Log.Printed, CultureInfo.InvariantCulture);
        run.Set(StateType.Cancelling);
        await run.Reaches(StateType.Cancelled);
        Assert.False(ProcessGroups.IsRunning(group));
    }

    [Fact]
    public async Task A_stopping_worker_ends_its_runs_and_reports_them_crashed()
    {
        Api.AddPool();
        var run = Api.AddRun(Sleeper);
        _harness.Start();
        var group = int.Parse(await _harness.Log.Printed, CultureInfo.InvariantCulture);
        await _harness.StopAsync();
        Assert.Equal(StateType.Crashed, run.State);
        Assert.False(ProcessGroups.IsRunning(group));
    }

    [Fact]
    public async Task A_child_that_is_left_behind_does_not_outlive_its_run()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'sleep 600 & echo $$'"}""");
        _harness.Start();
        var group = int.Parse(await _harness.Log.Printed, CultureInfo.InvariantCulture);
        await run.Reaches(StateType.Completed);
        Assert.False(ProcessGroups.IsRunning(group));
    }

    [Fact]
    public async Task The_end_of_a_run_is_reported_although_the_server_was_away_when_it_came()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "true"}""");
        var refusals = 2;
        Api.Intercept = request =>
            run.State == StateType.Running && request.RequestUri!.AbsolutePath.EndsWith("set_state", StringComparison.Ordinal) && Interlocked.Decrement(ref refusals) >= 0
                ? throw new HttpRequestException("connection refused")
                : null;
        _harness.Start();
        await run.Reaches(StateType.Completed);
    }

    [Fact]
    public async Task A_limit_bounds_the_runs_at_a_time()
    {
        _harness.Options = _harness.Options with { Limit = 1 };
        Api.AddPool();
        var first = Api.AddRun("""{"command": "sh -c 'exit 0'"}""");
        var second = Api.AddRun("""{"command": "sh -c 'exit 0'"}""");
        var together = false;
        first.Answer = second.Answer = state =>
        {
            together |= state.Type == StateType.Running && (first.State == StateType.Running || second.State == StateType.Running);
            return null;
        };
        _harness.Start();
        await first.Reaches(StateType.Completed);
        await second.Reaches(StateType.Completed);
        Assert.False(together);
    }

    [Fact]
    public async Task Run_once_finishes_what_it_found_and_ends()
    {
        _harness.Options = _harness.Options with { RunOnce = true };
        Api.AddPool();
        var run = Api.AddRun("""{"command": "true"}""");
        _harness.Start();
        await _harness.Worker;
        Assert.Equal(StateType.Completed, run.State);
        Assert.True(Api.Heartbeats > 0);
    }

    [Fact]
    public async Task A_missing_pool_is_created_and_one_of_another_type_is_refused()
    {
        _harness.Options = _harness.Options with { RunOnce = true };
        _harness.Start();
        await _harness.Worker;
        Assert.Equal("process", Api.Pool!.Type);
        Api.AddPool(type: "docker");
        _harness.Start();
        var error = await Assert.ThrowsAsync<WorkerException>(() => _harness.Worker);
        Assert.Contains("docker", error.Message);
        Api.Intercept = _ => new HttpResponseMessage(HttpStatusCode.NotFound);
        _harness.Options = _harness.Options with { CreatePool = false };
        _harness.Start();
        error = await Assert.ThrowsAsync<WorkerException>(() => _harness.Worker);
        Assert.Contains("reeve work-pool create pool", error.Message);
        Api.Intercept = _ => null;
        Api.AddPool();
        _harness.Start();
    }
}
