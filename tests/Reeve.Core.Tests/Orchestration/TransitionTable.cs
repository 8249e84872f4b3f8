using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>
/// A table of expected outcomes: a line a starting state, a column a proposed type. Cells: A accepted, X abort, W wait,
/// R refused and the current state kept, R&gt;T refused and a state of type T stored; then the rule that decides.
/// A name in brackets is the name of the stored state.
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
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
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

        if (decision.NewState is null && !ReferenceEquals(decision.Current, from))
        {
            return "another current state";
        }

        return name is not null && decision.Current?.Name != name ? $"the name {decision.Current?.Name}" : null;
    }
}
