using System.Net.WebSockets;
using Reeve.Data;
using Reeve.Settings.Views;

namespace Reeve.Server.Http.WebSockets;

/// <summary>Websocket routes: the upgrade, who may have one, the handshake, and how the end of a handler ends the connection.</summary>
internal static partial class SocketRoutes
{
    /// <summary>1012 of RFC 6455's registry: come back, there will be a server.</summary>
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    /// <summary>Maps a socket whose handler is called after the handshake.</summary>
    /// <param name="api">The routes.</param>
    /// <param name="path">Below the mount.</param>
    /// <param name="handler">Ends with the connection.</param>
    /// <param name="refusal">The reason for every failed handshake. With one, the handshake is also never left out.</param>
    public static void Socket(this ApiRoutes api, string path, Func<ApiSocket, Task> handler, string? refusal = null)
    {
        var handshake = api.Services.GetRequiredService<SocketHandshake>();
        api.Endpoints.MapGet(api.BasePath + path, http => RunAsync(http, handshake, handler, refusal));
    }

    public static void Use(WebApplication app, ServerApiSettings settings)
    {
        app.Use(static (http, next) =>
        {
            if (http.Request.Path.Value?.EndsWith("/events/in", StringComparison.Ordinal) == true) WriteBarrier.Install(http);
            return next(http);
        });
        app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = settings.WebsocketPingInterval > TimeSpan.Zero ? settings.WebsocketPingInterval : Timeout.InfiniteTimeSpan,
            KeepAliveTimeout = settings.WebsocketPingTimeout > TimeSpan.Zero ? settings.WebsocketPingTimeout : Timeout.InfiniteTimeSpan,
        });
    }

    private static async Task RunAsync(HttpContext http, SocketHandshake handshake, Func<ApiSocket, Task> handler, string? refusal)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await ErrorAnswers.WriteAsync(http, 404, "detail", "Not Found");
            return;
        }
        var offers = http.WebSockets.WebSocketRequestedProtocols.Contains(SocketHandshake.Subprotocol, StringComparer.Ordinal);
        if (!offers && (handshake.IsAuthOn || refusal is not null))
        {
            http.Response.StatusCode = 403;
            return;
        }
        var farewells = http.RequestServices.GetRequiredService<SocketFarewells>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, farewells.GivenUp);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(gone.Token, farewells.Stopping);
        // Before the client hears that it is accepted, so that a stop right after that waits for it.
        farewells.Entered();
        try
        {
            var accepted = await http.WebSockets.AcceptWebSocketAsync(offers ? SocketHandshake.Subprotocol : null);
            using var socket = new ApiSocket(accepted, http, ends.Token, gone.Token, http.Features.Get<WriteBarrier>());
            await TalkAsync(socket, offers, handshake, handler, refusal, farewells, ends.Token);
        }
        finally
        {
            farewells.Left();
        }
    }

    private static async Task TalkAsync(
        ApiSocket socket, bool offers, SocketHandshake handshake, Func<ApiSocket, Task> handler, string? refusal, SocketFarewells farewells,
        CancellationToken ends)
    {
        try
        {
            // From here on the client hears of the end at once; what it has sent before it answers is still read.
            await using var farewell = farewells.Stopping.Register(() => _ = socket.CloseAsync(ServiceRestart, SocketFarewells.Reason));
            if (offers && !await handshake.PassAsync(socket, refusal)) return;
            await handler(socket);
            await EndAsync(socket, farewells);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The client is gone, or the server stops.
            await EndAsync(socket, farewells);
        }
        catch (Exception error)
        {
            var log = socket.Http.RequestServices.GetRequiredService<ILogger<ApiSocket>>();
            LogFault(log, socket.Http.Request.Path, error.Message, error is DatabaseException { IsPassing: true } ? null : error);
            socket.Abort();
        }
    }

    private static Task EndAsync(ApiSocket socket, SocketFarewells farewells) => farewells.Stopping.IsCancellationRequested
        ? socket.CloseAsync(ServiceRestart, SocketFarewells.Reason)
        : socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "");

    [LoggerMessage(1010, LogLevel.Error, "Websocket {Path} failed and was dropped: {Message}")]
    private static partial void LogFault(ILogger log, string path, string message, Exception? error);
}
