using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Reeve.Server.Notifications;

/// <summary>Hands mails to their servers: one connection a mail, with a time limit. Every recipient must be accepted.</summary>
internal sealed class MailSender(TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <exception cref="OutgoingException">The server did not take it. The message names the host and what it answered.</exception>
    public async Task SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = Message(mail);
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var client = new SmtpClient { CheckCertificateRevocation = false };
            if (!mail.Verify) client.ServerCertificateValidationCallback = static (_, _, _, _) => true;
            using var socket = await ConnectAsync(mail, either.Token);
            await client.ConnectAsync(socket, mail.Host, mail.Port, Option(mail.Security), either.Token);
            if (mail.User is { } user) await client.AuthenticateAsync(user, mail.Password, either.Token);
            await client.SendAsync(message, either.Token);
            await client.DisconnectAsync(true, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new OutgoingException("TimeoutError", $"{mail.Host} did not take the mail within {Limit.TotalSeconds:0} seconds");
        }
        catch (Exception error) when (error is CommandException or ProtocolException or AuthenticationException or SslHandshakeException
            or ServiceNotAuthenticatedException or ServiceNotConnectedException or SocketException or IOException or NotSupportedException)
        {
            // Long texts of handshakes tell of certificates what their first line does.
            throw new OutgoingException(Kind(error), $"{mail.Host}: {error.Message.Split('\n')[0].Trim()}");
        }
    }

    private static MimeMessage Message(OutgoingMail mail)
    {
        var message = new MimeMessage { Subject = mail.Subject, Body = new TextPart(mail.IsHtml ? "html" : "plain") { Text = mail.Body } };
        var from = Mailbox(mail.From);
        if (mail.FromName is { } name) from.Name = name;
        message.From.Add(from);
        Add(message.To, mail.To);
        Add(message.Cc, mail.Cc);
        Add(message.Bcc, mail.Bcc);
        message.Headers.Add("X-Application", OutgoingSender.UserAgent);
        return message;
    }

    private static void Add(InternetAddressList list, IReadOnlyList<string> addresses)
    {
        foreach (var address in addresses) list.Add(Mailbox(address));
    }

    private static MailboxAddress Mailbox(string address) =>
        MailboxAddress.TryParse(address, out var mailbox) ? mailbox : throw new NotificationInvalidException($"{address} is no mail address.");

    /// <summary>Connects by our own hand, so that a name that must be public cannot lead elsewhere.</summary>
    private static async Task<Socket> ConnectAsync(OutgoingMail mail, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(mail.Host, cancel);
        if (!mail.AllowPrivate && Array.Find(addresses, PrivateAddress.Is) is { } found) throw new IOException($"It resolves to the private address {found}.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, mail.Port, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions Option(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect, MailSecurity.StartTls => SecureSocketOptions.StartTls, _ => SecureSocketOptions.None,
    };

    private static string Kind(Exception error) => error switch
    {
        AuthenticationException or ServiceNotAuthenticatedException => "SMTPAuthenticationError",
        SocketException or SslHandshakeException or IOException => "ConnectError",
        _ => "SMTPException",
    };
}
