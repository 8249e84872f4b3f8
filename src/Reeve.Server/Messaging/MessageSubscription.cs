using System.Threading.Channels;

namespace Reeve.Server.Messaging;

/// <summary>One listener on a topic, with a queue of its own.</summary>
internal sealed class MessageSubscription : IDisposable
{
    private readonly Channel<Message> _queue;
    private readonly Action _arrived;
    private readonly Action<MessageSubscription> _end;
    private long _dropped;

    public MessageSubscription(int capacity, Action arrived, Action<MessageSubscription> end)
    {
        _queue = Channel.CreateBounded<Message>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
        _arrived = arrived;
        _end = end;
    }

    /// <summary>Messages there was no room for.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public bool TryRead(out Message message) => _queue.Reader.TryRead(out message);

    public void Add(IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            if (!_queue.Writer.TryWrite(message)) Interlocked.Increment(ref _dropped);
        }
        _arrived();
    }

    public void Dispose() => _end(this);
}
