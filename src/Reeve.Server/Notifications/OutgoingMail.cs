namespace Reeve.Server.Notifications;

/// <summary>A mail and the server to hand it to, as a value.</summary>
internal sealed record OutgoingMail(string Host, int Port, MailSecurity Security, string From, IReadOnlyList<string> To, string Subject, string Body)
{
    /// <summary>Null: the server asks for no name.</summary>
    public string? User { get; init; }

    public string Password { get; init; } = "";

    /// <summary>The name shown beside the sender's address.</summary>
    public string? FromName { get; init; }

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public bool IsHtml { get; init; }

    /// <summary>Whether the certificate of the server must be good.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Whether the server may have an address that is not public.</summary>
    public bool AllowPrivate { get; init; } = true;

    /// <summary>The port that a protection has by itself.</summary>
    public static int DefaultPort(MailSecurity security) => security switch
    {
        MailSecurity.Tls => 465, MailSecurity.StartTls => 587, _ => 25,
    };
}
