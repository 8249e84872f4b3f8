using Reeve.Contract.States;
using Reeve.Core.Orchestration;
using Reeve.Worker.Process;

namespace Reeve.Worker.Tests;

public sealed class CommandRunTests : IAsyncDisposable
{
    private readonly WorkerHarness _harness = new();

    private FakeApi Api => _harness.Api;

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_command_that_exits_with_0_completes_its_run_and_its_output_is_in_the_logs()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'echo hello; echo trouble >&2'"}""");
        _harness.Start();
        await run.Reaches(StateType.Completed);
        Assert.Equal([StateType.Pending, StateType.Running, StateType.Completed], run.History);
        Assert.Contains("hello", Api.Lines(run));
        Assert.Contains("trouble", Api.Lines(run));
    }

    [Fact]
    public async Task A_run_that_ended_while_the_answer_to_a_poll_was_on_its_way_is_not_begun_again()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "true"}""");
        using var made = new ManualResetEventSlim();
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Answer = state =>
        {
            if (state.Type == StateType.Pending) made.Wait(TimeSpan.FromSeconds(60));
            return null;
        };
        Api.Delay = async poll =>
        {
            if (poll == 5) later.SetResult();
            if (poll != 2) return;
            made.Set();
            await run.Reaches(StateType.Completed);
            while (!_harness.Log.Lines.Any(static line => line.EndsWith("is completed.", StringComparison.Ordinal))) await Task.Yield();
        };
        _harness.Start();
        await later.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        Assert.Equal([StateType.Pending, StateType.Running, StateType.Completed], run.History);
    }

    [Fact]
    public async Task Parameters_arrive_in_the_environment()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'echo \"$REEVE_PARAM_WHO_TO_GREET $REEVE_PARAM_N $REEVE_PARAMETERS\"'"}""", """{"who-to greet":"you","n":3}""");
        _harness.Start();
        await run.Reaches(StateType.Completed);
        Assert.Contains("""you 3 {"who-to greet":"you","n":3}""", Api.Lines(run));
    }

    [Fact]
    public async Task Parameters_too_large_for_the_environment_arrive_in_a_file()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'wc -c < $REEVE_PARAMETERS_FILE'"}""", $$"""{"a":"{{new string('x', 200_000)}}"}""");
        _harness.Start();
        await run.Reaches(StateType.Completed);
        Assert.Contains("200008", Api.Lines(run).Select(line => line.Trim()));
    }

    [Fact]
    public async Task Another_exit_code_fails_the_run_and_says_which()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'exit 3'"}""");
        _harness.Start();
        Assert.Contains("code 3", await run.Reaches(StateType.Failed));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "no-such-program --at-all"}""");
        _harness.Start();
        Assert.Contains("'no-such-program'", await run.Reaches(StateType.Failed));
    }

    [Fact]
    public async Task A_working_directory_that_does_not_exist_crashes_the_run()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "true", "working_dir": "/no/such/directory"}""");
        _harness.Start();
        Assert.Contains("/no/such/directory", await run.Reaches(StateType.Crashed));
    }

    [Fact]
    public async Task A_signal_from_elsewhere_crashes_the_run()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'kill -9 $$'"}""");
        _harness.Start();
        Assert.Contains("SIGKILL", await run.Reaches(StateType.Crashed));
    }

    [Fact]
    public async Task Variables_of_run_deployment_and_pool_are_merged_in_this_order()
    {
        Api.AddPool(template: ProcessPool.BaseJobTemplate.ToString().Replace("\"default\": null", "\"default\": \"sh -c 'echo $A $B $C'\"", StringComparison.Ordinal)
            .Replace("\"working_dir\": \"{{ working_dir }}\"", "\"working_dir\": \"/tmp\"", StringComparison.Ordinal));
        var run = Api.AddRun("""{"env": {"B": "run"}, "env.C": "dotted"}""", deploymentVariables: """{"env": {"A": "deployment", "B": "deployment"}}""");
        _harness.Start();
        await run.Reaches(StateType.Completed);
        Assert.Contains("deployment run dotted", Api.Lines(run));
    }

    [Fact]
    public async Task A_failure_that_the_server_turns_into_a_retry_is_run_again_in_place()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'exit 1'"}""");
        var failures = 0;
        run.Answer = state => state.Type == StateType.Failed && failures++ == 0
            ? new OrchestrationResult
            {
                Status = SetStateStatus.Reject,
                Details = new StateRejectDetails { Reason = "Retrying" },
                State = new State
                {
                    Id = Guid.NewGuid(),
                    Type = StateType.Scheduled,
                    Name = "AwaitingRetry",
                    Timestamp = TimeProvider.System.GetUtcNow(),
                    StateDetails = new StateDetails { ScheduledTime = TimeProvider.System.GetUtcNow() },
                },
            }
            : null;
        _harness.Start();
        await run.Reaches(StateType.Failed);
        Assert.Equal([StateType.Pending, StateType.Running, StateType.Scheduled, StateType.Running, StateType.Failed], run.History);
    }

    [Fact]
    public async Task A_run_the_server_does_not_let_start_is_left_alone()
    {
        Api.AddPool();
        var run = Api.AddRun("""{"command": "sh -c 'echo must not run'"}""");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        run.Answer = state =>
        {
            asked.TrySetResult();
            return new OrchestrationResult { Status = SetStateStatus.Abort, Details = new StateAbortDetails { Reason = "not yours" } };
        };
        _harness.Start();
        await asked.Task;
        await _harness.StopAsync();
        Assert.Empty(Api.Lines(run));
    }
}
