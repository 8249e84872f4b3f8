namespace Reeve.Settings;

/// <summary>Something worth knowing about the settings that does not stop the start.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">The variable or key concerned.</param>
/// <param name="Message">One line for people; secrets are masked.</param>
public sealed record SettingNotice(SettingNoticeKind Kind, string Name, string Message)
{
    public override string ToString() => Message;
}
