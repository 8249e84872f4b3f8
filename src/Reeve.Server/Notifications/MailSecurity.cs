namespace Reeve.Server.Notifications;

/// <summary>How the way to a mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Encrypted once the server was greeted; without that no mail is sent.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,
}
