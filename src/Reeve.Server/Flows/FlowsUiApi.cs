using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Ui;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Flows;

/// <summary><c>/ui/flows</c>: what the list of flows shows of each.</summary>
internal sealed class FlowsUiApi(Db db)
{
    private static readonly SqlText Next = new(FlowNextRunRow.Columns("r"));

    public void Map(ApiRoutes api)
    {
        api.Post("/ui/flows/count-deployments", CountDeploymentsAsync);
        api.Post("/ui/flows/next-runs", NextRunsAsync);
    }

    private async Task<ApiResult> CountDeploymentsAsync(ApiCall call)
    {
        var body = await call.BodyAsync<DeploymentCountByFlowRequest>();
        var counted = await db.ListAsync(
            $"select flow_id, count(*) from deployment where flow_id = any({body.FlowIds}) group by flow_id",
            static row => (Flow: row.GetGuid(0), Count: row.GetInt32(1)), call.Cancel);
        var counts = counted.ToDictionary(static row => row.Flow, static row => row.Count);
        return ByFlow(body.FlowIds, (writer, id) => writer.WriteNumberValue(counts.GetValueOrDefault(id)));
    }

    private async Task<ApiResult> NextRunsAsync(ApiCall call)
    {
        var body = await call.BodyAsync<NextRunsByFlowRequest>();
        var runs = await db.ListAsync(
            $"""
            select {Next} from flow f join flow_run r on r.id = (
                select n.id from flow_run n
                where n.flow_id = f.id and n.state_type = 'SCHEDULED' and n.next_scheduled_start_time is not null
                order by n.next_scheduled_start_time, n.id limit 1)
            where f.id = any({body.FlowIds})
            """,
            static row => FlowNextRunRow.Read(row), call.Cancel);
        var next = runs.ToDictionary(static run => run.FlowId);
        return ByFlow(body.FlowIds, (writer, id) =>
        {
            if (next.TryGetValue(id, out var run)) JsonSerializer.Serialize(writer, run, ReeveJson.TypeInfo<SimpleNextFlowRun>());
            else writer.WriteNullValue();
        });
    }

    private static ApiResult ByFlow(IEnumerable<Guid> flows, Action<Utf8JsonWriter, Guid> value) => ApiResult.Written(writer =>
    {
        writer.WriteStartObject();
        foreach (var id in flows.Distinct())
        {
            writer.WritePropertyName(id.ToString());
            value(writer, id);
        }
        writer.WriteEndObject();
    });
}
