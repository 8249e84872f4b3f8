namespace Reeve.Data;

/// <summary>The kinds of parameter that both databases know.</summary>
public enum SqlType
{
    Uuid,
    Instant,
    Duration,
    Text,
    Int32,
    Int64,
    Double,
    Boolean,
    Json,
    UuidArray,
    TextArray,
    Int32Array,
    Int64Array,
}
