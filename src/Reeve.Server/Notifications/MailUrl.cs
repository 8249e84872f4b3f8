using Microsoft.AspNetCore.WebUtilities;

namespace Reeve.Server.Notifications;

/// <summary>
/// Mail by an address of the form <c>mailto://user:password@domain/to?smtp=host</c>, <c>mailtos://</c> for an encrypted way.
/// Apprise's parameters <c>to</c>, <c>cc</c>, <c>bcc</c>, <c>from</c>, <c>name</c>, <c>user</c>, <c>pass</c>, <c>smtp</c>, <c>mode</c>, <c>format</c> and <c>verify</c> are known.
/// </summary>
internal static class MailUrl
{
    /// <summary>Domains whose mail server has another name.</summary>
    private static readonly Dictionary<string, string> KnownDomains = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gmail.com"] = "smtp.gmail.com", ["googlemail.com"] = "smtp.gmail.com", ["outlook.com"] = "smtp-mail.outlook.com", ["hotmail.com"] = "smtp-mail.outlook.com",
        ["live.com"] = "smtp-mail.outlook.com", ["yahoo.com"] = "smtp.mail.yahoo.com", ["fastmail.com"] = "smtp.fastmail.com", ["icloud.com"] = "smtp.mail.me.com",
    };

    public static bool Is(string url) =>
        url.StartsWith("mailto://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("mailtos://", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="NotificationInvalidException">It lacks something. The message names no part of it: it may hold a password.</exception>
    public static OutgoingMail Parse(string url, string subject, string body)
    {
        // Of an address with the scheme mailto the platform expects another form.
        if (!Uri.TryCreate("mail" + url[url.IndexOf(':', StringComparison.Ordinal)..], UriKind.Absolute, out var parsed) || parsed.Host.Length == 0) throw new NotificationInvalidException("The mail address is not a valid URL.");
        var query = QueryHelpers.ParseQuery(parsed.Query);
        var login = parsed.UserInfo.Split(':', 2);
        var user = Value("user") ?? (login[0].Length > 0 ? Uri.UnescapeDataString(login[0]) : null);
        var known = KnownDomains.GetValueOrDefault(parsed.Host);
        var security = Security(Value("mode"), url.StartsWith("mailtos", StringComparison.OrdinalIgnoreCase) || known is not null);
        var self = user is null ? null : user.Contains('@', StringComparison.Ordinal) ? user : $"{user}@{parsed.Host}";
        // A sender without an address is the name that is shown.
        var sender = Value("from");
        var from = sender?.Contains('@', StringComparison.Ordinal) == true ? sender : self;
        var to = Uri.UnescapeDataString(parsed.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries).Concat(Values("to"))
            .Select(one => one.Contains('@', StringComparison.Ordinal) ? one : $"{one}@{parsed.Host}").ToList();
        if (to.Count == 0 && from is not null) to.Add(from);
        if (to.Count == 0) throw new NotificationInvalidException("The mail address names nobody to send to; add ?to=.");
        return new OutgoingMail(
            Value("smtp") ?? known ?? parsed.Host, parsed.Port > 0 ? parsed.Port : OutgoingMail.DefaultPort(security), security, from ?? to[0], to, subject, body)
        {
            User = login.Length > 1 || Value("pass") is not null ? (known is null ? user : self) : null,
            Password = Value("pass") ?? (login.Length > 1 ? Uri.UnescapeDataString(login[1]) : ""),
            FromName = Value("name") ?? (from == sender ? null : sender),
            Cc = Values("cc"), Bcc = Values("bcc"),
            IsHtml = string.Equals(Value("format"), "html", StringComparison.OrdinalIgnoreCase),
            Verify = Value("verify")?.ToLowerInvariant() is not ("no" or "false" or "0" or "off"),
        };

        string? Value(string name) => query.TryGetValue(name, out var found) && found[0] is { Length: > 0 } text ? text : null;

        List<string> Values(string name) => query.TryGetValue(name, out var found)
            ? [.. found.SelectMany(static text => (text ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))]
            : [];
    }

    private static MailSecurity Security(string? mode, bool encrypted) => mode?.ToLowerInvariant() switch
    {
        null => encrypted ? MailSecurity.StartTls : MailSecurity.None,
        "ssl" => MailSecurity.Tls,
        "starttls" => MailSecurity.StartTls,
        "insecure" => MailSecurity.None,
        _ => throw new NotificationInvalidException("The mail address has an unknown mode; it must be ssl, starttls or insecure."),
    };
}
