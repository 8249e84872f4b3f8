using Microsoft.Extensions.DependencyInjection;
using Reeve.Data;
using Reeve.Server.Processes;
using Reeve.Testing;

namespace Reeve.Server.Tests.Orchestration;

/// <summary>A transition is there as a whole or not at all, wherever the server stops in the middle of it.</summary>
public sealed class TransitionFaultTests
{
    /// <summary>The tables that completing the flow run writes, each a place to be killed at.</summary>
    private static readonly string[] Tables =
    [
        "artifact", "artifact_collection", "flow_run_state", "task_run_state", "flow_run", "task_run", "concurrency_limit_v2", "reeve_concurrency_lease", "reeve_outbox",
    ];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_fault_at_any_statement_of_a_flow_runs_transition_leaves_no_half_of_it(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);
        var path = await RunScenario.FlowRunAsync(server);

        var faults = await FaultAtEveryStepAsync(server, path, RunScenario.Simple("PENDING"));
        faults += await FaultAtEveryStepAsync(server, path, RunScenario.Simple("RUNNING"));
        faults += await FaultAtEveryStepAsync(server, path, RunScenario.Completed);

        Assert.True(faults > 30, $"only {faults} statements were struck");
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task A_fault_at_any_statement_of_a_task_runs_transition_leaves_no_half_of_it(DatabaseKind kind)
    {
        await using var server = await StartAsync(kind);
        var path = await RunScenario.TaskRunAsync(server);

        var faults = await FaultAtEveryStepAsync(server, path, RunScenario.Simple("RUNNING"));
        faults += await FaultAtEveryStepAsync(server, path, RunScenario.Completed);

        Assert.True(faults > 20, $"only {faults} statements were struck");
    }

    [Fact]
    public async Task A_session_that_is_killed_while_it_writes_a_transition_leaves_no_half_of_it()
    {
        await using var server = await StartAsync(DatabaseKind.Postgres);
        var path = await RunScenario.FlowRunAsync(server);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.PostAsync(path, RunScenario.Simple("PENDING"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.PostAsync(path, RunScenario.Simple("RUNNING"));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var before = await RunFacts.ReadAsync(server.Database);

        foreach (var table in Tables)
        {
            Assert.Equal((table, 503), (table, await KilledAtAsync(server, table, path)));
            Assert.Equal((table, before), (table, await RunFacts.ReadAsync(server.Database)));
        }

        var (status, _) = await server.PostAsync(path, RunScenario.Completed);
        Assert.Equal(201, status);
        await RunFacts.AssertWholeAsync(server.Database);
    }

    /// <summary>A server that writes nothing of its own accord: a fault is to strike the transition, not a beat beside it.</summary>
    private static async Task<TestServer> StartAsync(DatabaseKind kind)
    {
        var server = await TestServer.StartAsync(kind);
        await server.Server.Services.GetRequiredService<ProcessBeats>().StopAsync(CancellationToken.None);
        return server;
    }

    /// <summary>Proposes the state again and again, with a fault one statement later each time, until none strikes; how many did.</summary>
    private static async Task<int> FaultAtEveryStepAsync(TestServer server, string path, string state)
    {
        var db = server.Server.Services.GetRequiredService<Db>();
        for (var fault = 0; ; fault++)
        {
            var before = await RunFacts.ReadAsync(server.Database);
            var step = 0;
            var struck = "";
            db.OnStep = at =>
            {
                // Wake-ups of other processes go out beside the transition, in their own time.
                if (at.Statement?.Contains("pg_notify", StringComparison.Ordinal) == true) return;
                if (Interlocked.Increment(ref step) - 1 != fault) return;
                struck = at.Statement ?? "commit";
                throw new InvalidOperationException("a seeded fault");
            };
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            var (status, _) = await server.PostAsync(path, state);
            db.OnStep = null;
            // A commit that fails on SQLite is tried again: then the transition is there as a whole.
            if (struck.Length == 0 || (struck == "commit" && status == 201))
            {
                Assert.Equal((struck, 201), (struck, status));
                await RunFacts.AssertWholeAsync(server.Database);
                return fault;
            }
            Assert.Equal((struck, 500), (struck, status));
            Assert.Equal((struck, before), (struck, await RunFacts.ReadAsync(server.Database)));
        }
    }

    /// <summary>Holds up whoever writes the table, completes the run, and kills each session that waits; what was answered.</summary>
    private static async Task<int> KilledAtAsync(TestServer server, string table, string path)
    {
        await using var holder = await server.Database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using var command = holder.CreateCommand();
        command.Transaction = held;
        command.CommandText = $"lock table {table} in exclusive mode";
        await command.ExecuteNonQueryAsync();

        var answer = server.PostAsync(path, RunScenario.Completed);
        await Eventually.TrueAsync(
            "kill", table,
            async () =>
            {
                await server.Database.ScalarAsync<bool>(
                    "select bool_or(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
                // What was surely undone is tried again after a moment, some times.
                server.Clock.Advance(TimeSpan.FromSeconds(1));
                return answer.IsCompleted;
            },
            "an answer once its sessions are gone");
        return (await answer).Status;
    }
}
