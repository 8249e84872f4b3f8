namespace Reeve.Settings.Views;

/// <summary>What every service that runs in a loop has.</summary>
/// <param name="Enabled">Whether it runs at all.</param>
/// <param name="Loop">Time between two passes.</param>
public sealed record ServiceSettings(bool Enabled, TimeSpan Loop)
{
    internal static ServiceSettings Of(ResolvedSettings settings, string name) =>
        new(settings.Bool($"server.services.{name}.enabled"), settings.Seconds($"server.services.{name}.loop_seconds"));
}
