using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reeve.Client;

namespace Reeve.Cli.Commands.DeadLetters;

/// <summary><c>dead-letters</c>: events that a consumer of the server could not digest.</summary>
internal static class DeadLetterCommands
{
    private const int LongestError = 80;
    private const int PageSize = 200;

    private static readonly Argument<Guid> Id = new("id") { Description = "The id of the dead letter." };
    private static readonly Argument<Guid?> MaybeId = new("id") { Description = "The id of the dead letter.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> All = new("--all") { Description = "All of them, or all of --consumer." };
    private static readonly Option<string?> Consumer = new("--consumer") { Description = "Only those of this consumer, such as TaskRunRecorder." };
    private static readonly Option<int> Limit = new("--limit", "-l") { Description = "How many to list.", DefaultValueFactory = _ => 50 };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask." };

    public static Command Create(CliHost host) => new("dead-letters", "Look at events that a consumer could not digest, and replay or delete them.")
    {
        new Command("ls", "List them, oldest first.") { Consumer, Limit }.Runs(host, ListAsync),
        new Command("inspect", "Show one with its event.") { Id }.Runs(host, InspectAsync),
        new Command("replay", "Give one, or all, to the consumer again.") { MaybeId, All, Consumer }.Runs(host, ReplayAsync),
        new Command("delete", "Delete one, or all, for good.") { MaybeId, All, Consumer, Yes }.Runs(host, DeleteAsync),
    };

    private static async Task ListAsync(CommandContext context, CancellationToken cancel)
    {
        var list = await context.Client.DeadLetters.ListAsync(context.Get(Consumer), Math.Clamp(context.Get(Limit), 1, PageSize), 0, cancel);
        using var document = list.ToDocument();
        if (context.IsJson)
        {
            context.Output.Json(document.RootElement.WriteTo);
            return;
        }

        context.Output.Table(
            ["Id", "Consumer", "Event", "Attempts", "Since", "Error"],
            [.. document.RootElement.EnumerateArray().Select(static letter => new[]
            {
                Text(letter, "id"), Text(letter, "consumer"), Text(letter, "event_name"), Text(letter, "attempts"), Text(letter, "created"), Short(Text(letter, "error")),
            })],
            "There are no dead letters.");
    }

    private static async Task InspectAsync(CommandContext context, CancellationToken cancel)
    {
        using var document = (await context.Client.DeadLetters.ReadAsync(context.Get(Id), cancel)).ToDocument();
        if (context.IsJson) context.Output.Json(document.RootElement.WriteTo);
        else context.Output.Details([.. document.RootElement.EnumerateObject().Select(static member => (member.Name, (string?)member.Value.ToString()))]);
    }

    private static async Task<int> ReplayAsync(CommandContext context, CancellationToken cancel)
    {
        var failed = 0;
        foreach (var id in await ChosenAsync(context, cancel))
        {
            try
            {
                await context.Client.DeadLetters.ReplayAsync(id, cancel);
                context.Output.Line($"Replayed {id}.");
            }
            catch (ApiException error) when (error is not (ApiUnavailableException or ApiNotFoundException))
            {
                failed++;
                context.Output.Remark($"reeve: {id} was refused again: {error.Message}");
            }
        }

        return failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task DeleteAsync(CommandContext context, CancellationToken cancel)
    {
        var ids = await ChosenAsync(context, cancel);
        if (ids.Count == 0) return;
        context.Output.Confirm(string.Create(CultureInfo.InvariantCulture, $"Delete {ids.Count} dead letter(s)? Their consumers will never see these events."), context.Get(Yes));
        foreach (var id in ids)
        {
            await context.Client.DeadLetters.DeleteAsync(id, cancel);
            context.Output.Line($"Deleted {id}.");
        }
    }

    private static async Task<List<Guid>> ChosenAsync(CommandContext context, CancellationToken cancel)
    {
        if (context.Get(MaybeId) is { } one) return [one];
        if (!context.Get(All)) throw new CliException("Name a dead letter by its id, or say --all.", ExitCode.Usage);
        var ids = new List<Guid>();
        while (true)
        {
            using var page = (await context.Client.DeadLetters.ListAsync(context.Get(Consumer), PageSize, ids.Count, cancel)).ToDocument();
            ids.AddRange(page.RootElement.EnumerateArray().Select(static letter => letter.GetProperty("id").GetGuid()));
            if (page.RootElement.GetArrayLength() < PageSize) return ids;
        }
    }

    private static string Text(JsonElement letter, string name) => letter.GetProperty(name).ToString();

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > LongestError ? line[..LongestError] + "…" : line;
    }
}
