namespace Reeve.Server.Notifications;

/// <summary>What a block that sends mail makes of a message. Pure.</summary>
internal static class MailBlocks
{
    public const string CredentialsSlug = "email-server-credentials";

    private const string DefaultSubject = "Prefect Notifications";

    /// <summary>Servers that go by a short name.</summary>
    private static readonly Dictionary<string, string> KnownServers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aol"] = "smtp.aol.com", ["att"] = "smtp.mail.att.net", ["comcast"] = "smtp.comcast.net", ["icloud"] = "smtp.mail.me.com",
        ["gmail"] = "smtp.gmail.com", ["outlook"] = "smtp-mail.outlook.com", ["yahoo"] = "smtp.mail.yahoo.com",
    };

    /// <summary>The mail to send; null for blocks that send none.</summary>
    /// <exception cref="NotificationInvalidException">The block cannot be used.</exception>
    public static OutgoingMail? Of(NotificationBlock block, string? subject, string body)
    {
        var title = string.IsNullOrEmpty(subject) ? DefaultSubject : subject;
        if (block.Slug == CredentialsSlug) return Credentials(block, title, body);
        return block.Slug == "slack-webhook" && block.OptionalText("url") is { } url && MailUrl.Is(url)
            ? MailUrl.Parse(url, title, body) with { AllowPrivate = block.Flag("allow_private_urls", true) }
            : null;
    }

    /// <summary>A block of this type tells who may send, and not to whom: that is what it says beyond its fields, else the sender himself.</summary>
    private static OutgoingMail Credentials(NotificationBlock block, string subject, string body)
    {
        var user = block.OptionalText("username") is { Length: > 0 } name ? name : null;
        var server = block.OptionalText("smtp_server") ?? "gmail";
        var security = Security(block.OptionalText("smtp_type"));
        var from = block.OptionalText("email_from") ?? user;
        var to = block.Texts("email_to");
        if (to.Count == 0 && user?.Contains('@', StringComparison.Ordinal) == true) to = [user];
        if (to.Count == 0) throw new NotificationInvalidException("The block has no email_to, and its username is no address.");
        return new OutgoingMail(
            KnownServers.GetValueOrDefault(server, server), (int)block.Number("smtp_port", OutgoingMail.DefaultPort(security)), security,
            from?.Contains('@', StringComparison.Ordinal) == true ? from : to[0], to, subject, body)
        {
            User = user, Password = block.OptionalText("password") ?? "", Verify = block.Flag("verify", true),
            Cc = block.Texts("email_to_cc"), Bcc = block.Texts("email_to_bcc"),
        };
    }

    /// <summary>By name or by the port that stands for it.</summary>
    private static MailSecurity Security(string? type) => type?.ToUpperInvariant() switch
    {
        null or "SSL" or "465" => MailSecurity.Tls,
        "STARTTLS" or "587" => MailSecurity.StartTls,
        "INSECURE" or "25" => MailSecurity.None,
        _ => throw new NotificationInvalidException($"The block's smtp_type is {type}; it must be SSL, STARTTLS or INSECURE."),
    };
}
