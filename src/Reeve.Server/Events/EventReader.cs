using System.Text.Json;
using Reeve.Contract.Events;
using Reeve.Contract.Json;
using Reeve.Contract.OpenApi;
using Reeve.Core;
using Reeve.Settings.Views;

namespace Reeve.Server.Events;

/// <summary>Reads the events that clients send and checks them against the limits of events.md §1. Unknown keys are ignored.</summary>
internal sealed class EventReader(ServerSettings settings)
{
    private readonly EventsSettings _limits = settings.Events;

    /// <summary>A list of events, or null: then <paramref name="errors"/> says what is wrong with which of them.</summary>
    public List<Event>? ReadMany(JsonElement list, ValidationErrors errors)
    {
        var events = new List<Event>();
        if (list.ValueKind != JsonValueKind.Array)
        {
            errors.Add("list_type", ["body"], "Input should be a valid list");
            return null;
        }
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (Read(item, new Faults(errors, ["body", index.ToString(System.Globalization.CultureInfo.InvariantCulture)])) is { } told) events.Add(told);
            index++;
        }
        return events.Count == index ? events : null;
    }

    /// <summary>One event.</summary>
    /// <exception cref="JsonException">It is none; the message says what is wrong with it.</exception>
    public Event ReadOne(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = RawJson.MaxDepth });
        var faults = new Faults(null, []);
        return Read(document.RootElement, faults) ?? throw new JsonException(faults.First);
    }

    private Event? Read(JsonElement item, Faults faults)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            faults.Add("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");
            return null;
        }
        var told = new Event
        {
            Occurred = Instant(item, faults.At("occurred")),
            Name = Name(item, faults.At("event")),
            Resource = Resource(item, faults.At("resource")),
            Related = Related(item, faults.At("related")),
            Payload = Payload(item, faults.At("payload")),
            Id = Id(item, "id", faults.At("id")) ?? Guid.Empty,
            Follows = item.TryGetProperty("follows", out var follows) && follows.ValueKind != JsonValueKind.Null
                ? Id(item, "follows", faults.At("follows")) : null,
        };
        return faults.Any ? null : told;
    }

    private static DateTimeOffset Instant(JsonElement item, Faults faults)
    {
        if (!item.TryGetProperty("occurred", out var value)) return faults.Missing<DateTimeOffset>();
        if (value.ValueKind == JsonValueKind.String && WireInstant.TryParse(Text(value), out var instant)
            || value.ValueKind == JsonValueKind.Number && WireInstant.TryFromUnix(value.GetDouble(), out instant))
        {
            return instant.ToUniversalTime();
        }
        return faults.Add<DateTimeOffset>("datetime_type", "Input should be a valid datetime");
    }

    private string Name(JsonElement item, Faults faults)
    {
        if (!item.TryGetProperty("event", out var value)) return faults.Missing<string>() ?? "";
        if (value.ValueKind != JsonValueKind.String) return faults.Add<string>("string_type", "Input should be a valid string") ?? "";
        var name = Text(value);
        var most = _limits.MaximumEventNameLength;
        if (name.Length > most) faults.Add("value_error", $"Value error, Event name must be at most {most} characters");
        return name;
    }

    private Dictionary<string, string> Resource(JsonElement item, Faults faults) =>
        item.TryGetProperty("resource", out var value) ? Labels(value, related: false, faults) : faults.Missing<Dictionary<string, string>>() ?? [];

    private List<Dictionary<string, string>> Related(JsonElement item, Faults faults)
    {
        var related = new List<Dictionary<string, string>>();
        if (!item.TryGetProperty("related", out var list)) return related;
        if (list.ValueKind != JsonValueKind.Array)
        {
            faults.Add("list_type", "Input should be a valid list");
            return related;
        }
        foreach (var value in list.EnumerateArray()) related.Add(Labels(value, related: true, faults.At(related.Count)));
        var most = _limits.MaximumRelatedResources;
        if (related.Count > most) faults.Add("value_error", $"Value error, The maximum number of related resources is {most}");
        return related;
    }

    private Dictionary<string, string> Labels(JsonElement value, bool related, Faults faults)
    {
        var labels = new Dictionary<string, string>();
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add("dict_type", "Input should be a valid dictionary");
            return labels;
        }
        foreach (var label in value.EnumerateObject())
        {
            if (label.Value.ValueKind != JsonValueKind.String) faults.At(label.Name).Add("string_type", "Input should be a valid string");
            else labels[label.Name.Replace('\0', '\ufffd')] = Text(label.Value);
        }
        if (labels.Count == value.GetPropertyCount() && Problem(labels, related) is { } problem) faults.Add("value_error", "Value error, " + problem);
        return labels;
    }

    private string? Problem(Dictionary<string, string> labels, bool related)
    {
        var most = _limits.MaximumLabelsPerResource;
        if (labels.Count > most) return $"The maximum number of labels per resource is {most}";
        if (!labels.TryGetValue(EventLabels.Id, out var id)) return "Resources must include the prefect.resource.id label";
        if (id.Length == 0) return "The prefect.resource.id label must be non-empty";
        if (!related) return null;
        if (!labels.TryGetValue(EventLabels.Role, out var role)) return "Related Resources must include the prefect.resource.role label";
        return role.Length == 0 ? "The prefect.resource.role label must be non-empty" : null;
    }

    private static RawJson Payload(JsonElement item, Faults faults)
    {
        if (!item.TryGetProperty("payload", out var value)) return RawJson.EmptyObject;
        if (value.ValueKind != JsonValueKind.Object) return faults.Add<RawJson>("dict_type", "Input should be a valid dictionary");
        return EventText.Storable(RawJson.FromTrusted(value.GetRawText()));
    }

    private static Guid? Id(JsonElement item, string name, Faults faults)
    {
        if (!item.TryGetProperty(name, out var value)) return faults.Missing<Guid?>();
        if (value.ValueKind == JsonValueKind.String && Guid.TryParse(Text(value), out var id)) return id;
        return faults.Add<Guid?>("uuid_type", "UUID input should be a string, bytes or UUID object");
    }

    private static string Text(JsonElement value)
    {
        try
        {
            var text = value.GetString()!;
            return text.Contains('\0') ? text.Replace('\0', '\ufffd') : text;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text at all for .NET.
            using var clean = JsonDocument.Parse(EventText.Storable(RawJson.FromTrusted(value.GetRawText())).Utf8);
            return clean.RootElement.GetString()!;
        }
    }

    /// <summary>Where faults of one place go.</summary>
    private sealed class Faults(ValidationErrors? errors, string[] loc, Faults? root = null)
    {
        private string? _first;

        public string? First => _first;

        public bool Any => _first is not null;

        private Faults Root => root ?? this;

        public Faults At(string key) => new(errors, [.. loc, key], Root);

        public Faults At(int index) => At(index.ToString(System.Globalization.CultureInfo.InvariantCulture));

        public void Add(string type, string message)
        {
            Root._first ??= $"{string.Join('.', loc)}: {message}";
            errors?.Add(type, loc, message);
        }

        public T? Add<T>(string type, string message)
        {
            Add(type, message);
            return default;
        }

        public T? Missing<T>() => Add<T>("missing", "Field required");
    }
}
