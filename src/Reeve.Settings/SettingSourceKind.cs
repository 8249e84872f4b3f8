namespace Reeve.Settings;

/// <summary>Where a value can come from, strongest first.</summary>
public enum SettingSourceKind
{
    /// <summary>Given on the command line or by the program itself.</summary>
    Argument,
    Environment,

    /// <summary>The file .env in the working directory.</summary>
    DotEnv,

    /// <summary>The file prefect.toml in the working directory.</summary>
    PrefectToml,

    /// <summary>The table tool.prefect of pyproject.toml in the working directory.</summary>
    PyprojectToml,

    /// <summary>The active profile.</summary>
    Profile,

    /// <summary>Nobody set it.</summary>
    Default,
}
