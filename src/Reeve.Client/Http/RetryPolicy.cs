using System.Net;
using System.Net.Http.Headers;

namespace Reeve.Client.Http;

/// <summary>Whether and when a request is worth repeating.</summary>
internal sealed class RetryPolicy(ClientOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
        || options.RetryExtraCodes.Contains((int)status);

    /// <summary>How long to wait before repeat number <paramref name="attempt"/>, counted from 1: what the server asks for or a power of two, spread by jitter.</summary>
    public TimeSpan Delay(int attempt, RetryConditionHeaderValue? asked)
    {
        var spread = 1 + (options.RetryJitterFactor * Random.Shared.NextDouble());
        // Never sooner than asked; a delay of our own may also be shorter, so that many clients do not come back together.
        if (Asked(asked) is { } wanted) return Min(wanted * spread, Longest);
        var backOff = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 2), Longest.TotalSeconds));
        return Min(backOff * (Random.Shared.NextDouble() < 0.5 ? spread : 2 - Math.Min(spread, 2)), Longest);
    }

    private TimeSpan? Asked(RetryConditionHeaderValue? asked)
    {
        if (asked?.Delta is { } delta) return delta < TimeSpan.Zero ? TimeSpan.Zero : delta;
        if (asked?.Date is not { } date) return null;
        var left = date - clock.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
