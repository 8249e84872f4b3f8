using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>
/// A table of expected outcomes: a line a starting state, a column a proposed type. Cells: A accepted, X abort, W wait,
/// R refused and the current state kept, R&gt;T refused and a state of type T stored; then the reason, by the number of the
/// rule that decides. A name in brackets is the name of the stored state.
/// </summary>
internal static class TransitionTable
{
    public static readonly (string Column, StateType Type)[] Columns =
    [
        ("SCH", StateType.Scheduled), ("PEN", StateType.Pending), ("RUN", StateType.Running),
        ("COM", StateType.Completed), ("FAI", StateType.Failed), ("CAN", StateType.Cancelled),
        ("CRA", StateType.Crashed), ("PAU", StateType.Paused), ("CNG", StateType.Cancelling),
    ];

    /// <summary>Proposes every type from every starting state and lists what came out otherwise than expected.</summary>
    public static List<string> Mismatches(
        string table,
        Func<string, StateType, (Decision Decision, State? From)> propose,
        IReadOnlyDictionary<string, string> reasons)
    {
        var mismatches = new List<string>();
        var cells = 0;
        foreach (var line in Lines(table))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (parts[0] == "from")
            {
                continue;
            }

            for (var i = 0; i < Columns.Length; i++)
            {
                var (decision, from) = propose(parts[0], Columns[i].Type);
                var actual = Describe(decision, from, Columns[i].Type, parts[i + 1], reasons);
                cells++;
                if (actual is not null)
                {
                    mismatches.Add($"{parts[0]} -> {Columns[i].Column}: expected {parts[i + 1]}, got {actual}");
                }
            }
        }

        Assert.True(cells >= Columns.Length, "the table is empty");
        return mismatches;
    }

    /// <summary>
    /// The table with other cells. A line of <paramref name="exceptions"/> is <c>from, from -&gt; TO TO = cell</c>; <c>*</c> stands
    /// for every starting state or type, <c>*-a-b</c> for every starting state but these. Later lines win.
    /// </summary>
    public static string Except(string table, string exceptions)
    {
        var lines = Lines(table).Where(static line => !line.StartsWith("from", StringComparison.Ordinal)).Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        foreach (var exception in Lines(exceptions))
        {
            var (pair, cell) = Halves(exception, " = ");
            var (from, to) = Halves(pair, " -> ");
            var columns = to == "*" ? Columns : to.Split(' ').Select(static name => Array.Find(Columns, column => column.Column == name)).ToArray();
            var left = from.StartsWith('*') ? from.Split('-')[1..] : null;
            var named = from.Split(',', StringSplitOptions.TrimEntries);
            Assert.All(left ?? named, name => Assert.Contains(lines, line => line[0] == name));
            foreach (var line in lines.Where(line => left is null ? named.Contains(line[0]) : !left.Contains(line[0])))
            {
                foreach (var column in columns) line[1 + Array.IndexOf(Columns, column)] = cell;
            }
        }

        return string.Join('\n', lines.Select(static line => string.Join(" | ", line)));
    }

    /// <summary>Proposes every type from every starting state and lists where what <paramref name="effect"/> tells is not what the cell says.</summary>
    public static List<string> OtherEffects(string table, Func<string, StateType, string> effect)
    {
        var mismatches = new List<string>();
        foreach (var line in Lines(table).Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).Where(static line => line[0] != "from"))
        {
            Assert.Equal(Columns.Length, line.Length - 1);
            foreach (var ((column, type), expected) in Columns.Zip(line.Skip(1)))
            {
                var actual = effect(line[0], type);
                if (actual != expected) mismatches.Add($"{line[0]} -> {column}: expected {expected}, got {actual}");
            }
        }

        return mismatches;
    }

    private static string[] Lines(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string First, string Second) Halves(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        Assert.True(at > 0, $"no '{separator}' in '{text}'");
        return (text[..at].Trim(), text[(at + separator.Length)..].Trim());
    }

    private static string? Describe(Decision decision, State? from, StateType to, string cell, IReadOnlyDictionary<string, string> reasons)
    {
        var name = cell.Contains('[') ? cell[(cell.IndexOf('[') + 1)..cell.IndexOf(']')] : null;
        var words = cell.Split('[')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var expected = words[0];
        var actual = decision.Status switch
        {
            SetStateStatus.Accept when decision.NewState?.Type == to => "A",
            SetStateStatus.Abort when decision.NewState is null => "X",
            SetStateStatus.Wait when decision.NewState is null && decision.DelaySeconds > 0 => "W",
            SetStateStatus.Reject when decision.NewState is null => "R",
            SetStateStatus.Reject => "R>" + Array.Find(Columns, column => column.Type == decision.NewState!.Type).Column,
            _ => "inconsistent " + decision.Status,
        };
        if (actual != expected)
        {
            return $"{actual} ({decision.Reason})";
        }

        if (words.Length > 1 && from is not null)
        {
            var reason = reasons[words[1]].Replace("{FROM}", from.Type.WireName()).Replace("{TO}", to.WireName()).Replace("{to}", to.DefaultName().ToLowerInvariant());
            if (decision.Reason != reason)
            {
                return decision.Reason;
            }
        }

        if (decision is FlowRunDecision told && told.Event?.Id != told.NewState?.Id)
        {
            return "another event than that of its state";
        }

        if (decision.NewState is null && !ReferenceEquals(decision.Current, from))
        {
            return "another current state";
        }

        return name is not null && decision.Current?.Name != name ? $"the name {decision.Current?.Name}" : null;
    }
}
