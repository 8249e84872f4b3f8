using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Reeve.EndToEnd.Tests;

/// <summary>How one holder speaks to the servers: to any of them, expecting certain answers, and counting what came.</summary>
internal sealed class SlotClient(SlotServers servers, SlotBook book, Random random, ConcurrentDictionary<string, int> outcomes)
{
    public Random Random => random;

    public SlotBook Book => book;

    /// <summary>Sends once; null: whether anything came of it has to be asked.</summary>
    public async Task<(int Status, JsonNode? Body)?> SendAsync(string what, string path, string body, params int[] expected) =>
        Expected(what, path, body, await servers.SendAsync(random, HttpMethod.Post, path, body), expected);

    /// <summary>Sends until it is answered: only for what is the same when it is done twice. Whether an answer was lost before.</summary>
    public async Task<(int Status, JsonNode Body, bool IsAgain)> InsistAsync(string what, string path, string body, params int[] expected)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            if (await SendAsync(what, path, body, expected) is { } answer) return (answer.Status, answer.Body!, isAgain);
        }
    }

    public async Task<JsonNode> GetAsync(string path) => (await servers.InsistAsync(random, HttpMethod.Get, path)).Body!;

    /// <summary>What the database says of a lease: its id and whether it is over; null if it is not there.</summary>
    public async Task<(Guid Id, bool IsOver)?> LeaseAsync(string where)
    {
        var told = await servers.Database.ScalarAsync<string>($"select id || ' ' || (expiration < now()) from reeve_concurrency_lease where {where}");
        return told is null ? null : (Guid.Parse(told[..36]), told.EndsWith("true", StringComparison.Ordinal));
    }

    /// <summary>A lease's time passes.</summary>
    public async Task LapseAsync(Guid lease)
    {
        book.Lapse(lease);
        await servers.Database.ExecuteAsync($"update reeve_concurrency_lease set expiration = now() - interval '1 second' where id = '{lease}'");
    }

    public void Count(string outcome) => outcomes.AddOrUpdate(outcome, 1, static (_, times) => times + 1);

    private (int Status, JsonNode? Body)? Expected(string what, string path, string body, (int Status, JsonNode? Body)? answer, int[] expected)
    {
        var decision = (string?)(answer?.Body as JsonObject)?["status"];
        Count($"{what} {(answer is null ? "unanswered" : decision ?? $"{answer.Value.Status}")}");
        Assert.True(answer is null || expected.Contains(answer.Value.Status), $"{path} {body}: {answer?.Status} {answer?.Body?.ToJsonString()}");
        return answer;
    }
}
