namespace Reeve.Settings.Views;

/// <summary>The service that turns the task run events of clients into task runs.</summary>
public sealed class TaskRunRecorderSettings(ResolvedSettings settings)
{
    private const string Prefix = "server.services.task_run_recorder.";

    public bool Enabled { get; } = settings.Bool(Prefix + "enabled");

    public int BatchSize { get; } = settings.Int(Prefix + "batch_size");

    /// <summary>Time after which a smaller batch is written as well.</summary>
    public TimeSpan FlushInterval { get; } = settings.Seconds(Prefix + "flush_interval");
}
