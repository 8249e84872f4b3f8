using Reeve.Testing;

namespace Reeve.Server.Tests.Services;

/// <summary>What processes tell of their clocks, by which others reckon when something of theirs is over.</summary>
internal static class Beats
{
    /// <summary>
    /// Moves the server's clock, and others with it, until the server has told it anew. The database's own clock cannot be moved: by as much
    /// as the machine is slow, what is told is a little off.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="time">At least the 12 s after which a process tells its clock again.</param>
    /// <param name="others">Clocks of other processes.</param>
    public static async Task AdvanceAsync(TestServer server, TimeSpan time, params TestClock[] others)
    {
        var isTold = server.Database.Kind == DatabaseKind.Postgres;
        var before = isTold ? await server.Database.ScalarAsync<DateTime>("select now()") : default;
        foreach (var clock in (TestClock[])[server.Clock, .. others]) clock.Advance(time);
        if (!isTold) return;
        await Eventually.TrueAsync(
            "beats", "the server", async () => await server.Database.ScalarAsync<DateTime>("select coalesce(max(beat), to_timestamp(0)) from reeve_process") > before, "its clock told");
    }

    /// <summary>As if another process, whose clock is so much behind, had told its clock.</summary>
    public static Task OtherClockAsync(TestServer server, DateTimeOffset now, TimeSpan behind) => server.Database.ExecuteAsync(
        "delete from reeve_process where host = 'other'; "
        + "insert into reeve_process (id, host, pid, version, role, address, services, settings, clock_skew, started, beat) "
        + $"values ('{Guid.NewGuid()}', 'other', 1, '1', 'api', null, '', '', extract(epoch from ('{now:O}'::timestamptz - now())) - {behind.TotalSeconds}, now(), now())");
}
