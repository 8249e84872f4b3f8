using Reeve.Testing;

namespace Reeve.Server.Tests.Services;

/// <summary>What processes tell of their clocks, by which others reckon when something of theirs is over.</summary>
internal static class Beats
{
    /// <summary>Waits until the server has told its clock, which it does at least once in 12 s of its time.</summary>
    public static Task HeardAsync(TestServer server) => server.Database.Kind == DatabaseKind.Sqlite
        ? Task.CompletedTask
        : Eventually.TrueAsync(
            "beats", "the server",
            async () => Math.Abs(await server.Database.ScalarAsync<double>("select coalesce(min(clock_skew), 0) from reeve_process")
                - (server.Clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalSeconds) < 13,
            "its skew as it is");
}
