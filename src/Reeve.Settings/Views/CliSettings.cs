namespace Reeve.Settings.Views;

/// <summary>How commands print and ask.</summary>
public sealed class CliSettings(ResolvedSettings settings)
{
    public bool Colors { get; } = settings.Bool("cli.colors");

    /// <summary>Ask for confirmation; null means only on a terminal.</summary>
    public bool? Prompt { get; } = settings.OptionalBool("cli.prompt");

    public bool WrapLines { get; } = settings.Bool("cli.wrap_lines");
}
