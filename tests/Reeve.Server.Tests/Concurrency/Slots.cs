namespace Reeve.Server.Tests.Concurrency;

/// <summary>What the tables say of a limit beside what the routes say.</summary>
internal static class Slots
{
    public static async Task<(int Active, int Leased)> OfAsync(TestServer server, string name) =>
        ((int)await server.Database.ScalarAsync<long>($"select cast(active_slots as bigint) from concurrency_limit_v2 where name = '{name}'"),
         (int)await server.Database.ScalarAsync<long>(
            $"""
            select cast(coalesce(sum(h.slots), 0) as bigint) from reeve_concurrency_lease h
            join reeve_concurrency_lease_limit m on m.lease_id = h.id join concurrency_limit_v2 l on l.id = m.limit_id
            where l.name = '{name}'
            """));

    public static async Task<string?> AcquireAsync(TestServer server, string body)
    {
        var (status, lease) = await server.PostAsync("v2/concurrency_limits/increment-with-lease", body);
        return status == 200 ? (string?)lease!["lease_id"] : null;
    }

    /// <summary>The status of a POST and its <c>Retry-After</c>, or NaN.</summary>
    public static async Task<(int Status, double RetryAfter)> TryAsync(TestServer server, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(path, content);
        var wait = answer.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : "NaN";
        return ((int)answer.StatusCode, double.Parse(wait, System.Globalization.CultureInfo.InvariantCulture));
    }
}
