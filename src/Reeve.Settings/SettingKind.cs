namespace Reeve.Settings;

/// <summary>How the text of a setting is read; the CLR type of the value stands in brackets.</summary>
public enum SettingKind
{
    /// <summary>Any text (<see cref="string"/>).</summary>
    Text,

    /// <summary>Text that is never shown (<see cref="string"/>).</summary>
    Secret,

    /// <summary>1/0, true/false, t/f, yes/no, y/n, on/off in any case (<see cref="bool"/>).</summary>
    Bool,

    /// <summary>Any text that is not empty means yes (<see cref="bool"/>).</summary>
    Flag,

    /// <summary>A whole number (<see cref="long"/>).</summary>
    Int,

    /// <summary>A finite number (<see cref="double"/>).</summary>
    Float,

    /// <summary>A path; a leading ~ and $PREFECT_HOME are replaced (<see cref="string"/>).</summary>
    Path,

    /// <summary>One of <see cref="SettingDefinition.Options"/> (<see cref="string"/>).</summary>
    Enum,

    /// <summary>ISO 8601 or clock text, never a bare number (<see cref="TimeSpan"/>).</summary>
    Duration,

    /// <summary>As <see cref="Duration"/>, or a bare number of seconds (<see cref="TimeSpan"/>).</summary>
    SecondsOrDuration,

    /// <summary>A whole number of seconds, or as <see cref="Duration"/> (<see cref="TimeSpan"/>).</summary>
    WholeSeconds,

    /// <summary>Comma separated text or a JSON array (list of <see cref="string"/>).</summary>
    List,

    /// <summary>As <see cref="List"/>, without repetition (list of <see cref="string"/>).</summary>
    Set,

    /// <summary>Comma separated whole numbers or a JSON array (list of <see cref="long"/>).</summary>
    IntSet,

    /// <summary>Some of <see cref="SettingDefinition.Options"/>, or a bool (list of <see cref="string"/>, or <see cref="bool"/>).</summary>
    SetOrBool,

    /// <summary>One number or several, comma separated or as a JSON array (list of <see cref="double"/>).</summary>
    Numbers,

    /// <summary>A JSON object of strings (dictionary of <see cref="string"/>).</summary>
    Map,

    /// <summary>A JSON object of durations in seconds or ISO 8601 (dictionary of <see cref="TimeSpan"/>).</summary>
    DurationMap,

    /// <summary>A UUID (<see cref="System.Guid"/>).</summary>
    Guid,

    /// <summary>Anything (<see cref="string"/>).</summary>
    Any,
}
