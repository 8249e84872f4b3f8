using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Encodings.Web;

namespace Reeve.Server.Http.WebSockets;

/// <summary>An accepted websocket as its handler sees it: whole text messages in, JSON out.</summary>
internal sealed class ApiSocket(WebSocket socket, HttpContext http, CancellationToken cancel, CancellationToken gone, WriteBarrier? barrier) : IDisposable
{
    /// <summary>Bytes a message may have.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Bytes a close frame leaves for its reason.</summary>
    private const int MostReasonBytes = 123;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _receiving;

    public HttpContext Http => http;

    /// <summary>Cancelled when the client is gone or the server stops.</summary>
    public CancellationToken Cancel => cancel;

    /// <summary>Runs, and must end, before anything is written to the connection. Only where the route was mapped with a barrier.</summary>
    public Func<Task> BeforeWrite
    {
        set
        {
            if (barrier is not null) barrier.Before = value;
        }
    }

    /// <summary>The next message, valid until the next call; null when the client is gone.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        Interlocked.Increment(ref _receiving);
        try
        {
            ArrayBufferWriter<byte>? whole = null;
            while (true)
            {
                var part = await socket.ReceiveAsync(_chunk.AsMemory(), gone);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                if (part.EndOfMessage && whole is null) return _chunk.AsMemory(0, part.Count);
                whole ??= new ArrayBufferWriter<byte>(_chunk.Length * 4);
                whole.Write(_chunk.AsSpan(0, part.Count));
                if (whole.WrittenCount > MostBytes)
                {
                    await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"A message may have {MostBytes} bytes.");
                    return null;
                }
                if (part.EndOfMessage) return whole.WrittenMemory;
            }
        }
        catch (Exception error) when (IsGone(error))
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _receiving);
        }
    }

    /// <summary>Sends one JSON message; false when the client is gone.</summary>
    public async Task<bool> SendAsync(Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, Json)) write(writer);
        return await SendAsync(buffer.Written);
    }

    /// <summary>Sends one message that is JSON already; false when the client is gone.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> json)
    {
        await _writing.WaitAsync(gone);
        try
        {
            await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, gone);
            return true;
        }
        catch (Exception error) when (IsGone(error))
        {
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the connection; with a reason too long for a close frame, without one, as the reference does.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(reason) > MostReasonBytes)
        {
            Abort();
            return;
        }
        try
        {
            using var limit = new CancellationTokenSource(SocketFarewells.Limit);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(status, reason, limit.Token);
        }
        catch (Exception error) when (IsGone(error))
        {
            // Gone before it could be told.
        }
    }

    /// <summary>Drops the connection without a close frame.</summary>
    public void Abort() => socket.Abort();

    private static bool IsGone(Exception error) =>
        error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    public void Dispose()
    {
        // A handler that ended while it still waited for the client leaves a read behind, which must not write into somebody else's bytes.
        if (Volatile.Read(ref _receiving) == 0) ArrayPool<byte>.Shared.Return(_chunk);
        _writing.Dispose();
        socket.Dispose();
    }
}
