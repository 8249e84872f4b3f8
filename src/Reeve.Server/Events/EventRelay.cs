using System.Text.Json;
using Reeve.Contract;
using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Events.DeadLetters;
using Reeve.Server.Messaging;
using Reeve.Server.Services;

namespace Reeve.Server.Events;

/// <summary>
/// Delivers events from the outbox to all <see cref="IEventConsumer"/>s. First the consumers prepare what they change, then that is written and
/// the events are taken out, in one batch. Relays of several processes share the work by <see cref="OutboxClaims"/>.
/// </summary>
internal sealed partial class EventRelay : Service
{
    private const int MostAtOnce = 256;

    private readonly Db _db;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventRelay> _log;
    private readonly IReadOnlyList<ConsumerHealth> _consumers;
    private readonly IMessageBus _bus;
    private readonly OutboxClaims _claims;
    private int _batchSize = MostAtOnce;

    public EventRelay(Db db, EventConsumers consumers, IMessageBus bus, TimeProvider clock, ILogger<EventRelay> log)
    {
        _db = db;
        _bus = bus;
        _clock = clock;
        _log = log;
        _consumers = consumers.Enabled;
        _claims = new OutboxClaims(db);
    }

    public override ServiceInfo Info => ServiceCatalogue.EventRelay;

    // Who asks for one consumer gets all: an event is taken out of the outbox for every one of them.
    public override IReadOnlyList<string> Names => [Name, .. _consumers.Select(static each => each.Consumer.Name)];

    /// <summary>Only for signals that got lost.</summary>
    public override TimeSpan Interval => TimeSpan.FromSeconds(5);

    public override IReadOnlyList<string> Topics => [DbTopics.Outbox, DbTopics.OutboxElsewhere];

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        var limit = _batchSize;
        int delivered;
        try
        {
            var delivery = await Db.DecideAsync(() => DeliverAsync(limit, cancel));
            delivered = delivery.Rows;
            Succeeded(delivery);
        }
        catch (Exception error) when (IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
        {
            if (limit > 1)
            {
                // Smaller batches, until the event that nobody can digest stands alone.
                _batchSize = limit / 2;
                return new ServiceOutcome(0, More: true);
            }
            delivered = await Db.DecideAsync(() => DeliverAloneAsync(cancel));
        }
        if (delivered > 0) _db.Signals.Raise(DbTopics.Events);
        _batchSize = Math.Min(_batchSize * 2, MostAtOnce);
        return new ServiceOutcome(delivered, More: delivered >= limit);
    }

    private async Task<Delivery> DeliverAsync(int limit, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        var rows = await _claims.ClaimAsync(limit, now, cancel);
        var events = Distinct(rows);
        var took = new TimeSpan[_consumers.Count];
        if (rows.Count == 0) return new Delivery(0, events, took);
        var batch = new SqlBatch();
        _claims.Take(batch, rows, now);
        for (var i = 0; i < _consumers.Count; i++)
        {
            var began = _clock.GetTimestamp();
            await _consumers[i].Consumer.PrepareAsync(batch, events, now, cancel);
            took[i] = _clock.GetElapsedTime(began);
        }
        await _db.WriteAsync(batch, cancel);
        return new Delivery(rows.Count, events, took);
    }

    private void Succeeded(Delivery delivery)
    {
        if (delivery.Events.Count == 0) return;
        var now = _clock.GetUtcNow();
        for (var i = 0; i < _consumers.Count; i++) _consumers[i].Succeeded(delivery.Events.Count, delivery.Took[i], now);
        Show(delivery.Events);
    }

    /// <summary>Tells those who watch what is stored now.</summary>
    private void Show(IReadOnlyList<ReceivedEvent> events)
    {
        if (!_bus.IsWanted(Messaging.Topics.Events)) return;
        _bus.Publish(
            Messaging.Topics.Events,
            [.. events.Select(static told => new Message(told.Id, JsonSerializer.SerializeToUtf8Bytes(told, ReeveJson.TypeInfo<ReceivedEvent>())))]);
    }

