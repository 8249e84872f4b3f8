using Reeve.Core;

namespace Reeve.Data;

/// <summary>A row held in memory, with the reading methods that generated mappers call.</summary>
public sealed class DbRow(params object?[] values)
{
    public bool IsNull(int i) => values[i] is null;

    public Guid GetGuid(int i) => (Guid)values[i]!;

    public DateTimeOffset GetInstant(int i) => (DateTimeOffset)values[i]!;

    public TimeSpan GetDuration(int i) => (TimeSpan)values[i]!;

    public string GetString(int i) => (string)values[i]!;

    public int GetInt32(int i) => (int)values[i]!;

    public long GetInt64(int i) => (long)values[i]!;

    public double GetDouble(int i) => (double)values[i]!;

    public bool GetBoolean(int i) => (bool)values[i]!;

    public RawJson GetJson(int i) => values[i] is string text ? RawJson.Parse(text) : RawJson.None;
}
