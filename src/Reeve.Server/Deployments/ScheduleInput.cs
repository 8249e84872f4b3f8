using Reeve.Contract.OpenApi;
using Reeve.Core.Schedules;
using Reeve.Server.Http;
using Wire = Reeve.Contract.Deployments;

namespace Reeve.Server.Deployments;

/// <summary>A schedule as it arrives: checked by its engine and given what it leaves open, so that it means the same for ever.</summary>
internal static class ScheduleInput
{
    /// <exception cref="RequestInvalidException">The engine refuses it.</exception>
    public static Wire.Schedule Accept(Wire.Schedule schedule, DateTimeOffset now, ReadOnlyMemory<byte> body, params string[] at)
    {
        switch (schedule)
        {
            case Wire.IntervalSchedule interval:
                interval.AnchorDate ??= now;
                interval.Timezone ??= "UTC";
                break;
            case Wire.RRuleSchedule rule:
                Check(schedule, body, at);
                rule.Rrule = RRuleAnchor.Inject(rule.Rrule, rule.Timezone, now);
                break;
        }
        Check(schedule, body, at);
        return schedule;
    }

    /// <exception cref="RequestInvalidException">More runs than the setting allows.</exception>
    public static void CheckMaxRuns(int? asked, int allowed, ReadOnlyMemory<byte> body, params string[] at)
    {
        if (asked > allowed) throw Invalid(body, "value_error", [.. at, "max_scheduled_runs"], $"Value error, `max_scheduled_runs` must be less than or equal to {allowed}.");
    }

    public static RequestInvalidException Invalid(ReadOnlyMemory<byte> body, string type, string[] at, string message)
    {
        var errors = new ValidationErrors();
        errors.Add(type, at, message);
        return new RequestInvalidException(errors, body);
    }

    private static void Check(Wire.Schedule schedule, ReadOnlyMemory<byte> body, string[] at)
    {
        try
        {
            ScheduleEngine.Parse(schedule);
        }
        catch (ScheduleFormatException error)
        {
            var message = error.ErrorType == "value_error" ? $"Value error, {error.Problem}" : error.Problem;
            throw Invalid(body, error.ErrorType, error.Field is null ? [.. at, "schedule"] : [.. at, "schedule", error.Field], message);
        }
    }
}
