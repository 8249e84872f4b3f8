using System.Globalization;
using System.Net;
using System.Text;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>Meters sent to a collector.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Meters_arrive_at_a_collector_with_the_name_of_their_service()
    {
        await using var home = new ReeveHome();
        var port = ReeveHome.FreePort();
        using var collector = new HttpListener();
        collector.Prefixes.Add(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        collector.Start();
        var received = new Observed<(string Path, string Body)>("collector");
        var collecting = CollectAsync(collector, received);
        home.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        home.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        home.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "250";
        home.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test-otlp";

        var server = await home.StartServerAsync("--no-ui");
        using var api = home.Api();
        await api.GetAsync("/health");
        // Text stands in protobuf as it is.
        var (path, body) = await received.FirstAsync(
            static export => export.Body.Contains("reeve.service.passes", StringComparison.Ordinal) && export.Body.Contains("MarkLateRuns", StringComparison.Ordinal),
            "export", "a pass of a service");

        Assert.Equal("/v1/metrics", path);
        foreach (var text in (string[])["service.name", "reeve", "service.instance.id", "test-otlp", "reeve.service.running", "http.server.request.duration"])
        {
            await received.FirstAsync(export => export.Body.Contains(text, StringComparison.Ordinal), "export", text);
        }
        Assert.DoesNotContain("prefect.io", body, StringComparison.Ordinal);
        Assert.Equal(0, await server.EndAsync(ReeveProcess.Terminate));
        collector.Stop();
        await collecting;
    }

    private static async Task CollectAsync(HttpListener collector, Observed<(string Path, string Body)> received)
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await collector.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            received.Add((call.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
            call.Response.StatusCode = 200;
            call.Response.Close();
        }
    }
}
