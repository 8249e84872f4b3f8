namespace Reeve.Server.Http.WebSockets;

/// <summary>
/// Holds back what is written to a connection, pongs included, until something else is done. Pongs are sent by the
/// framework while it reads, so the stream below it is the only place where they can be made to wait.
/// </summary>
internal sealed class WriteBarrier
{
    /// <summary>What must have ended before a write.</summary>
    public Func<Task> Before { get; set; } = static () => Task.CompletedTask;

    /// <summary>Puts a barrier under the websocket that this request may become.</summary>
    public static void Install(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>() is not { } upgrade) return;
        var barrier = new WriteBarrier();
        http.Features.Set(barrier);
        http.Features.Set<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>(new Upgrade(upgrade, barrier));
    }

    private sealed class Upgrade(Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature inner, WriteBarrier barrier)
        : Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new BarrierStream(await inner.UpgradeAsync(), barrier);
    }
}
