using System.Text;

namespace Reeve.Data.Schema;

/// <summary>What would be done to a database, or what was done to it.</summary>
/// <param name="Steps">In order; empty when there is nothing to do.</param>
public sealed record MigrationPlan(IReadOnlyList<MigrationStep> Steps)
{
    /// <summary>Nothing to do.</summary>
    public static MigrationPlan Nothing { get; } = new([]);

    /// <summary>The plan as a script that psql or sqlite3 can run.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps)
        {
            text.Append("-- ").Append(step.Name).Append('\n');
            if (step.Transactional)
                text.Append("begin;\n");
            foreach (var statement in step.Statements)
                text.Append(statement).Append(";\n");
            text.Append(step.Transactional ? "commit;\n\n" : "\n");
        }

        return text.ToString();
    }
}
