using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Events.DeadLetters;

/// <summary>Gives a dead letter to its consumer once more. The letter goes in the batch in which the consumer takes it.</summary>
internal sealed class DeadLetterReplay(Db db, DeadLetterStore letters, EventConsumers consumers)
{
    /// <summary>Null when it was taken; otherwise why not. The letter then stays.</summary>
    /// <exception cref="ApiException">404: there is no such letter. 409: its consumer is not switched on.</exception>
    public async Task<string?> RunAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var letter = await letters.FindAsync(id, cancel) ?? throw ApiException.Detail(404, $"There is no dead letter {id}.");
        if (consumers.Find(letter.Consumer) is not { } known)
        {
            throw ApiException.Detail(409, $"The consumer {letter.Consumer} is not switched on in this server: its event can only be deleted, or replayed where it is.");
        }
        try
        {
            var told = JsonSerializer.Deserialize(letter.Event.Utf8.Span, ReeveJson.TypeInfo<ReceivedEvent>())!;
            await Db.DecideAsync(async () =>
            {
                if (await letters.FindAsync(id, cancel) is null) return;
                var batch = new SqlBatch();
                DeadLetterStore.Take(batch, id);
                await known.Consumer.PrepareAgainAsync(batch, told, now, cancel);
                await db.WriteAsync(batch, cancel);
            });
            return null;
        }
        catch (Exception error) when (error is not DatabaseException { Kind: DatabaseErrorKind.Unavailable or DatabaseErrorKind.Retryable } and not OperationCanceledException)
        {
            await letters.FailedAgainAsync(id, error.Message, now, cancel);
            return error.Message;
        }
    }
}
