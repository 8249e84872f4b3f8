namespace Reeve.Contract.Ui;

/// <summary>Task runs that ended within one span of the dashboard's chart.</summary>
public sealed class TaskRunCount
{
    public int Completed { get; set; }

    public int Failed { get; set; }
}
