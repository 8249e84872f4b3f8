namespace Reeve.Settings;

public enum SettingNoticeKind
{
    /// <summary>Two names of one setting, or two descriptions of the database, disagree; the message says which won.</summary>
    Conflict,

    /// <summary>A variable or key that is no setting.</summary>
    Unknown,

    /// <summary>A setting that is set and changes nothing.</summary>
    NoEffect,

    /// <summary>A setting under an older name.</summary>
    OldName,

    /// <summary>Something else that looks wrong.</summary>
    Warning,
}
