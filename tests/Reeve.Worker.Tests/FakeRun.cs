using System.Collections.Concurrent;
using Reeve.Contract.FlowRuns;
using Reeve.Contract.States;
using Reeve.Core.Orchestration;

namespace Reeve.Worker.Tests;

/// <summary>A flow run of <see cref="FakeApi"/>: accepts every proposed state, or answers as a test says.</summary>
internal sealed class FakeRun(FlowRun flow)
{
    private readonly Lock _gate = new();
    private readonly List<(StateType Type, string? Message)> _history = [];
    private readonly ConcurrentDictionary<StateType, TaskCompletionSource<string?>> _reached = new();

    public Guid Id => flow.Id;

    public FlowRun Flow => flow;

    public StateType State { get; private set; } = StateType.Scheduled;

    /// <summary>False keeps the run from polls, as a retry in the same process is.</summary>
    public bool IsOffered { get; private set; } = true;

    /// <summary>Answers a proposal in place of accepting it; null accepts.</summary>
    public Func<StateCreate, OrchestrationResult?> Answer { get; set; } = _ => null;

    public IReadOnlyList<StateType> History
    {
        get
        {
            lock (_gate) return [.. _history.Select(entry => entry.Type)];
        }
    }

    /// <summary>Completes with the state's message once the run has reached the state.</summary>
    public Task<string?> Reaches(StateType type) => Source(type).Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    public void Set(StateType type, string? message = null)
    {
        lock (_gate)
        {
            State = type;
            _history.Add((type, message));
        }

        Source(type).TrySetResult(message);
    }

    public OrchestrationResult Propose(SetStateRequest request)
    {
        if (Answer(request.State) is { } answer)
        {
            if (answer.State is { } other)
            {
                IsOffered = false;
                Set(other.Type, other.Message);
            }

            return answer;
        }

        Set(request.State.Type, request.State.Message);
        return new OrchestrationResult { Status = SetStateStatus.Accept, Details = new StateAcceptDetails() };
    }

    public FlowRunResponse Response() => new() { Id = Id, Name = flow.Name, StateType = State };

    private TaskCompletionSource<string?> Source(StateType type) =>
        _reached.GetOrAdd(type, static _ => new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
