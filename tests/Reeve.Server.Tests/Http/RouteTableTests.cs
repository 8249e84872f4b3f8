using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Testing;

namespace Reeve.Server.Tests.Http;

/// <summary>Every route of the contract is served.</summary>
public sealed partial class RouteTableTests
{
    /// <summary>What is no route here: Prefect's logo is not ours to serve, and built pages stand behind all routes.</summary>
    private static readonly string[] NotServed = ["GET /api/static/{}", "GET /{}"];

    [Fact]
    public async Task Every_route_of_the_contract_is_served()
    {
        if (SharedFacts.Find("contract/routes.tsv") is not { } table) return;
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, null, "PREFECT_SERVER_METRICS_ENABLED=true", "PREFECT_TESTING_TEST_MODE=true");
        var served = Served(server).ToHashSet(StringComparer.Ordinal);

        string[] missing = [.. File.ReadLines(table).Skip(1).Select(static line => line.Split('\t'))
            .Select(static cells => Shape(cells[0] == "WS" ? "GET" : cells[0], cells[1]))
            .Where(route => !served.Contains(route))];

        Assert.Equal([], missing.Except(NotServed, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Served(TestServer server)
    {
        foreach (var endpoint in server.Server.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>())
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                yield return Shape(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));
            }
        }
    }

    private static string Shape(string method, string path) => $"{method} {Segment().Replace(path, "{}")}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Segment();
}