    /// <summary>One event that somebody cannot take: it is delivered to the others, and kept as a dead letter for who cannot.</summary>
    private async Task<int> DeliverAloneAsync(CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        if (await _claims.ClaimAsync(1, now, cancel) is not [var row]) return 0;
        if (Read(row) is not { } told)
        {
            await WriteAsync(row, new SqlBatch(), now, cancel);
            return 1;
        }
        var refusals = await RefusalsAsync(told, now, cancel);
        try
        {
            await DeliverToOthersAsync(row, told, refusals, now, cancel);
        }
        catch (Exception error) when (IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
        {
            // Each can take it and all together cannot: one after the other, so that it is at least out of the way of those behind it.
            var batch = new SqlBatch();
            await ConsumeAloneAsync(told, batch, now, cancel);
            await WriteAsync(row, batch, now, cancel);
        }
        Show([told]);
        return 1;
    }

    /// <summary>Who cannot take an event, and why. Nothing of what they try stays.</summary>
    private async Task<Dictionary<ConsumerHealth, Exception>> RefusalsAsync(ReceivedEvent told, DateTimeOffset now, CancellationToken cancel)
    {
        var refusals = new Dictionary<ConsumerHealth, Exception>();
        foreach (var each in _consumers)
        {
            try
            {
                var attempt = new SqlBatch();
                await each.Consumer.PrepareAsync(attempt, [told], now, cancel);
                // Never so: the batch is given up at its end.
                attempt.Require($"(select count(*) from reeve_outbox_claim) < 0");
                await _db.WriteAsync(attempt, cancel);
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.Overtaken)
            {
                // It got to the end.
            }
            catch (Exception error) when (IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
            {
                refusals[each] = error;
            }
        }
        return refusals;
    }

    /// <summary>All in one batch, as when nobody refuses: what one of them has done is never without the event being out of the outbox.</summary>
    private async Task DeliverToOthersAsync(
        OutboxRow row, ReceivedEvent told, Dictionary<ConsumerHealth, Exception> refusals, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        _claims.Take(batch, [row], now);
        var took = new Dictionary<ConsumerHealth, TimeSpan>();
        foreach (var each in _consumers.Where(each => !refusals.ContainsKey(each)))
        {
            var began = _clock.GetTimestamp();
            await each.Consumer.PrepareAsync(batch, [told], now, cancel);
            took[each] = _clock.GetElapsedTime(began);
        }
        foreach (var (each, error) in refusals) DeadLetterStore.Add(batch, each.Consumer.Name, told, error.Message, now);
        await _db.WriteAsync(batch, cancel);
        foreach (var (each, elapsed) in took) each.Succeeded(1, elapsed, now);
        foreach (var (each, error) in refusals) Refused(each, told, error, now);
    }

    private async Task ConsumeAloneAsync(ReceivedEvent told, SqlBatch batch, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var each in _consumers)
        {
            try
            {
                var began = _clock.GetTimestamp();
                await Db.DecideAsync(async () =>
                {
                    var changes = new SqlBatch();
                    await each.Consumer.PrepareAsync(changes, [told], now, cancel);
                    if (!changes.IsEmpty) await _db.WriteAsync(changes, cancel);
                });
                each.Succeeded(1, _clock.GetElapsedTime(began), now);
            }
            catch (Exception error) when (IsFaultOfEvents(error) && !cancel.IsCancellationRequested)
            {
                DeadLetterStore.Add(batch, each.Consumer.Name, told, error.Message, now);
                Refused(each, told, error, now);
            }
        }
    }

    private Task WriteAsync(OutboxRow row, SqlBatch batch, DateTimeOffset now, CancellationToken cancel)
    {
        _claims.Take(batch, [row], now);
        return _db.WriteAsync(batch, cancel);
    }

    private void Refused(ConsumerHealth each, ReceivedEvent told, Exception error, DateTimeOffset now)
    {
        each.Failed(error.Message, now);
        LogDead(_log, each.Consumer.Name, told.Event, told.Id, error);
    }

    private List<ReceivedEvent> Distinct(List<OutboxRow> rows)
    {
        var seen = new HashSet<Guid>(rows.Count);
        var events = new List<ReceivedEvent>(rows.Count);
        foreach (var row in rows)
        {
            if (Read(row) is { } told && seen.Add(told.Id)) events.Add(told);
        }
        return events;
    }

    private ReceivedEvent? Read(OutboxRow row)
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

    /// <summary>Whether a delivery failed by the events: a database that is away, or a race that was lost too often, says nothing about them.</summary>
    public static bool IsFaultOfEvents(Exception error) =>
        error is not DatabaseException { Kind: DatabaseErrorKind.Unavailable or DatabaseErrorKind.Retryable or DatabaseErrorKind.Overtaken } and not OperationCanceledException;

    private sealed record Delivery(int Rows, IReadOnlyList<ReceivedEvent> Events, TimeSpan[] Took);

    [LoggerMessage(3010, LogLevel.Error, "{Consumer} cannot take event {Event} {Id}: it is kept as a dead letter, see reeve dead-letters ls")]
    private static partial void LogDead(ILogger log, string consumer, string @event, Guid id, Exception error);

    [LoggerMessage(3011, LogLevel.Error, "Row {Row} of reeve_outbox is no event and was removed")]
    private static partial void LogUnreadable(ILogger log, long row, Exception error);
}
