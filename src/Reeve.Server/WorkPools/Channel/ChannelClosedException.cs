using System.Net.WebSockets;

namespace Reeve.Server.WorkPools.Channel;

/// <summary>Ends a worker channel with one of the reasons of websockets.md §5.2.</summary>
internal sealed class ChannelClosedException : Exception
{
    private ChannelClosedException(WebSocketCloseStatus status, string token) : base(token) => Status = status;

    public WebSocketCloseStatus Status { get; }

    public static ChannelClosedException Protocol => new(WebSocketCloseStatus.ProtocolError, "protocol_error");

    public static ChannelClosedException Authorization => new(WebSocketCloseStatus.PolicyViolation, "authorization_failed");

    public static ChannelClosedException Version => new(WebSocketCloseStatus.PolicyViolation, "unsupported_version");

    public static ChannelClosedException Heartbeat => new(WebSocketCloseStatus.InternalServerError, "heartbeat_persistence_failed");

    public static ChannelClosedException Transient => new(WebSocketCloseStatus.InternalServerError, "transient_server_error");
}
