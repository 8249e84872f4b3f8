namespace Reeve.Settings;

/// <summary>A value that cannot be used.</summary>
/// <param name="Name">The variable, key or file.</param>
/// <param name="Message">One line: variable, value (masked if secret), source, what is accepted.</param>
public sealed record SettingError(string Name, string Message)
{
    public override string ToString() => Message;
}
