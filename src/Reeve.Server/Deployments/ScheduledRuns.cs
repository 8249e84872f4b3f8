using Reeve.Data;

namespace Reeve.Server.Deployments;

/// <summary>Takes back runs that wait for their time, because what they were made from has changed.</summary>
internal static class ScheduledRuns
{
    /// <param name="batch">The batch of the change itself: nobody sees the one without the other.</param>
    /// <param name="deployment">Which deployments, as a condition on <c>deployment_id</c>, such as <c>= $1</c>.</param>
    /// <param name="autoOnly">Spare runs that somebody asked for.</param>
    /// <param name="after">Spare runs due until then; null: none.</param>
    public static void Remove(SqlBatch batch, Sql deployment, bool autoOnly, DateTimeOffset? after)
    {
        Sql where = $"deployment_id {deployment} and state_type = 'SCHEDULED' and state_name <> 'AwaitingConcurrencySlot' and run_count = 0";
        if (autoOnly) where.Add($" and auto_scheduled = true");
        if (after is { } instant) where.Add($" and next_scheduled_start_time > {instant}");
        batch.Execute($"delete from flow_run where {where}");
    }
}
