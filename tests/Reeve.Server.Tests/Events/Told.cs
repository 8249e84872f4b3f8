using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Reeve.Core;
using Reeve.Data;

namespace Reeve.Server.Tests.Events;

/// <summary>Events as clients send them, and as other processes store them.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static string Event(Guid id, string name = "something.happened", string resource = "thing.1", string related = "[]", int second = 0) =>
        $$"""
        {"id":"{{id}}","event":"{{name}}","occurred":"{{At(second)}}","resource":{"prefect.resource.id":"{{resource}}"},
         "related":{{related}},"payload":{"n":{{second}} } }
        """;

    /// <summary>As another process stores an event, at a second of that process's clock.</summary>
    public static Task StoreAsync(TestServer server, Guid id, int second)
    {
        var at = Start.AddSeconds(second);
        return server.Server.Services.GetRequiredService<Db>().ExecuteAsync(
            $"""
            insert into events (id, created, updated, occurred, event, resource_id, resource, related_resource_ids, related, payload, received, recorded)
            values ({id}, {at}, {at}, {at}, 'a', 'a', {RawJson.Parse("""{"prefect.resource.id":"a"}""")}, {RawJson.EmptyArray}, {RawJson.EmptyArray}, {RawJson.EmptyObject}, {at}, {at})
            """, default);
    }

    /// <summary>What a Prefect client sends when a task run enters a state.</summary>
    public static string TaskRunState(
        Guid run, Guid? flowRun, Guid state, string type, int second, string dynamicKey = "0", string more = "")
    {
        var related = flowRun is { } id
            ? $$"""[{"prefect.resource.id":"prefect.flow-run.{{id}}","prefect.resource.role":"flow-run"}]""" : "[]";
        return $$$"""
            {"id":"{{{state}}}","event":"prefect.task-run.{{{type}}}","occurred":"{{{At(second)}}}",
             "resource":{"prefect.resource.id":"prefect.task-run.{{{run}}}","prefect.orchestration":"client"},"related":{{{related}}},
             "payload":{"intended":{"from":null,"to":"{{{type}}}"},"initial_state":null,
               "validated_state":{"type":"{{{type}}}","name":"State {{{second}}}","message":"","state_details":{},"data":null},
               "task_run":{"name":"t-{{{second}}}","task_key":"t","dynamic_key":"{{{dynamicKey}}}","run_count":{{{second}}},"tags":["a"],
                 "empirical_policy":{"retries":1},"total_run_time":1.5{{{more}}} } } }
            """;
    }

    public static string At(int second) => Start.AddSeconds(second).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
