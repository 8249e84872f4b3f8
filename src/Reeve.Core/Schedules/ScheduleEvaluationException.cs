namespace Reeve.Core.Schedules;

/// <summary>An accepted schedule cannot say when it fires next, for instance because its date never comes.</summary>
public sealed class ScheduleEvaluationException : Exception
{
    /// <param name="field">The field at fault.</param>
    /// <param name="problem">Why there is no next instant.</param>
    /// <param name="remedy">What would be right, as a sentence.</param>
    public ScheduleEvaluationException(string field, string problem, string remedy)
        : base($"{field}: {problem}. {remedy}")
    {
        Field = field;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>The field at fault.</summary>
    public string Field { get; }

    /// <summary>Why there is no next instant.</summary>
    public string Problem { get; }

    /// <summary>What would be right.</summary>
    public string Remedy { get; }
}
