using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reeve.Server.Tests.Automations;

/// <summary>A mail server on a loopback port that takes mails one after the other, refuses addresses that begin with <c>no</c>, and keeps what was said.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly bool _login;
    private Task _loop = Task.CompletedTask;

    private SmtpSink(bool login) => _login = login;

    /// <summary>Every line of the clients but those of messages.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>The messages as they came.</summary>
    public List<string> Messages { get; } = [];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="login">Whether it wants to know who sends; then the password must be <c>right</c>.</param>
    public static SmtpSink Start(bool login = false)
    {
        var sink = new SmtpSink(login);
        sink._listener.Start();
        sink._loop = Task.Run(sink.AcceptAsync);
        return sink;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or IOException or InvalidOperationException)
        {
            // Stopped, or the client went away.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            Commands.Add(line);
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO" when _login: await writer.WriteLineAsync("250-sink\r\n250 AUTH PLAIN"); break;
                case "AUTH":
                    var right = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).EndsWith("\0right", StringComparison.Ordinal);
                    await writer.WriteLineAsync(right ? "235 come in" : "535 wrong password");
                    break;
                case "RCPT" when line.Contains("<no", StringComparison.Ordinal): await writer.WriteLineAsync("550 nobody here"); break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } part and not ".") text.Append(part).Append('\n');
                    Messages.Add(text.ToString());
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT": await writer.WriteLineAsync("221 bye"); return;
                default: await writer.WriteLineAsync("250 ok"); break;
            }
        }
    }
}
