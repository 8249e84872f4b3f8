namespace Reeve.Server.Deployments.Scheduling;

/// <summary>From schedules to the runs they ask for. Pure: the same rows and window give the same runs everywhere.</summary>
internal static class ScheduledRunPlanner
{
    /// <summary>The runs of one deployment.</summary>
    /// <param name="schedules">Its active schedules.</param>
    /// <param name="window">How far ahead.</param>
    /// <exception cref="Reeve.Core.Schedules.ScheduleFormatException">A stored schedule cannot be read.</exception>
    /// <exception cref="Reeve.Core.Schedules.ScheduleEvaluationException">A schedule never comes due.</exception>
    public static List<ScheduledRun> Plan(IEnumerable<ScheduleSource> schedules, SchedulingWindow window)
    {
        var runs = new List<ScheduledRun>();
        foreach (var schedule in schedules)
        {
            var count = 0;
            foreach (var at in ScheduleEngine.Of(schedule.Schedule).GetDates(window.MaxRuns, window.Start, window.End))
            {
                runs.Add(new ScheduledRun(schedule, at));
                if (++count >= window.MinRuns && at >= window.Until) break;
            }
        }
        return runs;
    }
}
