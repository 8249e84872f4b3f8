using Microsoft.Extensions.DependencyInjection;
using Reeve.Server.Services;

namespace Reeve.Server.Tests.Services;

/// <summary>Single passes of services, for tests that move time by hand.</summary>
internal static class ServicePasses
{
    /// <summary>One pass of the server's own instance.</summary>
    public static Task<ServiceOutcome> PassAsync(this TestServer server, string service) =>
        server.Server.Services.GetServices<Service>().Single(one => one.Name == service).RunOnceAsync(CancellationToken.None);

    /// <summary>One pass of each of several new instances at once, as of so many processes.</summary>
    public static Task<ServiceOutcome[]> PassesAsync<T>(this TestServer server, int replicas) where T : Service =>
        Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => Task.Run(() =>
            ActivatorUtilities.CreateInstance<T>(server.Server.Services).RunOnceAsync(CancellationToken.None))));

    /// <summary>Passes until one finds nothing more to do.</summary>
    public static async Task<int> SettleAsync(this TestServer server, string service)
    {
        var items = 0;
        for (var pass = 0; pass < 20; pass++)
        {
            var outcome = await server.PassAsync(service);
            items += outcome.Items;
            if (outcome.Items == 0) return items;
        }
        throw new InvalidOperationException($"{service} finds something to do in each of 20 passes.");
    }
}
