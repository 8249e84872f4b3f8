using Reeve.Contract.States;
using Reeve.Core.Orchestration;

namespace Reeve.Server.Orchestration;

/// <summary>Decisions as the answers of the API.</summary>
internal static class Answers
{
    public static OrchestrationResult ToResult(this Decision decision) => new()
    {
        State = decision.Current,
        Status = decision.Status,
        Details = decision.ToDetails(),
    };

    public static SetStateDetails ToDetails(this Decision decision) => decision.Status switch
    {
        SetStateStatus.Reject => new StateRejectDetails { Reason = decision.Reason },
        SetStateStatus.Abort => new StateAbortDetails { Reason = decision.Reason },
        SetStateStatus.Wait => new StateWaitDetails { DelaySeconds = decision.DelaySeconds ?? 0, Reason = decision.Reason },
        _ => new StateAcceptDetails(),
    };

    /// <summary>201 when the answered state is new, else 200.</summary>
    public static int Status(this Decision decision) => decision.NewState is null ? 200 : 201;
}
