using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reeve.Load;

/// <summary>One route after the other by several clients at once, so that the server's CPU time belongs to the route.</summary>
internal static class RouteLoad
{
    /// <summary>The twenty hottest routes.</summary>
    public static async Task<int> RunHotAsync(LoadOptions options)
    {
        using var http = Open(options);
        var places = await Places.ReadAsync(http);
        await MeasureAsync(http, new HotRoutes(places, options.Clients, options.WarmUp).All, options with { Rounds = options.WarmUp });
        return Print(await MeasureAsync(http, new HotRoutes(places, options.Clients, options.Rounds).All, options), options);
    }

    /// <summary>Every list, count and history that the page asks for.</summary>
    public static async Task<int> RunPagesAsync(LoadOptions options)
    {
        using var http = Open(options);
        var places = await Places.ReadAsync(http);
        List<HotRoute> calls = [.. PageCalls.All(places, TimeSpan.FromHours(options.Hours)).Select(static call => new HotRoute(Label(call), _ => call))];
        await MeasureAsync(http, calls, options with { Rounds = 1 });
        return Print(await MeasureAsync(http, calls, options), options);
    }

    /// <summary>A call in short: what tells its body from others, without the words that every filter has.</summary>
    private static string Label(Call call)
    {
        var body = Regex.Replace(call.Body ?? "", "\"operator\":\"and_\",|\"offset\":0,?|\"", "", RegexOptions.None, TimeSpan.FromSeconds(1));
        body = Regex.Replace(body, "[0-9-]{10}T[0-9:.]+Z", "…", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Regex.Replace($"{call.Method} /{call.Path} {body}", "[0-9a-f]{8}-[0-9a-f-]{27}", "ID", RegexOptions.None, TimeSpan.FromSeconds(1)).TrimEnd();
    }

    private static HttpClient Open(LoadOptions options) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients }) { BaseAddress = options.Api };

    private static async Task<List<RouteFigures>> MeasureAsync(HttpClient http, IReadOnlyList<HotRoute> routes, LoadOptions options)
    {
        var figures = new List<RouteFigures>();
        foreach (var route in routes)
        {
            var samples = new Samples();
            var cpu = ProcessCpu.Read(options.ServerProcess);
            var database = ProcessCpu.ReadTree(options.DatabaseProcess);
            await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(client => Task.Run(async () =>
            {
                for (var round = 0; round < options.Rounds; round++) await SendAsync(http, route, new Turn(client, round), samples);
            })));
            var used = ProcessCpu.Read(options.ServerProcess) - cpu;
            var queried = ProcessCpu.ReadTree(options.DatabaseProcess) - database;
            foreach (var (_, count, p50, p95, p99) in samples.Percentiles())
            {
                figures.Add(new RouteFigures(
                    route.Name, count, used is { TotalSeconds: > 0 and var seconds } ? count / seconds : null, queried?.TotalMilliseconds / count, p50, p95, p99, samples.Errors));
            }
            foreach (var error in samples.FirstErrors) Console.Error.WriteLine(error);
        }
        return figures;
    }

    private static async Task SendAsync(HttpClient http, HotRoute route, Turn turn, Samples samples)
    {
        var call = route.Next(turn);
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path);
        if (call.Body is not null) request.Content = new StringContent(call.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        samples.Add(route.Name, Stopwatch.GetElapsedTime(started).TotalMilliseconds, answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {text}");
        if (route.Keep is null || !answer.IsSuccessStatusCode) return;
        using var document = JsonDocument.Parse(text);
        route.Keep(turn, document.RootElement.GetProperty("id").GetGuid());
    }

    private static int Print(List<RouteFigures> figures, LoadOptions options)
    {
        if (options.Json) RouteTable.WriteJson(figures, Console.OpenStandardOutput());
        else RouteTable.Write(figures, Console.Out);
        return figures.Exists(static each => each.Errors > 0) ? 1 : 0;
    }
}
