using System.Threading.Channels;

namespace Reeve.Server.Messaging;

/// <summary>One listener on a topic, with a queue of its own.</summary>
internal sealed class MessageSubscription : IDisposable
{
    /// <summary>Bytes that may wait, whatever the capacity: messages may be large.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private readonly Channel<Message> _queue;
    private readonly Action _arrived;
    private readonly Action<MessageSubscription> _end;
    private long _dropped;
    private long _bytes;

    public MessageSubscription(int capacity, Action arrived, Action<MessageSubscription> end)
    {
        _queue = Channel.CreateBounded<Message>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
        _arrived = arrived;
        _end = end;
    }

    /// <summary>Messages there was no room for.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public bool TryRead(out Message message)
    {
        if (!_queue.Reader.TryRead(out message)) return false;
        Interlocked.Add(ref _bytes, -message.Json.Length);
        return true;
    }

    public void Add(IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            if (Interlocked.Add(ref _bytes, message.Json.Length) <= MostBytes && _queue.Writer.TryWrite(message)) continue;
            Interlocked.Add(ref _bytes, -message.Json.Length);
            Interlocked.Increment(ref _dropped);
        }
        _arrived();
    }

    public void Dispose() => _end(this);
}
