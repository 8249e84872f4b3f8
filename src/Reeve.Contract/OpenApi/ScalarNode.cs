using System.Text.Json;
using Reeve.Contract.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>A value that is read just as the wire types read it.</summary>
internal sealed class ScalarNode(ScalarKind kind) : SchemaNode
{
    public ScalarKind Kind => kind;

    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk) => kind switch
    {
        ScalarKind.Boolean => BooleanConverter.TryRead(ref reader, out _) || walk.Refuse(ref reader, "bool_parsing", "This must be true or false."),
        ScalarKind.Uuid => GuidConverter.TryRead(ref reader, out _)
            || walk.Refuse(ref reader, "uuid_parsing", "This must be a UUID, such as 3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11."),
        ScalarKind.Instant => InstantConverter.TryRead(ref reader, out _)
            || walk.Refuse(ref reader, "datetime_from_date_parsing", "This must be a time, such as 2026-11-23T10:00:00Z."),
        ScalarKind.Duration => DurationConverter.TryRead(ref reader, out _)
            || walk.Refuse(ref reader, "time_delta_parsing", "This must be a duration: seconds as a number, ISO 8601 such as PT1H, or 01:00:00."),
        _ => reader.TokenType == JsonTokenType.Null || walk.Refuse(ref reader, "none_required", "This must be null."),
    };
}
