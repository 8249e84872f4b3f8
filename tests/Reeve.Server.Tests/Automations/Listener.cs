using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reeve.Server.Tests.Automations;

/// <summary>Answers every request on a loopback port the same way, and keeps what was sent.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private Task _loop = Task.CompletedTask;

    private Listener(string answer) => _answer = Encoding.UTF8.GetBytes(answer.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal));

    public List<string> Requests { get; } = [];

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    public static Listener Start(string answer)
    {
        var listener = new Listener(answer);
        listener._listener.Start();
        listener._loop = Task.Run(listener.AcceptAsync);
        return listener;
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
                await using var stream = client.GetStream();
                Requests.Add(await ReadAsync(stream));
                await stream.WriteAsync(_answer);
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            bytes.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.UTF8.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0) return text;
            if (end < 0) continue;
            var length = text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (bytes.Count >= Encoding.UTF8.GetByteCount(text[..(end + 4)]) + (length is null ? 0 : int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture))) return text;
        }
    }
}
