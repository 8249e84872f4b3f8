using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Reeve.Contract;
using Reeve.Data;
using Reeve.Server.Messaging;
using Reeve.Server.Services;

namespace Reeve.Server.Streams;

/// <summary>
/// Shows to the websockets of this process what is stored by any process. Messages bring it quickly; the table is read for
/// what they did not bring. Without a reader nothing is done. What is stored by a transaction that takes longer than
/// <see cref="Overlap"/> in another process may not be shown live; it is in the table.
/// </summary>
internal abstract class StreamService<T>(Db db, IMessageBus bus, StreamMeters meters, TimeProvider clock, StreamSource<T> source) : Service
    where T : class
{
    private const int MostAtOnce = 1000;
    private const int MostQueued = 10_000;
    private const int MostRows = 20_000;

    /// <summary>Ids remembered, to show nothing twice.</summary>
    public const int MostRemembered = 65_536;

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestLookInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly RecentIds _seen = new(MostRemembered);
    private ImmutableArray<StreamReader<T>> _readers = [];
    private MessageSubscription? _messages;
    private DateTimeOffset? _position;
    private DateTimeOffset _lastLook;
    private readonly DbSignalWaiter? _elsewhere = source.StoredElsewhere is null ? null : db.Signals.Listen(source.StoredElsewhere);
    private readonly byte[] _opening = Encoding.UTF8.GetBytes($$"""{"type":"{{source.Word}}","{{source.Word}}":""");
    private bool _isTold;
    private long _tooSlow;
    private long _dropped;

    public override TimeSpan Interval => TimeSpan.FromHours(1);

    /// <summary>Readers were opened, messages came, or another process stored something.</summary>
    public override IReadOnlyList<string> Topics { get; } = source.StoredElsewhere is null ? [source.Woken] : [source.Woken, source.StoredElsewhere];

    /// <summary>The websockets are in the processes that serve the API, with or without other services.</summary>
    public override bool RunsWithApi => true;

    public int Readers => _readers.Length;

    /// <summary>Readers that were given up because they did not keep up.</summary>
    public long TooSlow => Interlocked.Read(ref _tooSlow);

    /// <summary>How often the table is looked at for what other processes stored, when none of them says so.</summary>
    private TimeSpan LookInterval => TimeSpan.FromSeconds(bus.ReachesOthers || (_elsewhere is not null && !db.IsSqlite) ? 5 : 1);

    /// <summary>Something that happens from now on is offered to the reader. A position to start from is taken before this returns.</summary>
    public async Task<StreamReader<T>> OpenAsync(Func<T, bool> wants, CancellationToken cancel)
    {
        var reader = new StreamReader<T>(wants, Close);
        for (var isKnown = false; ;)
        {
            DateTimeOffset? newest = null;
            List<(Guid Id, DateTimeOffset Written)> known = [];
            if (isKnown)
            {
                newest = await NewestAsync(cancel);
                // What is there already is not what happens from now on, though its time will be looked at again.
                if (newest is { } at) known = await SinceAsync(at - Overlap, cancel);
            }
            lock (_gate)
            {
                // The last reader may have left meanwhile, and taken the position with it.
                if (_position is null && !isKnown)
                {
                    isKnown = true;
                    continue;
                }
                if (_position is null)
                {
                    known.ForEach(row => _seen.Add(row.Id));
                    _position = newest ?? DateTimeOffset.UnixEpoch;
                }
                _messages ??= bus.Subscribe(source.Topic, MostQueued, () => db.Signals.Raise(source.Woken));
                _readers = _readers.Add(reader);
                break;
            }
        }
        meters.Opened(source.Word);
        db.Signals.Raise(source.Woken);
        return reader;
    }

    public override async Task<ServiceOutcome> RunOnceAsync(CancellationToken cancel)
    {
        if (_readers.Length == 0) return ServiceOutcome.Idle;
        var shown = ShowMessages(out var more);
        _isTold |= _elsewhere is not null && !bus.ReachesOthers && await _elsewhere.WaitAsync(TimeSpan.Zero, clock, cancel);
        var now = clock.GetUtcNow();
        if (!more && now >= NextLook)
        {
            _isTold = false;
            _lastLook = now;
            shown += await ShowStoredAsync(cancel);
        }
        return new ServiceOutcome(shown, NextLook, more);
    }

    private DateTimeOffset NextLook => _lastLook + (_isTold ? ShortestLookInterval : LookInterval);

    /// <summary>Something as it is sent: <c>{"type":WORD,WORD:…}</c>.</summary>
    public StreamItem<T> Item(T value) => Item(value, JsonSerializer.SerializeToUtf8Bytes(value, ReeveJson.TypeInfo<T>()));

    /// <summary>The things with these ids, in the order they are shown.</summary>
    protected abstract Task<List<T>> LoadAsync(Guid[] ids, CancellationToken cancel);

    private StreamItem<T> Item(T value, ReadOnlyMemory<byte> json) => new(source.IdOf(value), value, (byte[])[.. _opening, .. json.Span, (byte)'}']);

    /// <summary>What a message carries; null when it cannot be read.</summary>
    private StreamItem<T>? Read(Message message)
    {
        try
        {
            return Item(JsonSerializer.Deserialize(message.Json.Span, ReeveJson.TypeInfo<T>())!, message.Json);
        }
        catch (JsonException)
        {
            // Somebody else writes to our stream.
            return null;
        }
    }

    /// <summary>When the newest row was written.</summary>
    private Task<DateTimeOffset?> NewestAsync(CancellationToken cancel) =>
        db.OneAsync($"select max(updated) from {source.Table}", static row => row.GetInstantOrNull(0), cancel);

    /// <summary>The rows written since then, oldest first.</summary>
    private Task<List<(Guid Id, DateTimeOffset Written)>> SinceAsync(DateTimeOffset position, CancellationToken cancel) => db.ListAsync(
        $"select id, updated from {source.Table} where updated >= {position} order by updated limit {MostRows}",
        static row => (row.GetGuid(0), row.GetInstant(1)), cancel);

    private int ShowMessages(out bool more)
    {
        var shown = 0;
        var taken = 0;
        var messages = _messages;
        while (taken < MostAtOnce && messages is not null && messages.TryRead(out var message))
        {
            taken++;
            if (_seen.Add(message.Id) && Read(message) is { } item) shown += Show(item);
        }
        more = taken == MostAtOnce;
        CountDropped(messages);
        return shown;
    }

    private async Task<int> ShowStoredAsync(CancellationToken cancel)
    {
        if (_position is not { } position) return 0;
        var shown = 0;
        // A burst may be larger than a page within the overlap alone: then the next page is read at once.
        for (var from = position - Overlap; ;)
        {
            var rows = await SinceAsync(from, cancel);
            foreach (var ids in rows.Where(row => !_seen.Contains(row.Id)).Select(static row => row.Id).Chunk(250))
            {
                foreach (var value in await LoadAsync(ids, cancel))
                {
                    if (_seen.Add(source.IdOf(value))) shown += Show(Item(value));
                }
            }
            if (rows.Count == 0) return shown;
            var last = rows[^1].Written;
            if (last > position && !Advance(ref position, last)) return shown;
            if (rows.Count < MostRows || last == from) return shown;
            from = last;
        }
    }

    /// <summary>False when it is no longer the position that was read from: the last reader has left, or another has come since.</summary>
    private bool Advance(ref DateTimeOffset position, DateTimeOffset to)
    {
        lock (_gate)
        {
            if (_position != position) return false;
            _position = position = to;
            return true;
        }
    }

    private int Show(StreamItem<T> item)
    {
        var shown = 0;
        foreach (var reader in _readers)
        {
            if (reader.Offer(item)) shown++;
        }
        if (shown > 0) meters.Shown(source.Word, shown);
        return shown;
    }

    private void CountDropped(MessageSubscription? messages)
    {
        var dropped = messages?.Dropped ?? 0;
        if (dropped > _dropped) meters.Dropped(source.Word, dropped - _dropped);
        _dropped = dropped;
    }

    private void Close(StreamReader<T> reader)
    {
        meters.Closed(source.Word, reader.IsTooSlow);
        lock (_gate)
        {
            if (reader.IsTooSlow) Interlocked.Increment(ref _tooSlow);
            _readers = _readers.Remove(reader);
            if (_readers.Length > 0) return;
            _messages?.Dispose();
            _messages = null;
            _position = null;
        }
    }
}
