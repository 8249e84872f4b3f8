using Reeve.Contract.Json;

namespace Reeve.Contract.Automations;

internal sealed class AutomationActionConverter : UnionConverter<AutomationAction>
{
    protected override string? Discriminator => "type";

    protected override Type? Choose(string? discriminator, IReadOnlySet<string> members) => discriminator switch
    {
        "do-nothing" => typeof(DoNothing),
        "run-deployment" => typeof(RunDeployment),
        "pause-deployment" => typeof(PauseDeployment),
        "resume-deployment" => typeof(ResumeDeployment),
        "cancel-flow-run" => typeof(CancelFlowRun),
        "delete-flow-run" => typeof(DeleteFlowRun),
        "change-flow-run-state" => typeof(ChangeFlowRunState),
        "pause-work-queue" => typeof(PauseWorkQueue),
        "resume-work-queue" => typeof(ResumeWorkQueue),
        "send-notification" => typeof(SendNotification),
        "call-webhook" => typeof(CallWebhook),
        "pause-automation" => typeof(PauseAutomation),
        "resume-automation" => typeof(ResumeAutomation),
        "suspend-flow-run" => typeof(SuspendFlowRun),
        "resume-flow-run" => typeof(ResumeFlowRun),
        "pause-work-pool" => typeof(PauseWorkPool),
        "resume-work-pool" => typeof(ResumeWorkPool),
        null => ByShape(members),
        _ => null,
    };

    // Without a type the first kind that has room for the members given is meant.
    private static Type ByShape(IReadOnlySet<string> members) =>
        members.Contains("block_document_id") ? members.Contains("body") ? typeof(SendNotification) : typeof(CallWebhook)
        : members.Contains("state") ? typeof(ChangeFlowRunState)
        : members.Contains("work_queue_id") ? typeof(PauseWorkQueue)
        : members.Contains("work_pool_id") ? typeof(PauseWorkPool)
        : members.Contains("automation_id") ? typeof(PauseAutomation)
        : members.Contains("deployment_id") || members.Contains("source") ? typeof(RunDeployment)
        : typeof(DoNothing);
}
