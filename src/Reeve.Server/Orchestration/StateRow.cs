using System.Text.Json;
using Reeve.Contract;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.Orchestration;

/// <summary>Reads states with their data, which lives in the row or, mostly, in an artifact.</summary>
internal static class StateRow
{
    /// <summary>How many columns <see cref="Columns"/> names.</summary>
    public const int Count = 7;

    private static readonly string[] Types = Enum.GetNames<StateType>();

    /// <summary>The columns of a state joined as <c>s</c> and its artifact joined as <c>a</c>.</summary>
    public static readonly SqlText Columns = new(
        "s.id, s.type, s.name, s.timestamp, s.message, s.state_details, coalesce(nullif(s.data::text, 'null'), a.data::text)");

    /// <summary>Null when the outer join found none.</summary>
    public static State? Read(DbRow row, int at = 0)
    {
        if (row.IsNull(at)) return null;
        var data = row.GetJsonOrNull(at + 6);
        return new State
        {
            Id = row.GetGuid(at),
            Type = ParseType(row.GetString(at + 1)),
            Name = row.GetString(at + 2),
            Timestamp = row.GetInstant(at + 3),
            Message = row.GetStringOrNull(at + 4),
            StateDetails = JsonSerializer.Deserialize(row.GetJson(at + 5).Utf8.Span, ReeveJson.TypeInfo<StateDetails>()) ?? StateDetails.Empty,
            Data = data is { IsNull: true } ? null : data,
        };
    }

    public static StateType? ParseTypeOrNull(string? wireName) => wireName is null ? null : ParseType(wireName);

    public static StateType ParseType(string wireName)
    {
        for (var i = 0; i < Types.Length; i++)
        {
            if (string.Equals(Types[i], wireName, StringComparison.OrdinalIgnoreCase)) return (StateType)i;
        }
        throw new FormatException($"The database holds the state type {wireName}, which this server does not know.");
    }
}
