using Reeve.Core;

namespace Reeve.Data;

/// <summary>A parameter: its kind and its value; a null value is SQL NULL of that kind.</summary>
public readonly record struct SqlValue(SqlType Type, object? Value)
{
    public static SqlValue From(Guid? value) => new(SqlType.Uuid, value);
    public static SqlValue From(DateTimeOffset? value) => new(SqlType.Instant, value);
    public static SqlValue From(TimeSpan? value) => new(SqlType.Duration, value);
    public static SqlValue From(string? value) => new(SqlType.Text, value);
    public static SqlValue From(int? value) => new(SqlType.Int32, value);
    public static SqlValue From(long? value) => new(SqlType.Int64, value);
    public static SqlValue From(double? value) => new(SqlType.Double, value);
    public static SqlValue From(bool? value) => new(SqlType.Boolean, value);
    public static SqlValue From(RawJson? value) => new(SqlType.Json, value?.Utf8);
    public static SqlValue From(IReadOnlyCollection<Guid> value) => new(SqlType.UuidArray, value as Guid[] ?? [.. value]);
    public static SqlValue From(IReadOnlyCollection<string> value) => new(SqlType.TextArray, value as string[] ?? [.. value]);
    public static SqlValue From(IReadOnlyCollection<int> value) => new(SqlType.Int32Array, value as int[] ?? [.. value]);
    public static SqlValue From(IReadOnlyCollection<long> value) => new(SqlType.Int64Array, value as long[] ?? [.. value]);
}
