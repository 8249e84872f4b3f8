using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Reeve.Load;

/// <summary>Task runs that report by <c>/events/in</c> at a rate: how long until a state that was sent is seen by who asks for the run.</summary>
internal static class RecorderLoad
{
    private const int TicksPerSecond = 50;
    private const int SampleEvery = 100;

    private static readonly string[] States = ["PENDING", "RUNNING", "COMPLETED"];

    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var http = new HttpClient { BaseAddress = options.Api };
        var samples = new Samples();
        var looks = new ConcurrentBag<Task>();
        var cpu = ProcessCpu.Read(options.ServerProcess);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(client => Task.Run(() => ReportAsync(http, options, client, samples, looks))));
        var sending = clock.Elapsed;
        await Task.WhenAll(looks);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Events} events sent at {options.Events / sending.TotalSeconds:0} a second (asked for {options.Rate})"));
        LoadCommand.Print(samples, clock.Elapsed, ProcessCpu.Read(options.ServerProcess) - cpu);
        return samples.Errors == 0 ? 0 : 1;
    }

    private static async Task ReportAsync(HttpClient http, LoadOptions options, int client, Samples samples, ConcurrentBag<Task> looks)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("prefect");
        await socket.ConnectAsync(new UriBuilder(new Uri(options.Api, "events/in")) { Scheme = "ws" }.Uri, CancellationToken.None);
        await SendAsync(socket, """{"type":"auth","token":null}""");
        await socket.ReceiveAsync(new byte[1024], CancellationToken.None);
        var mine = options.Events / options.Clients;
        var each = Math.Max(1, options.Rate / options.Clients / TicksPerSecond);
        var run = Guid.CreateVersion7();
        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < mine;)
        {
            for (var i = 0; i < each && sent < mine; i++, sent++)
            {
                var state = States[sent % States.Length];
                if (sent % States.Length == 0) run = Guid.CreateVersion7();
                var from = Stopwatch.GetTimestamp();
                await SendAsync(socket, Event(run, state));
                if (sent % SampleEvery == client) looks.Add(SeenAsync(http, run, state, from, samples));
            }
            var due = TimeSpan.FromSeconds((double)sent / each / TicksPerSecond) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due, TimeProvider.System);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    /// <summary>Asks until the run has the state, or a later one.</summary>
    private static async Task SeenAsync(HttpClient http, Guid run, string state, long from, Samples samples)
    {
        while (Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(30))
        {
            using var answer = await http.GetAsync($"task_runs/{run}");
            if (answer.IsSuccessStatusCode)
            {
                using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                if (Array.IndexOf(States, document.RootElement.GetProperty("state_type").GetString()) >= Array.IndexOf(States, state))
                {
                    samples.Add("visible", Stopwatch.GetElapsedTime(from).TotalMilliseconds, null);
                    return;
                }
            }
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        samples.Add("visible", Stopwatch.GetElapsedTime(from).TotalMilliseconds, $"task run {run} was not {state} within 30 s");
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static string Event(Guid run, string state)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return $$$"""
            {"id":"{{{Guid.CreateVersion7()}}}","event":"prefect.task-run.{{{state}}}","occurred":"{{{now}}}",
             "resource":{"prefect.resource.id":"prefect.task-run.{{{run}}}","prefect.resource.name":"t","prefect.orchestration":"client"},"related":[],
             "payload":{"intended":{"from":null,"to":"{{{state}}}"},"initial_state":null,"validated_state":{"type":"{{{state}}}","name":"{{{state}}}","message":""},
               "task_run":{"name":"t","task_key":"t","dynamic_key":"{{{run}}}","run_count":1,"tags":[],"empirical_policy":{} } } }
            """;
    }
}
