using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reeve.Testing;

namespace Reeve.Server.Tests.Adoption;

/// <summary>A row as a Prefect server wrote it to SQLite, put into either database as a Prefect server would have.</summary>
internal static partial class PrefectRow
{
    /// <summary>The statement that inserts the row, unless there is one of its key already.</summary>
    public static string Insert(DatabaseKind kind, string table, JsonObject row) =>
        $"insert into {table} ({string.Join(", ", row.Select(static column => $"\"{column.Key}\""))}) "
        + $"values ({string.Join(", ", row.Select(column => Literal(kind, column.Key, column.Value)))}) on conflict do nothing";

    // A quoted literal takes the type of its column in both databases, whatever that type is.
    private static string Literal(DatabaseKind kind, string column, JsonNode? value)
    {
        if (value is null) return "null";
        var text = value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (kind == DatabaseKind.Postgres && Instant().IsMatch(text))
        {
            text = column == "total_run_time"
                ? string.Create(CultureInfo.InvariantCulture, $"{(Parse(text) - DateTime.UnixEpoch).TotalSeconds:F6} seconds")
                : text + "+00";
        }
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static DateTime Parse(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$")]
    private static partial Regex Instant();
}
