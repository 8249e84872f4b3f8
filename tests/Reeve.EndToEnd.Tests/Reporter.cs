using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>
/// A client whose task runs report by <c>/events/in</c>, as Prefect's does: it pings, takes a pong for the receipt of all that it sent
/// before, and after a broken connection sends again what it has no receipt for, to whichever server is there.
/// </summary>
/// <param name="servers">Addresses, such as http://127.0.0.1:4200.</param>
/// <param name="first">The one to begin with.</param>
/// <param name="events">What to report, as JSON.</param>
/// <param name="sending">Told of each event before it goes out, again or for the first time, and of the server it goes to; it goes when the task ends.</param>
internal sealed class Reporter(IReadOnlyList<string> servers, int first, IEnumerable<string> events, Func<int, Task> sending)
{
    private const int AtOnce = 20;

    private readonly Queue<string> _unsent = new(events);
    private List<string> _unconfirmed = [];
    private int _server;

    /// <summary>Connections that broke while something was not confirmed.</summary>
    public int Broken { get; private set; }

    /// <summary>Reports until everything is confirmed.</summary>
    public async Task RunAsync()
    {
        for (var server = first; _unsent.Count + _unconfirmed.Count > 0; server++)
        {
            try
            {
                _server = server % servers.Count;
                using var socket = await RawSocket.OpenAsync(servers[_server], "events/in", "prefect");
                await socket.SendTextAsync("""{"type":"auth","token":null}""");
                if (socket.IsUpgraded && await socket.ReceiveAsync() is { Opcode: 1 }) await ReportAsync(socket);
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // Killed.
            }
            if (_unconfirmed.Count > 0) Broken++;
            if (_unsent.Count + _unconfirmed.Count > 0) await Eventually.TrueAsync("reporting", "the servers", AnyListensAsync, "one takes connections", TimeSpan.FromSeconds(60));
        }
    }

    private async Task<bool> AnyListensAsync()
    {
        foreach (var server in servers)
        {
            try
            {
                var address = new Uri(server);
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port);
                return true;
            }
            catch (SocketException)
            {
                // Killed, and not back yet.
            }
        }
        return false;
    }

    /// <summary>What a Prefect client sends when a task run enters a state; the run's name ends in its final state.</summary>
    public static string Event(Guid run, string name, string type, DateTimeOffset at)
    {
        var occurred = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return $$$"""
            {"id":"{{{Guid.NewGuid()}}}","event":"prefect.task-run.{{{type}}}","occurred":"{{{occurred}}}",
             "resource":{"prefect.resource.id":"prefect.task-run.{{{run}}}","prefect.orchestration":"client"},"related":[],
             "payload":{"intended":{"from":null,"to":"{{{type}}}"},"initial_state":null,"validated_state":{"type":"{{{type}}}","name":"{{{type}}}","message":""},
               "task_run":{"name":"{{{name}}}","task_key":"t","dynamic_key":"{{{run}}}","run_count":1,"tags":[],"empirical_policy":{} } } }
            """;
    }

    private async Task ReportAsync(RawSocket socket)
    {
        foreach (var told in _unconfirmed) await SendAsync(socket, told);
        while (true)
        {
            while (_unconfirmed.Count < AtOnce && _unsent.TryDequeue(out var told))
            {
                _unconfirmed.Add(told);
                await SendAsync(socket, told);
            }
            if (_unconfirmed.Count == 0) return;
            await socket.PingAsync("");
            if (await socket.ReceiveAsync() is not { Opcode: 10 }) return;
            _unconfirmed = [];
        }
    }

    private async Task SendAsync(RawSocket socket, string told)
    {
        await sending(_server);
        await socket.SendAsync(1, Encoding.UTF8.GetBytes(told));
    }
}
