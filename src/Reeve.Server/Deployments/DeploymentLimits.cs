using Reeve.Data;

namespace Reeve.Server.Deployments;

/// <summary>The concurrency limit that a deployment brings itself: a row of <c>concurrency_limit_v2</c> named after it.</summary>
internal static class DeploymentLimits
{
    /// <param name="batch">The batch.</param>
    /// <param name="deployment">The deployment's id as SQL.</param>
    /// <param name="limit">The limit; null removes it.</param>
    /// <param name="now">The time of writing.</param>
    public static void Set(SqlBatch batch, Sql deployment, int? limit, DateTimeOffset now)
    {
        if (limit is { } slots) Put(batch, deployment, slots, now);
        else Remove(batch, $"= {deployment}");
        batch.Execute($"update deployment set concurrency_limit = {limit} where id = {deployment}");
    }

    /// <param name="batch">The batch.</param>
    /// <param name="deployment">Which deployments, as a condition on their id, such as <c>= $1</c>.</param>
    public static void Remove(SqlBatch batch, Sql deployment) =>
        batch.Execute($"delete from concurrency_limit_v2 where id in (select concurrency_limit_id from deployment where id {deployment})");

    private static void Put(SqlBatch batch, Sql deployment, int slots, DateTimeOffset now)
    {
        batch.Execute(
            $"""
            update concurrency_limit_v2 set "limit" = {slots}, updated = {now}
            where id = (select concurrency_limit_id from deployment where id = {deployment}) and "limit" <> {slots}
            """);
        batch.Execute(
            $"""
            insert into concurrency_limit_v2 (id, created, updated, active, name, "limit", active_slots, denied_slots, slot_decay_per_second, avg_slot_occupancy_seconds)
            select {Guid.NewGuid():uuid}, {now:timestamptz}, {now:timestamptz}, true, 'deployment:' || d.id::text, {slots:integer}, 0, 0, 0.0, 2.0
            from deployment d where d.id = {deployment} and d.concurrency_limit_id is null
            on conflict (name) do update set "limit" = excluded."limit"
            """);
        batch.Execute(
            $"""
            update deployment set concurrency_limit_id = (select c.id from concurrency_limit_v2 c where c.name = 'deployment:' || deployment.id::text)
            where id = {deployment} and concurrency_limit_id is null
            """);
    }
}
