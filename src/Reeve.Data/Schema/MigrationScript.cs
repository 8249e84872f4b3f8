using System.Text;

namespace Reeve.Data.Schema;

/// <summary>The statements of one SQL file.</summary>
/// <param name="Statements">In order, without comments and without the closing semicolon.</param>
/// <param name="Transactional">False when the file begins with <c>-- transaction: none</c>.</param>
public sealed record MigrationScript(IReadOnlyList<string> Statements, bool Transactional)
{
    private const string NoTransaction = "-- transaction: none";

    /// <summary>Cuts a file into statements: a semicolon at the end of a line ends one.</summary>
    /// <exception cref="FormatException">The last statement is not ended.</exception>
    public static MigrationScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var statements = new List<string>();
        var statement = new StringBuilder();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.Length == 0 || line.AsSpan().TrimStart().StartsWith("--"))
                continue;
            if (statement.Length > 0)
                statement.Append('\n');
            if (line[^1] != ';')
            {
                statement.Append(line);
                continue;
            }

            statement.Append(line, 0, line.Length - 1);
            statements.Add(statement.ToString());
            statement.Clear();
        }

        return statement.Length == 0
            ? new MigrationScript(statements, !text.StartsWith(NoTransaction, StringComparison.Ordinal))
            : throw new FormatException($"The statement '{statement}' lacks its closing semicolon.");
    }
}
