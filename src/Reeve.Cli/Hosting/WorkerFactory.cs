using Reeve.Settings;
using Reeve.Settings.Views;
using Reeve.Worker;

namespace Reeve.Cli.Hosting;

/// <summary>From the settings to a worker's options.</summary>
internal static class WorkerFactory
{
    public static WorkerOptions Options(ResolvedSettings resolved, string pool, string name)
    {
        var settings = new WorkerSettings(resolved);
        var options = new WorkerOptions
        {
            Pool = pool,
            Name = name,
            Prefetch = settings.Prefetch,
            PollInterval = settings.Query,
            Heartbeat = settings.Heartbeat,
            Environment = Environment(resolved),
            SendLogs = settings.Logging.ToApiEnabled,
            LogInterval = settings.Logging.ToApiBatchInterval,
            LogBatchSize = settings.Logging.ToApiBatchSize,
            MaxLogSize = settings.Logging.ToApiMaxLogSize,
        };
        // Two minutes, the default, is how often the Python worker looks beside its event stream; here the look is all there is.
        return resolved["worker.cancellation_poll_seconds"].IsSet ? options with { CancellationPoll = settings.CancellationPoll } : options;
    }

    /// <summary>The settings somebody set, as variables, so that Prefect within a run sees what the worker sees.</summary>
    private static Dictionary<string, string> Environment(ResolvedSettings settings)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings.All)
        {
            if (setting is { IsSet: true, Text: { } text } && setting.Source is not { Kind: SettingSourceKind.Profile, File: null }) variables[setting.Definition.Variable] = text;
        }

        variables["PREFECT_API_URL"] = ClientFactory.ApiUrl(settings);
        return variables;
    }
}
