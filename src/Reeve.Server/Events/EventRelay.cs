using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Services;

namespace Reeve.Server.Events;

/// <summary>
/// Delivers events from the outbox to all <see cref="IEventConsumer"/>s, at least once. A batch is taken out, consumed and
/// gone in one transaction; relays of several processes skip each other's rows, so they share the work.
/// </summary>
internal sealed partial class EventRelay : Service
{
    private const int MostAtOnce = 256;

    private readonly Db _db;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventRelay> _log;
    private readonly IEventConsumer[] _consumers;
    private int _batchSize = MostAtOnce;

    public EventRelay(Db db, IEnumerable<IEventConsumer> consumers, TimeProvider clock, ILogger<EventRelay> log)
    {
        _db = db;
        _clock = clock;
        _log = log;
        _consumers = [.. consumers.Where(static consumer => consumer.IsEnabled)];
    }

    // Runs whichever of its consumers are switched on: with none, the outbox is still to be emptied.
    public override ServiceInfo Info { get; } = ServiceCatalogue.EventPersister with { IsEnabled = static _ => true };

    /// <summary>Only for signals that got lost.</summary>
    public override TimeSpan Interval => TimeSpan.FromSeconds(5);

    public override IReadOnlyList<string> Topics => [DbTopics.Outbox, DbTopics.OutboxElsewhere];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var limit = _batchSize;
        int delivered;
        try
        {
            delivered = await _db.TransactionAsync(transaction => DeliverAsync(transaction, limit), cancel);
        }
        catch (Exception error) when (IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
        {
            if (limit > 1)
            {
                // Smaller batches, until the event that nobody can digest stands alone.
                _batchSize = limit / 2;
                return new ServiceOutcome(0, More: true);
            }
            delivered = await DeliverAloneAsync(cancel);
        }
        if (delivered > 0) _db.Signals.Raise(DbTopics.Events);
        _batchSize = Math.Min(_batchSize * 2, MostAtOnce);
        return new ServiceOutcome(delivered, More: delivered >= limit);
    }

    private async Task<int> DeliverAsync(SqlTransaction transaction, int limit)
    {
        var rows = await TakeAsync(transaction, limit);
        if (rows.Count == 0) return 0;
        var now = _clock.GetUtcNow();
        var events = Distinct(rows);
        foreach (var consumer in _consumers) await consumer.ConsumeAsync(transaction, events, now);
        return rows.Count;
    }

    /// <summary>The oldest event, each consumer in a transaction of its own: who cannot take it goes without.</summary>
    private async Task<int> DeliverAloneAsync(CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        var row = await _db.OneAsync(
            $"select id, event, created from reeve_outbox order by id limit 1", static row => new Waiting(row.GetInt64(0), row.GetJson(1), row.GetInstant(2)), cancel);
        if (row is null) return 0;
        if (Read(row) is { } told)
        {
            foreach (var consumer in _consumers)
            {
                try
                {
                    await _db.TransactionAsync(transaction => consumer.ConsumeAsync(transaction, [told], now), cancel);
                }
                catch (Exception error) when (IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
                {
                    LogDropped(_log, consumer.Name, told.Event, told.Id, error);
                }
            }
        }
        await _db.ExecuteAsync($"delete from reeve_outbox where id = {row.Id}", cancel);
        return 1;
    }

    private static async Task<List<Waiting>> TakeAsync(SqlTransaction transaction, int limit)
    {
        var rows = await transaction.ListAsync(
            $"""
            delete from reeve_outbox where id in
                (select id from reeve_outbox order by id limit {limit} for update skip locked)
            returning id, event, created
            """,
            static row => new Waiting(row.GetInt64(0), row.GetJson(1), row.GetInstant(2)));
        rows.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        return rows;
    }

    private List<ReceivedEvent> Distinct(List<Waiting> rows)
    {
        var seen = new HashSet<Guid>(rows.Count);
        var events = new List<ReceivedEvent>(rows.Count);
        foreach (var row in rows)
        {
            if (Read(row) is { } told && seen.Add(told.Id)) events.Add(told);
        }
        return events;
    }

    private ReceivedEvent? Read(Waiting row)
    {
        try
        {
            var told = JsonSerializer.Deserialize(row.Event.Utf8.Span, ReeveJson.TypeInfo<ReceivedEvent>())!;
            told.Received = row.Created;
            return told;
        }
        catch (JsonException error)
        {
            LogUnreadable(_log, row.Id, error);
            return null;
        }
    }

    // A database that is away, or a race that was lost too often, says nothing about the events.
    private static bool IsFaultOfEvents(Exception error) =>
        error is not DatabaseException { Kind: DatabaseErrorKind.Unavailable or DatabaseErrorKind.Retryable } and not OperationCanceledException;

    private sealed record Waiting(long Id, RawJson Event, DateTimeOffset Created);

    [LoggerMessage(3010, LogLevel.Error, "{Consumer} cannot take event {Event} {Id} and goes without it")]
    private static partial void LogDropped(ILogger log, string consumer, string @event, Guid id, Exception error);

    [LoggerMessage(3011, LogLevel.Error, "Row {Row} of reeve_outbox is no event and was removed")]
    private static partial void LogUnreadable(ILogger log, long row, Exception error);
}
