namespace Reeve.Worker;

/// <summary>Where a worker tells people what it does. Called from any thread.</summary>
public interface IWorkerLog
{
    /// <summary>One line about the worker or one of its runs.</summary>
    public void Write(WorkerLogLevel level, string message);

    /// <summary>One line that a run printed.</summary>
    public void Output(string flowRunName, string line, bool isError);
}
