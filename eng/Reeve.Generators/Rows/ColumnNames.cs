using System;
using System.Collections.Generic;
using System.Text;

namespace Reeve.Generators.Rows;

/// <summary>From property names to column names as they stand in SQL.</summary>
internal static class ColumnNames
{
    // Words that PostgreSQL or SQLite refuse as a bare column name and that a wire type may plausibly use.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "all", "and", "any", "array", "as", "asc", "between", "by", "case", "cast", "check", "collate", "column", "constraint",
        "create", "default", "delete", "desc", "distinct", "do", "drop", "else", "end", "except", "exists", "false", "fetch",
        "for", "foreign", "from", "grant", "group", "having", "in", "index", "insert", "intersect", "into", "is", "join",
        "left", "like", "limit", "natural", "not", "null", "offset", "on", "only", "or", "order", "primary", "references",
        "returning", "right", "select", "set", "table", "then", "to", "transaction", "true", "union", "unique", "update",
        "user", "using", "values", "when", "where", "window", "with",
    };

    /// <summary><c>FlowRunId</c> becomes <c>flow_run_id</c>.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && name[i - 1] != '_')
            {
                var endsWord = char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]);
                var startsWord = char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]);
                if (endsWord || startsWord)
                    text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>The name as it is written in SQL: quoted only where it has to be.</summary>
    public static string Sql(string column)
    {
        var plain = column.Length > 0 && !char.IsDigit(column[0]) && !Reserved.Contains(column);
        foreach (var c in column)
            plain &= c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';
        return plain ? column : "\"" + column.Replace("\"", "\"\"") + "\"";
    }
}
