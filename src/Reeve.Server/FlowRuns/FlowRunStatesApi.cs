using Reeve.Contract.FlowRuns;
using Reeve.Contract.States;
using Reeve.Core.Orchestration;
using Reeve.Server.Http;
using Reeve.Server.Orchestration;

namespace Reeve.Server.FlowRuns;

/// <summary>The routes of <c>/flow_runs</c> that move runs from state to state.</summary>
internal sealed class FlowRunStatesApi(FlowRunTransitions transitions, FlowRunResume resume, FlowRunStore runs)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/flow_runs/{id:uuid}/set_state", SetStateAsync);
        api.Post("/flow_runs/{id:uuid}/resume", ResumeAsync);
        api.Post("/flow_runs/bulk_set_state", BulkSetStateAsync);
    }

    private async Task<ApiResult> SetStateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<SetStateRequest>();
        var moved = await transitions.ProposeAsync(
            call.Id(), FlowRunProposal.Of(body.State), FlowRunOrchestration.PolicyFor(body.Force), TransitionCaller.Of(call), call.Cancel)
            ?? throw ApiException.Missing($"Flow run with id {call.Id()} not found");
        return ApiResult.Json(moved.Decision.ToResult(), moved.Decision.Status());
    }

    private async Task<ApiResult> ResumeAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunResumeRequest>();
        var (result, status) = await resume.ResumeAsync(call.Id(), body.RunInput, TransitionCaller.Of(call), call.Now, call.Cancel);
        return ApiResult.Json(result, status);
    }

    private async Task<ApiResult> BulkSetStateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<FlowRunBulkSetStateRequest>();
        var caller = TransitionCaller.Of(call);
        var proposal = FlowRunProposal.Of(body.State);
        var answer = new FlowRunBulkSetStateResponse();
        foreach (var id in await runs.ListIdsAsync(body.FlowRuns, body.Limit, call.Cancel))
        {
            answer.Results.Add(await SetOneAsync(id, proposal, FlowRunOrchestration.PolicyFor(body.Force), caller, call.Cancel));
        }
        return ApiResult.Json(answer);
    }

    /// <summary>One run's fault is told in its place and stops none of the others.</summary>
    private async Task<FlowRunOrchestrationResult> SetOneAsync(
        Guid id, FlowRunProposal proposal, FlowRunPolicyKind policy, TransitionCaller caller, CancellationToken cancel)
    {
        try
        {
            var moved = await transitions.ProposeAsync(id, proposal, policy, caller, cancel);
            if (moved is null) return Failed(id, $"Flow run with id {id} not found");
            return new FlowRunOrchestrationResult
            {
                FlowRunId = id, Status = moved.Decision.Status, State = moved.Decision.Current, Details = moved.Decision.ToDetails(),
            };
        }
        catch (Exception error) when (error is ApiException or Data.DatabaseException)
        {
            return Failed(id, error.Message);
        }
    }

    private static FlowRunOrchestrationResult Failed(Guid id, string reason) =>
        new() { FlowRunId = id, Status = SetStateStatus.Abort, Details = new StateAbortDetails { Reason = reason } };
}
