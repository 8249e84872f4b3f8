using System.Collections.Concurrent;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Reeve.Server.Messaging;

/// <summary>
/// The engine of many servers: a stream a topic in Redis, cut to a length, and a publication that says when to read it.
/// Subscribers of this process are served without Redis; each process reads the streams for what others wrote, only while
/// somebody listens. When Redis is away, messages between processes are dropped and counted: they are in the database.
/// </summary>
internal sealed partial class RedisBus(ConfigurationOptions options, TimeProvider clock, ILogger<RedisBus> log, string prefix = "reeve:")
    : IMessageBus, IHostedService, IAsyncDisposable
{
    private const int MostWaiting = 10_000;
    private const int MostAtOnce = 500;

    /// <summary>Entries a stream keeps, about: a few seconds of a busy installation, for readers that were away for a moment.</summary>
    public const int StreamLength = 20_000;

    /// <summary>Larger messages do not go through Redis, so that its memory is bounded and not only its entries; other servers find them in the database.</summary>
    public const int LargestMessage = 16 * 1024;

    /// <summary>Only for publications that got lost.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly string[] AllTopics = [Topics.Events, Topics.Logs];

    private readonly LocalSubscribers _local = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly Channel<(string Topic, Message Message)> _outgoing = Channel.CreateBounded<(string, Message)>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly ConcurrentDictionary<string, RedisValue> _read = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly RedisValue _origin = Guid.NewGuid().ToString("N");
    private ConnectionMultiplexer? _redis;
    private Task _running = Task.CompletedTask;
    private long _dropped;

    public bool ReachesOthers => _redis is { IsConnected: true };

    /// <summary>Messages other processes did not get by this way.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public bool IsWanted(string topic) => true;

    /// <summary>Whether what others publish from now on will be read.</summary>
    public bool IsReading(string topic) => _read.ContainsKey(topic);

    public void Publish(string topic, IReadOnlyList<Message> messages)
    {
        _local.Deliver(topic, messages);
        foreach (var message in messages)
        {
            if (message.Json.Length > LargestMessage || !_outgoing.Writer.TryWrite((topic, message))) Interlocked.Increment(ref _dropped);
        }
    }

    public MessageSubscription Subscribe(string topic, int capacity, Action arrived)
    {
        var subscription = _local.Add(topic, capacity, arrived);
        Wake();
        return subscription;
    }

    /// <summary>Does not wait for Redis.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(Task.Run(WriteAsync, CancellationToken.None), Task.Run(ReadAsync, CancellationToken.None));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync()
    {
        var batch = new List<(string Topic, Message Message)>(MostAtOnce);
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(_stop.Token))
            {
                batch.Clear();
                while (batch.Count < MostAtOnce && _outgoing.Reader.TryRead(out var next)) batch.Add(next);
                try
                {
                    await WriteAsync(batch);
                }
                catch (Exception error) when (!_stop.IsCancellationRequested)
                {
                    // Whatever it is, it must not be the end of all messages to others.
                    Interlocked.Add(ref _dropped, batch.Count);
                    LogAway(log, error.Message);
                    await Task.Delay(Pause, clock, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task WriteAsync(List<(string Topic, Message Message)> batch)
    {
        var database = (await ConnectAsync()).GetDatabase();
        var writes = batch.ConvertAll(each => (Task)database.StreamAddAsync(
            Key(each.Topic), [new("origin", _origin), new("id", each.Message.Id.ToString()), new("data", each.Message.Json)],
            maxLength: StreamLength, useApproximateMaxLength: true));
        foreach (var topic in batch.Select(static each => each.Topic).Distinct())
        {
            writes.Add(database.PublishAsync(RedisChannel.Literal(Key(topic)), _origin));
        }
        await Task.WhenAll(writes);
    }

    private async Task ReadAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync();
                var more = false;
                foreach (var topic in AllTopics) more |= await ReadAsync(topic);
                if (!more) await _wake.WaitAsync(AllTopics.Any(_local.Any) ? ReadInterval : Timeout.InfiniteTimeSpan, _stop.Token);
            }
            catch (Exception error) when (!_stop.IsCancellationRequested)
            {
                LogUnread(log, error.Message);
                await Task.Delay(Pause, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Delivers what others wrote since the last time; true when there may be more.</summary>
    private async Task<bool> ReadAsync(string topic)
    {
        var database = _redis!.GetDatabase();
        if (!_local.Any(topic))
        {
            // Nobody listens; whoever does next wants what comes from then on.
            _read.TryRemove(topic, out _);
            return false;
        }
        if (!_read.TryGetValue(topic, out var last))
        {
            var newest = await database.StreamRangeAsync(Key(topic), count: 1, messageOrder: Order.Descending);
            _read[topic] = newest.Length == 0 ? "0-0" : newest[0].Id;
            return false;
        }
        var entries = await database.StreamReadAsync(Key(topic), last, MostAtOnce);
        if (entries.Length == 0) return false;
        _read[topic] = entries[^1].Id;
        var messages = new List<Message>(entries.Length);
        foreach (var entry in entries)
        {
            if (entry["origin"] != _origin && Guid.TryParse((string?)entry["id"], out var id)) messages.Add(new Message(id, (byte[]?)entry["data"]));
        }
        _local.Deliver(topic, messages);
        return entries.Length == MostAtOnce;
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        if (_redis is { } known) return known;
        await _connecting.WaitAsync(_stop.Token);
        try
        {
            if (_redis is { } meanwhile) return meanwhile;
            var redis = await ConnectionMultiplexer.ConnectAsync(options);
            redis.ConnectionRestored += (_, _) => Wake();
            foreach (var topic in AllTopics)
            {
                await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(Key(topic)), (_, said) => { if (said != _origin) Wake(); }, CommandFlags.FireAndForget);
            }
            return _redis = redis;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two at once are one.
        }
    }

    private string Key(string topic) => prefix + topic;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_redis is { } redis) await redis.DisposeAsync();
        _stop.Dispose();
        _wake.Dispose();
        _connecting.Dispose();
    }

    [LoggerMessage(3101, LogLevel.Debug, "Redis does not take messages; other servers find them in the database: {Problem}")]
    private static partial void LogAway(ILogger log, string problem);

    [LoggerMessage(3104, LogLevel.Debug, "Redis gives no messages; those of other servers are found in the database: {Problem}")]
    private static partial void LogUnread(ILogger log, string problem);
}
