using System.Globalization;
using Reeve.Settings.Views;

namespace Reeve.Server.Automations.Templates;

/// <summary>Where the web page shows an object; null where it shows none, or its address is not set.</summary>
internal sealed class UiUrls(ServerSettings settings)
{
    private const int UuidLength = 36;

    private readonly string? _root = settings.Ui.PublicUrl?.TrimEnd('/');

    /// <summary>The filters that messages have beside the built-in ones.</summary>
    public IReadOnlyDictionary<string, Func<object?, object?>> Filters() => new Dictionary<string, Func<object?, object?>>(StringComparer.Ordinal)
    {
        ["ui_url"] = Of,
        ["ui_resource_events_url"] = EventsOf,
        ["flow_run_id"] = static value => value is string text ? FlowRunId(text) : null,
    };

    public string? Of(object? value) => Path(value) is { } path && _root is not null ? $"{_root}/{path}" : null;

    private static string? Path(object? value) => value switch
    {
        EventObject told => string.Create(CultureInfo.InvariantCulture, $"events/event/{told.Told.Occurred.UtcDateTime:yyyy-MM-dd}/{told.Told.Id}"),
        ResourceObject resource => OfResource(resource.Id, resource),
        WireObject { TypeName: "WorkPool" } pool => $"work-pools/work-pool/{pool.Map.GetValueOrDefault("name")}",
        WireObject wire => OfKind(wire.TypeName, wire.Id),
        _ => null,
    };

    private static string? OfResource(string id, ResourceObject resource)
    {
        var dot = id.LastIndexOf('.');
        if (dot < 0) return null;
        if (id[..dot] != "prefect.work-pool")
        {
            return OfKind(id[..dot] switch
            {
                "prefect.flow" => "Flow", "prefect.flow-run" => "FlowRun", "prefect.task-run" => "TaskRun", "prefect.block-document" => "BlockDocument",
                "prefect.work-queue" => "WorkQueue", "prefect.concurrency-limit" => "ConcurrencyLimit", "prefect.deployment" => "Deployment",
                "prefect.automation" => "Automation", _ => "",
            }, id[(dot + 1)..]);
        }
        return resource.TryGetAttribute("name", out var name) && name is string pool ? $"work-pools/work-pool/{pool}" : null;
    }

    private static string? OfKind(string kind, string? id) => id is null ? null : kind switch
    {
        "Flow" => $"flows/flow/{id}",
        "FlowRun" => $"runs/flow-run/{id}",
        "TaskRun" => $"runs/task-run/{id}",
        "BlockDocument" => $"blocks/block/{id}",
        "WorkQueue" => $"work-queues/work-queue/{id}",
        "ConcurrencyLimit" => $"concurrency-limits/concurrency-limit/{id}",
        "Deployment" => $"deployments/deployment/{id}",
        "Automation" => $"automations/automation/{id}",
        _ => null,
    };

    private string? EventsOf(object? value)
    {
        var resource = value switch
        {
            ResourceObject told => told.Id,
            WireObject { Id: { } id } wire => Kind(wire.TypeName) is { } kind ? $"prefect.{kind}.{id}" : null,
            _ => null,
        };
        return resource is null || _root is null ? null : $"{_root}/events?resource={Uri.EscapeDataString(resource)}";
    }

    private static string? Kind(string type) => type switch
    {
        "Flow" => "flow", "FlowRun" => "flow-run", "TaskRun" => "task-run", "BlockDocument" => "block-document", "WorkPool" => "work-pool",
        "WorkQueue" => "work-queue", "ConcurrencyLimit" => "concurrency-limit", "Deployment" => "deployment", "Automation" => "automation", _ => null,
    };

    private static string? FlowRunId(string text)
    {
        const string Mark = "flow-run/";
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0 || at + Mark.Length + UuidLength > text.Length) return null;
        var id = text.Substring(at + Mark.Length, UuidLength);
        return Guid.TryParse(id, out _) ? id : null;
    }
}
