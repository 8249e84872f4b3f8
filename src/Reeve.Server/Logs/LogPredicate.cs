using Reeve.Contract;
using Reeve.Contract.Logs;
using Reeve.Data;
using Reeve.Server.Filters;

namespace Reeve.Server.Logs;

/// <summary>A log filter as conditions on a row of <c>log</c>.</summary>
internal static class LogPredicate
{
    public static Predicate Where(LogFilter? filter, string log)
    {
        var where = new Predicate(filter?.Operator == Operator.Or);
        if (filter?.Level is { } level) where.Add(Level(level, log));
        if (filter?.Timestamp is { } time)
        {
            where.Add(new Predicate().Before($"{log}.timestamp", time.Before).After($"{log}.timestamp", time.After));
        }
        if (filter?.FlowRunId is { } flowRun) where.Add(new Predicate().Any($"{log}.flow_run_id", flowRun.Any));
        if (filter?.TaskRunId is { } taskRun)
        {
            where.Add(new Predicate().Any($"{log}.task_run_id", taskRun.Any).IsNull($"{log}.task_run_id", taskRun.IsNull));
        }
        if (filter?.Text is { } text && TextSearch.Parse(text.Query) is { IsEmpty: false } search)
        {
            where.Add(search.Where($"({new SqlText(log)}.message || ' ' || {new SqlText(log)}.name)"));
        }
        return where;
    }

    private static Predicate Level(LogFilterLevel level, string log)
    {
        var where = new Predicate();
        if (level.Ge is { } least) where.Add($"{new SqlText(log)}.level >= {least}");
        if (level.Le is { } most) where.Add($"{new SqlText(log)}.level <= {most}");
        return where;
    }
}
