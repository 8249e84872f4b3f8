namespace Reeve.Settings;

/// <summary>Settings that cannot be used. The message has one line for each error.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException(IReadOnlyList<SettingError> errors)
        : base(string.Join('\n', errors.Select(error => error.Message))) => Errors = errors;

    public SettingsException(string message)
        : this([new SettingError("", message)])
    {
    }

    public IReadOnlyList<SettingError> Errors { get; }
}
