using Reeve.Settings.Database;
using Reeve.Settings.Values;

namespace Reeve.Settings;

/// <summary>Defaults and checks that need more than one setting.</summary>
internal static class DerivedSettings
{
    public static void Apply(Dictionary<string, ResolvedSetting> settings, List<SettingError> errors, List<SettingNotice> notices)
    {
        if (Is(settings, "PREFECT_DEBUG_MODE") || Is(settings, "PREFECT_TESTING_TEST_MODE"))
        {
            Put(settings, "PREFECT_LOGGING_LEVEL", "DEBUG");
            Put(settings, "PREFECT_INTERNAL_LOGGING_LEVEL", "DEBUG");
        }

        if (Text(settings, "PREFECT_API_SSL_CERT_FILE") is null)
            Put(settings, "PREFECT_API_SSL_CERT_FILE", Text(settings, "SSL_CERT_FILE"));
        var api = Text(settings, "PREFECT_API_URL");
        if (Text(settings, "PREFECT_SERVER_UI_API_URL") is null)
        {
            Put(settings, "PREFECT_SERVER_UI_API_URL",
                api ?? $"http://{Text(settings, "PREFECT_SERVER_API_HOST")}:{settings["PREFECT_SERVER_API_PORT"].Text}/api");
        }

        if (api is not null)
        {
            if (Text(settings, "PREFECT_UI_URL") is null) Put(settings, "PREFECT_UI_URL", UiUrl(api));
            AddApiUrlWarning(settings, api, notices);
        }

        CheckLogSizes(settings, errors);
        DatabaseUrlResolver.Apply(settings, errors, notices);
    }

    private static string UiUrl(string api)
    {
        var url = api.EndsWith("/api", StringComparison.Ordinal) ? api[..^4] : api;
        return url.Replace("/api/", "/");
    }

    private static void AddApiUrlWarning(Dictionary<string, ResolvedSetting> settings, string api, List<SettingNotice> notices)
    {
        if (Is(settings, "PREFECT_SILENCE_API_URL_MISCONFIGURATION")) return;
        var url = api.TrimEnd('/');
        if (url.EndsWith("/api", StringComparison.Ordinal) || url.Contains("/api/", StringComparison.Ordinal)) return;
        notices.Add(new SettingNotice(SettingNoticeKind.Warning, "PREFECT_API_URL",
            $"PREFECT_API_URL='{SecretMask.InUrl(api)}' ({settings["PREFECT_API_URL"].Source}) does not end in /api; the address of the API usually does."));
    }

    private static void CheckLogSizes(Dictionary<string, ResolvedSetting> settings, List<SettingError> errors)
    {
        var batch = settings["PREFECT_LOGGING_TO_API_BATCH_SIZE"];
        var line = settings["PREFECT_LOGGING_TO_API_MAX_LOG_SIZE"];
        if ((long)line.Value! <= (long)batch.Value!) return;
        errors.Add(new SettingError(line.Definition.Variable,
            $"{line.Definition.Variable}='{line.Text}' ({line.Source}) is not accepted: at most {batch.Definition.Variable}, which is {batch.Text}, is expected."));
    }

    private static bool Is(Dictionary<string, ResolvedSetting> settings, string variable) => (bool)settings[variable].Value!;

    private static string? Text(Dictionary<string, ResolvedSetting> settings, string variable) =>
        settings[variable].Value is string { Length: > 0 } text ? text : null;

    private static void Put(Dictionary<string, ResolvedSetting> settings, string variable, object? value) =>
        settings[variable] = settings[variable].With(value);
}
