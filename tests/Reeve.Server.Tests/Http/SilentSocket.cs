using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;

namespace Reeve.Server.Tests.Http;

/// <summary>A client that says nothing until it is told to.</summary>
internal sealed class SilentSocket : WebSocket
{
    public TaskCompletionSource<ValueWebSocketReceiveResult> Answer { get; } = new();

    public Memory<byte> Asked { get; private set; }

    /// <summary>What was sent to it.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Asked = buffer;
        return new ValueTask<ValueWebSocketReceiveResult>(Answer.Task);
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Sent.Enqueue(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Abort() { }

    public override void Dispose() { }
}
