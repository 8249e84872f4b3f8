using Reeve.Testing;

namespace Reeve.Server.Tests.Orchestration;

/// <summary>What a transition changes, read beside the server.</summary>
internal static class RunFacts
{
    private static readonly string[] Counts =
    [
        "select count(*) from flow_run", "select count(*) from flow_run_state", "select count(*) from task_run", "select count(*) from task_run_state",
        "select count(*) from artifact", "select count(*) from artifact_collection", "select count(*) from task_run_state_cache", "select count(*) from reeve_outbox",
        "select count(*) from reeve_concurrency_lease", "select count(*) from reeve_concurrency_lease_limit",
        "select cast(coalesce(sum(active_slots), 0) as bigint) from concurrency_limit_v2",
        "select cast(coalesce(sum(run_count), 0) as bigint) from flow_run", "select cast(coalesce(sum(run_count), 0) as bigint) from task_run",
    ];

    // Each finds rows that only a half transition leaves behind.
    private static readonly string[] Halves =
    [
        """
        select count(*) from flow_run r left join flow_run_state s on s.id = r.state_id
        where r.state_id is not null and (s.id is null or s.type <> r.state_type or s.name <> r.state_name or s.timestamp <> r.state_timestamp)
        """,
        """
        select count(*) from task_run r left join task_run_state s on s.id = r.state_id
        where r.state_id is not null and (s.id is null or s.type <> r.state_type or s.name <> r.state_name or s.timestamp <> r.state_timestamp)
        """,
        "select count(*) from flow_run_state s join flow_run r on r.id = s.flow_run_id where s.timestamp > r.state_timestamp",
        "select count(*) from task_run_state s join task_run r on r.id = s.task_run_id where s.timestamp > r.state_timestamp",
        "select count(*) from artifact a where not exists (select 1 from flow_run_state where result_artifact_id = a.id) and not exists (select 1 from task_run_state where result_artifact_id = a.id)",
        "select count(*) from concurrency_limit_v2 l where active_slots <> (select coalesce(sum(h.slots), 0) from reeve_concurrency_lease h join reeve_concurrency_lease_limit m on m.lease_id = h.id where m.limit_id = l.id)",
        """
        select (select count(*) from flow_run_state) - (select count(*) from reeve_outbox where cast(event as text) like '%"validated_state"%')
        """,
    ];

    /// <summary>Everything a transition adds to, as one text to compare.</summary>
    public static async Task<string> ReadAsync(TestDatabase database)
    {
        var facts = new List<string>();
        foreach (var sql in Counts) facts.Add((await database.ScalarAsync<long>(sql)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        facts.Add(await database.ScalarAsync<string>("select cast(min(cast(state_id as varchar(40))) as varchar(40)) from flow_run") ?? "");
        return string.Join(' ', facts);
    }

    public static async Task AssertWholeAsync(TestDatabase database)
    {
        foreach (var sql in Halves) Assert.Equal((sql, 0), (sql, await database.ScalarAsync<long>(sql)));
    }
}
