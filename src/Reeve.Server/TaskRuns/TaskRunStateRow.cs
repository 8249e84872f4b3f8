using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Server.TaskRuns;

[Row(typeof(State), Except = ["Data"])]
internal static partial class TaskRunStateRow
{
    /// <summary>How many columns <see cref="WithData"/> names.</summary>
    public const int CountWithData = Count + 2;

    /// <summary>A state <c>s</c> with its data: what the row itself holds, as recorded states do, else what its artifact <c>a</c> holds.</summary>
    public static readonly SqlText WithData = new($"{Columns("s")}, s.data, a.data");

    /// <summary>The state at <paramref name="at"/>, or null where an outer join found none.</summary>
    public static State? ReadWithData(DbRow row, int at = 0)
    {
        if (row.IsNull(at)) return null;
        var own = row.IsNull(at + Count) ? RawJson.None : row.GetJson(at + Count);
        var data = own.IsNull && !row.IsNull(at + Count + 1) ? row.GetJson(at + Count + 1) : own;
        return data.IsNull ? Read(row, at) : Read(row, at) with { Data = data };
    }

    public static StateType ParseType(string stored) => Enum.Parse<StateType>(stored, ignoreCase: true);
}
