using Reeve.Core.Automations;

namespace Reeve.Server.Automations.Triggers;

/// <summary>All enabled automations, compiled. Never changed: a new content of the table gives a new set.</summary>
internal sealed class AutomationSet
{
    private readonly Dictionary<Guid, LoadedAutomation> _byId;
    private readonly TriggerIndex<LoadedTrigger> _index;

    public AutomationSet(AutomationSnapshot snapshot, DateTimeOffset loaded, IEnumerable<LoadedAutomation> automations)
    {
        Snapshot = snapshot;
        Loaded = loaded;
        _byId = automations.Where(static automation => automation.Automation.Enabled).ToDictionary(static automation => automation.Id);
        var triggers = _byId.Values
            .SelectMany(static automation => automation.Root.Leaves.Select((rule, position) => new LoadedTrigger(automation, rule, position))).ToList();
        _index = new TriggerIndex<LoadedTrigger>(triggers.Select(static trigger => (trigger.Rule, trigger)));
        Proactive = triggers.Where(static trigger => trigger.Rule.IsProactive).ToDictionary(static trigger => trigger.Rule.Id);
    }

    public AutomationSnapshot Snapshot { get; }

    public DateTimeOffset Loaded { get; }

    public bool IsEmpty => _index.Count == 0;

    /// <summary>The proactive triggers by id.</summary>
    public IReadOnlyDictionary<Guid, LoadedTrigger> Proactive { get; }

    public LoadedAutomation? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>The triggers that an event concerns, in a fixed order.</summary>
    public List<LoadedTrigger> Concerned(ObservedEvent told)
    {
        var found = new HashSet<LoadedTrigger>(ReferenceEqualityComparer.Instance);
        _index.Find(told, found);
        if (found.Count == 0) return [];
        return [.. found.Where(trigger => trigger.Rule.Covers(told)).OrderBy(static trigger => trigger.Automation.Id).ThenBy(static trigger => trigger.Position)];
    }
}
