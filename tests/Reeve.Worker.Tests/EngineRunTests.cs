using Reeve.Contract.States;
using Reeve.Core.Orchestration;

namespace Reeve.Worker.Tests;

/// <summary>A run whose command names Prefect's engine reports for itself; here a shell stands in for the engine.</summary>
public sealed class EngineRunTests : IAsyncDisposable
{
    private readonly WorkerHarness _harness = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task An_engine_that_dies_without_a_word_is_reported_crashed_with_the_last_it_printed()
    {
        _harness.Api.AddPool();
        var run = _harness.Api.AddRun("""{"command": "sh -c 'echo No module named prefect >&2; exit 1' -m prefect.engine"}""");
        _harness.Start();
        await run.Reaches(StateType.Crashed);
        Assert.Equal([StateType.Pending, StateType.Crashed], run.History);
        Assert.Contains("No module named prefect", _harness.Api.Lines(run));
    }

    [Fact]
    public async Task An_engine_that_has_reported_its_failure_is_left_at_that()
    {
        _harness.Api.AddPool();
        var run = _harness.Api.AddRun("""{"command": "sh -c 'echo $PREFECT__FLOW_RUN_ID; read x; exit 1' -m prefect.engine"}""");
        run.Answer = state =>
        {
            if (state.Type != StateType.Pending) return null;
            run.Set(StateType.Failed);
            return new OrchestrationResult { Status = SetStateStatus.Accept, Details = new StateAcceptDetails() };
        };
        _harness.Start();
        Assert.Equal(run.Id.ToString(), await _harness.Log.Printed);
        await _harness.StopAsync();
        Assert.DoesNotContain(StateType.Crashed, run.History);
    }
}
