using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Reeve.Testing;

/// <summary>A websocket client that sends the frames it is told to, also broken ones, and shows those it gets, control frames included.</summary>
public sealed class RawSocket : IDisposable
{
    private readonly TcpClient _tcp = new();
    private NetworkStream _stream = null!;

    /// <summary>The status line and headers of the answer to the upgrade.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Whether the other side speaks websocket from here on.</summary>
    public bool IsUpgraded => Answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal);

    /// <summary>Connects and asks for the upgrade, whatever comes of it.</summary>
    /// <param name="server">The server's address, such as http://127.0.0.1:4200.</param>
    /// <param name="path">The path below /api/.</param>
    /// <param name="subprotocol">What is offered; nothing when null.</param>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public static async Task<RawSocket> OpenAsync(string server, string path, string? subprotocol = null)
    {
        var socket = new RawSocket();
        var address = new Uri(server);
        await socket._tcp.ConnectAsync(address.Host, address.Port);
        socket._tcp.ReceiveTimeout = 30_000;
        socket._stream = socket._tcp.GetStream();
        var offer = subprotocol is null ? "" : $"Sec-WebSocket-Protocol: {subprotocol}\r\n";
        await socket._stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/{path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n"));
        var answer = new StringBuilder();
        var one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await socket._stream.ReadAsync(one) == 1) answer.Append((char)one[0]);
        socket.Answer = answer.ToString();
        return socket;
    }

    /// <summary>Sends a text frame.</summary>
    public Task SendTextAsync(string text) => SendAsync(1, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a ping with a text.</summary>
    public Task PingAsync(string text) => SendAsync(9, Encoding.UTF8.GetBytes(text));

    /// <summary>Sends a close frame of code 1000.</summary>
    public Task CloseAsync() => SendAsync(8, [3, 232]);

    /// <summary>As when the client's process ends: no more bytes will come, and no close frame did.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Bytes as they are.</summary>
    public async Task SendBytesAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>A frame as clients must send it: masked.</summary>
    public Task SendAsync(int opcode, byte[] payload) => SendBytesAsync(Frame(opcode, payload));

    /// <summary>The bytes of a frame.</summary>
    public static byte[] Frame(int opcode, byte[] payload)
    {
        var frame = new List<byte> { (byte)(0x80 | opcode) };
        if (payload.Length < 126)
        {
            frame.Add((byte)(0x80 | payload.Length));
        }
        else
        {
            frame.Add(0x80 | 127);
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            frame.AddRange(length);
        }
        frame.AddRange([0, 0, 0, 0]);
        frame.AddRange(payload);
        return [.. frame];
    }

    /// <summary>The next frame; null when the connection has ended without another whole one.</summary>
    public async Task<(int Opcode, string Text, int CloseCode)?> ReceiveAsync()
    {
        if (await ReadAsync(2) is not { } head) return null;
        long length = head[1] & 0x7f;
        if (length >= 126)
        {
            if (await ReadAsync(length == 126 ? 2 : 8) is not { } size) return null;
            length = size.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(size) : BinaryPrimitives.ReadInt64BigEndian(size);
        }
        if (await ReadAsync((int)length) is not { } payload) return null;
        var opcode = head[0] & 0x0f;
        if (opcode == 8 && payload.Length >= 2) return (8, Encoding.UTF8.GetString(payload.AsSpan(2)), BinaryPrimitives.ReadUInt16BigEndian(payload));
        return (opcode, Encoding.UTF8.GetString(payload), 0);
    }

    private async Task<byte[]?> ReadAsync(int count)
    {
        var bytes = new byte[count];
        try
        {
            await _stream.ReadExactlyAsync(bytes);
            return bytes;
        }
        catch (Exception error) when (error is IOException or EndOfStreamException)
        {
            return null;
        }
    }

    public void Dispose() => _tcp.Dispose();
}
