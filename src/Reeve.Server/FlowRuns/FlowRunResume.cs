using System.Text;
using System.Text.Json;
using Reeve.Contract.States;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Core.Orchestration;
using Reeve.Server.Deployments;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>Lets a paused run go on, with the input it asked for where it did, see orchestration.md §2.3.</summary>
internal sealed class FlowRunResume(FlowRunTransitions transitions, FlowRunStore runs, FlowRunInputStore inputs, ParameterHydration hydration)
{
    private static readonly OrchestrationResult NotPaused = new()
    {
        Status = SetStateStatus.Abort,
        Details = new StateAbortDetails { Reason = "Cannot resume a flow run that is not paused." },
    };

    /// <summary>The answer and its HTTP status.</summary>
    /// <exception cref="ApiException">404: there is no such run.</exception>
    public async Task<(OrchestrationResult Result, int Status)> ResumeAsync(
        Guid id, RawJson runInput, TransitionCaller caller, DateTimeOffset now, CancellationToken cancel)
    {
        var run = await runs.FindAsync(id, now, cancel) ?? throw ApiException.Missing($"Flow run with id {id} not found");
        if (run.State is not { Type: StateType.Paused } state) return (NotPaused, 200);
        var keyset = state.StateDetails.RunInputKeyset;
        JsonMap? input = null;
        if (keyset is { Count: > 0 })
        {
            (input, var problem) = await InputAsync(id, runInput, keyset, cancel);
            if (problem is not null)
            {
                return (new OrchestrationResult { State = state, Status = SetStateStatus.Reject, Details = new StateAbortDetails { Reason = problem } }, 200);
            }
        }
        // The state was looked at before: a run that left its pause meanwhile is not resumed twice.
        var moved = await transitions.ProposeAsync(
            id,
            state.StateDetails.PauseReschedule ? StateType.Scheduled : StateType.Running,
            (current, context) => current.State?.Id == state.Id ? StateProposal.Resume(current.State, context) : null,
            FlowRunPolicyKind.Core,
            caller,
            cancel,
            (batch, decision, stored) =>
            {
                if (input is not { Count: > 0 } || decision.Status != SetStateStatus.Accept || keyset?.GetValueOrDefault("response") is not { } key) return;
                FlowRunInputStore.Add(batch, id, key, Encoding.UTF8.GetString(JsonTree.ToUtf8(input)), null, now, stored);
            });
        return moved is null ? (NotPaused, 200) : (moved.Decision.ToResult(), moved.Decision.Status());
    }

    private async Task<(JsonMap? Input, string? Problem)> InputAsync(
        Guid id, RawJson runInput, IReadOnlyDictionary<string, string> keyset, CancellationToken cancel)
    {
        JsonMap input;
        try
        {
            input = await hydration.HydrateAsync(ParameterCheck.Map(runInput.OrEmptyObject()), cancel);
        }
        catch (HydrationException error)
        {
            return (null, $"Error hydrating run input: {error.Message}");
        }
        if (keyset.GetValueOrDefault("schema") is not { } key || await inputs.FindValueAsync(id, key, cancel) is not { } text)
        {
            return (null, "Run input schema not found.");
        }
        object? schema;
        try
        {
            schema = JsonTree.Parse(text);
        }
        catch (JsonException)
        {
            return (null, "Run input schema is not valid JSON.");
        }
        try
        {
            return ParameterCheck.Problem(schema, input, new SchemaOptions()) is { } problem ? (null, $"Reason: {problem}") : (input, null);
        }
        catch (SchemaException)
        {
            return (null, "Invalid schema: Unable to validate schema with circular references.");
        }
    }
}
