using Reeve.Core;

namespace Reeve.Data;

/// <summary>One row of an answer, read by ordinal. Valid only inside the mapper it is handed to.</summary>
public abstract class DbRow
{
    public abstract bool IsNull(int i);
    public abstract Guid GetGuid(int i);

    /// <summary>An instant in UTC, to the microsecond.</summary>
    public abstract DateTimeOffset GetInstant(int i);
    public abstract TimeSpan GetDuration(int i);
    public abstract string GetString(int i);
    public abstract int GetInt32(int i);
    public abstract long GetInt64(int i);
    public abstract double GetDouble(int i);
    public abstract bool GetBoolean(int i);

    /// <summary>A JSON column as its UTF-8 bytes; JSON null where the column is NULL.</summary>
    public abstract RawJson GetJson(int i);

    public Guid? GetGuidOrNull(int i) => IsNull(i) ? null : GetGuid(i);
    public DateTimeOffset? GetInstantOrNull(int i) => IsNull(i) ? null : GetInstant(i);
    public string? GetStringOrNull(int i) => IsNull(i) ? null : GetString(i);
    public int? GetInt32OrNull(int i) => IsNull(i) ? null : GetInt32(i);
    public RawJson? GetJsonOrNull(int i) => IsNull(i) ? null : GetJson(i);
    public double? GetDoubleOrNull(int i) => IsNull(i) ? null : GetDouble(i);
}
