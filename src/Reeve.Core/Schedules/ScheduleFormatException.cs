namespace Reeve.Core.Schedules;

/// <summary>A schedule was written in a way that cannot be accepted.</summary>
public sealed class ScheduleFormatException : Exception
{
    /// <param name="field">The field at fault, or null when the schedule as a whole is.</param>
    /// <param name="problem">What is wrong, in the words the wire contract uses.</param>
    /// <param name="remedy">What would be right, as a sentence.</param>
    /// <param name="errorType">The wire's error type.</param>
    public ScheduleFormatException(string? field, string problem, string remedy, string errorType = "value_error")
        : base(field is null ? $"{problem}. {remedy}" : $"{field}: {problem}. {remedy}")
    {
        Field = field;
        Problem = problem;
        Remedy = remedy;
        ErrorType = errorType;
    }

    /// <summary>The field at fault (<c>cron</c>, <c>interval</c>, <c>rrule</c>, <c>timezone</c>), or null for the whole schedule.</summary>
    public string? Field { get; }

    /// <summary>What is wrong; for <c>value_error</c> this is the wire's <c>msg</c> without its <c>Value error, </c> prefix.</summary>
    public string Problem { get; }

    /// <summary>What would be right.</summary>
    public string Remedy { get; }

    /// <summary>The wire's error type, nearly always <c>value_error</c>.</summary>
    public string ErrorType { get; }
}
