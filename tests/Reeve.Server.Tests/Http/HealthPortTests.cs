using Reeve.Server.Hosting;
using Reeve.Testing;

namespace Reeve.Server.Tests.Http;

public sealed class HealthPortTests
{
    [Fact]
    public async Task The_health_port_answers_probes_and_nothing_else()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var server = await TestServer.StartAsync(DatabaseKind.Sqlite, new ServerRole { ServesApi = false, OnlyServices = [] }, $"PREFECT_REEVE_HEALTH_PORT={port}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/") };
        Assert.Equal("true", await http.GetStringAsync("health"));
        Assert.Equal("""{"message":"OK"}""", await http.GetStringAsync("ready"));
        using var other = await http.GetAsync("flows/count");
        Assert.Equal(404, (int)other.StatusCode);
        Assert.Contains($"{port}", await other.Content.ReadAsStringAsync());
        // The API's own port is as it was.
        Assert.Equal(200, (await server.GetAsync("admin/version")).Status);
    }
}
