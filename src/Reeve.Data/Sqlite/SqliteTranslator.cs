using System.Text;

namespace Reeve.Data.Sqlite;

/// <summary>
/// Turns a statement written for PostgreSQL into SQLite's dialect where the two differ regularly. Done once a statement
/// text, because prepared statements are kept by the text they were written in. What differs in meaning is written twice
/// in the stores, by <see cref="Db.Dialect"/>; this knows five things only:
/// <list type="bullet">
/// <item><c>::type</c> casts go away (SQLite's columns are untyped).</item>
/// <item><c>= any($1)</c> and <c>&lt;&gt; all($1)</c> become (not) in (select value from json_each($1)).</item>
/// <item><c>for update …</c> at the end of a statement or a subquery goes away (SQLite has one writer).</item>
/// <item><c>ilike</c> becomes <c>like</c>, which ignores case here anyway; <c>escape ''</c> goes away, as nothing escapes here.</item>
/// <item><c>now()</c> becomes the current instant in the stored form.</item>
/// </list>
/// </summary>
internal static class SqliteTranslator
{
    private const string NoEscape = " escape ''";
    private const string Now = "strftime('%Y-%m-%d %H:%M:%f000','now')";

    public static string Translate(string sql)
    {
        var text = new StringBuilder(sql.Length + 32);
        for (var i = 0; i < sql.Length;)
        {
            var c = sql[i];
            if (Starts(sql, i, NoEscape)) i += NoEscape.Length;
            else if (c is '\'' or '"')
            {
                var end = sql.IndexOf(c, i + 1);
                end = end < 0 ? sql.Length - 1 : end;
                text.Append(sql, i, end - i + 1);
                i = end + 1;
            }
            else if (Starts(sql, i, "::")) i = SkipType(sql, i + 2);
            else if (Starts(sql, i, "= any(")) i = JsonEach(sql, i + 6, "in", text);
            else if (Starts(sql, i, "<> all(")) i = JsonEach(sql, i + 7, "not in", text);
            else if (Starts(sql, i, "for update")) i = SkipLock(sql, i + 10);
            else if (Starts(sql, i, " ilike ")) { text.Append(" like "); i += 7; }
            else if (Starts(sql, i, "now()")) { text.Append(Now); i += 5; }
            else { text.Append(c); i++; }
        }
        return text.ToString();
    }

    private static bool Starts(string sql, int at, string word) =>
        string.CompareOrdinal(sql, at, word, 0, word.Length) == 0;

    private static int SkipType(string sql, int i)
    {
        while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] is '_' or '[' or ']')) i++;
        return i;
    }

    private static int JsonEach(string sql, int i, string operation, StringBuilder text)
    {
        var close = sql.IndexOf(')', i);
        var cast = sql.IndexOf("::", i, close - i, StringComparison.Ordinal);
        text.Append(operation).Append(" (select value from json_each(")
            .Append(sql, i, (cast < 0 ? close : cast) - i).Append("))");
        return close + 1;
    }

    private static int SkipLock(string sql, int i)
    {
        foreach (var option in (ReadOnlySpan<string>)[" of ", " skip locked", " nowait"])
        {
            if (!Starts(sql, i, option)) continue;
            i += option.Length;
            if (option == " of ") i = SkipType(sql, i);
        }
        return i;
    }
}
