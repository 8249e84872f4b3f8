namespace Reeve.Settings.Values;

/// <summary>Hides what must not be shown.</summary>
public static class SecretMask
{
    /// <summary>What stands in place of a secret in the API's answers.</summary>
    public const string Full = "**********";

    /// <summary>Hides the password in <c>scheme://user:password@host</c>; other text is returned as it is.</summary>
    public static string InUrl(string text)
    {
        var authority = text.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0) return text;
        authority += 3;
        var query = text.IndexOf('?', authority);
        var at = text.LastIndexOf('@', (query < 0 ? text.Length : query) - 1);
        if (at < authority) return text;
        var colon = text.IndexOf(':', authority, at - authority);
        return colon < 0 ? text : string.Concat(text.AsSpan(0, colon + 1), Full, text.AsSpan(at));
    }

    /// <summary>The text of a setting as it may be shown.</summary>
    public static string For(SettingDefinition definition, string text) =>
        definition.IsSecret ? text.Length == 0 ? "" : Full
        : definition.Kind is SettingKind.Text or SettingKind.Any ? InUrl(text)
        : text;
}
