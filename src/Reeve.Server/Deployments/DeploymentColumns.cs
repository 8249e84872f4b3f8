using Reeve.Contract;
using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Core.JsonSchema;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary>The columns of <c>deployment</c> that a request sets: what was not sent is not in here.</summary>
internal sealed class DeploymentColumns
{
    private static readonly RawJson NoParameters = new("""{"type":"object","properties":{}}"""u8.ToArray());

    // The fields whose change is an event.
    private static readonly HashSet<string> Tracked =
    [
        "description", "tags", "parameters", "parameter_openapi_schema", "enforce_parameter_schema", "entrypoint", "path",
        "pull_steps", "work_queue_id", "infra_overrides", "paused", "labels", "version", "concurrency_limit_id", "concurrency_options",
    ];

    private readonly List<(string Name, Sql Value, RawJson Json)> _all = [];

    public IEnumerable<Sql> Names => _all.Select(column => (Sql)$"{new SqlText(column.Name)}");

    public IEnumerable<Sql> Values => _all.Select(column => column.Value);

    public IEnumerable<Sql> Assignments => _all.Select(column => (Sql)$"{new SqlText(column.Name)} = {column.Value}");

    /// <summary>For an upsert: each of these columns takes the value that was to be inserted.</summary>
    public IEnumerable<Sql> Excluded => _all.Select(column => (Sql)$"{new SqlText(column.Name)} = excluded.{new SqlText(column.Name)}");

    public bool Has(string name) => _all.Exists(column => column.Name == name);

    public void Text(string name, Optional<string?> value)
    {
        if (value.HasValue) _all.Add((name, $"{value.Value}", JsonText.Of(value.Value)));
    }

    public void Id(string name, Optional<Guid?> value)
    {
        if (value.HasValue) _all.Add((name, $"{value.Value}", JsonText.Of(value.Value?.ToString())));
    }

    public void Flag(string name, bool value) => _all.Add((name, $"{value}", Flag(value)));

    /// <summary>A JSON column; null is stored as no value.</summary>
    public void Json(string name, RawJson value) =>
        _all.Add((name, $"{(value.IsNull ? null : (RawJson?)value)}", value));

    /// <summary>An id that only the database knows when the statement runs.</summary>
    public void Id(string name, Sql value, Guid? likely) => _all.Add((name, value, JsonText.Of(likely?.ToString())));

    /// <summary>What changes against the stored deployment, of the fields that are told.</summary>
    public List<DeploymentChange> ChangesFrom(DeploymentRecord stored)
    {
        var changes = new List<DeploymentChange>();
        foreach (var (name, _, json) in _all)
        {
            if (!Tracked.Contains(name)) continue;
            var before = Stored(stored, name);
            if (!JsonTree.AreEqual(JsonTree.Parse(before.Utf8), JsonTree.Parse(json.Utf8))) changes.Add(new DeploymentChange(name, before, json));
        }
        return changes;
    }

    private static RawJson Stored(DeploymentRecord stored, string column)
    {
        var wire = stored.Wire;
        return column switch
        {
            "description" => JsonText.Of(wire.Description),
            "tags" => JsonText.Of(wire.Tags),
            "parameters" => wire.Parameters,
            "parameter_openapi_schema" => wire.ParameterOpenapiSchema,
            "enforce_parameter_schema" => Flag(wire.EnforceParameterSchema),
            "entrypoint" => JsonText.Of(wire.Entrypoint),
            "path" => JsonText.Of(wire.Path),
            "pull_steps" => Steps(wire.PullSteps),
            "work_queue_id" => JsonText.Of(wire.WorkQueueId?.ToString()),
            "infra_overrides" => wire.JobVariables,
            "paused" => Flag(wire.Paused),
            "labels" => wire.Labels,
            "version" => JsonText.Of(wire.Version),
            "concurrency_limit_id" => JsonText.Of(stored.ConcurrencyLimitId?.ToString()),
            _ => Options(wire.ConcurrencyOptions),
        };
    }

    public static RawJson Steps(IReadOnlyList<RawJson>? steps)
    {
        if (steps is null) return RawJson.None;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var step in steps) writer.WriteRawValue(step.Utf8.Span, skipInputValidation: true);
            writer.WriteEndArray();
        }
        return new RawJson(buffer.WrittenMemory);
    }

    /// <summary>A schema without anything says as much as one of an object without known members, which clients can use.</summary>
    public static RawJson Schema(RawJson schema) => !schema.IsNull && ParameterCheck.Map(schema).Count == 0 ? NoParameters : schema;

    public static RawJson Options(ConcurrencyOptions? options) => options is null ? RawJson.None : JsonText.Of(options);

    private static RawJson Flag(bool value) => new(value ? "true"u8.ToArray() : "false"u8.ToArray());
}
