using Reeve.Contract.Automations;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Automations.Actions;

/// <summary>Actions that switch automations on and off.</summary>
internal sealed class SwitchActions(Db db, AutomationStore automations, TimeProvider clock)
{
    private const string Kind = "prefect.automation";

    public async Task SetEnabledAsync(
        TriggeredAction action, ActionSource source, Guid? selected, bool enabled, ActionReport report, CancellationToken cancel)
    {
        var id = ActionTargets.Of(action, source, selected, Kind, "automation");
        report.Add(Kind, id, "target");
        var now = clock.GetUtcNow();
        await ActionRunner.NoteAsync(db, action, now, cancel, $"{Kind}.{id}");
        if (!await automations.ChangeAsync(id, known => Task.FromResult(Switched(known ?? throw Missing(), enabled)), now, cancel)) throw Missing();
        report.StatusCode = 204;
    }

    private static Automation Switched(Automation automation, bool enabled)
    {
        automation.Enabled = enabled;
        try
        {
            AutomationCheck.NoLoop(automation);
        }
        catch (RequestInvalidException error)
        {
            throw ApiException.Detail(422, error.Message);
        }
        return automation;
    }

    private static ApiException Missing() => ApiException.Missing("Automation not found");
}
