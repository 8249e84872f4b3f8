using System.Threading.Channels;

namespace Reeve.Server.Streams;

/// <summary>One websocket that watches: what it wants, and its queue. A reader that falls too far behind is given up, so that it knows.</summary>
internal sealed class StreamReader<T>(Func<T, bool> wants, Action<StreamReader<T>> close) : IDisposable
{
    /// <summary>Items that may wait. They are shared by all readers, so a queue is small even when full.</summary>
    public const int Capacity = 4096;

    private readonly Channel<StreamItem<T>> _queue = Channel.CreateBounded<StreamItem<T>>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>There was no room for an item: it, and all after it, will not come.</summary>
    public bool IsTooSlow { get; private set; }

    public ChannelReader<StreamItem<T>> Items => _queue.Reader;

    /// <summary>True when the item was for this reader.</summary>
    public bool Offer(StreamItem<T> item)
    {
        if (IsTooSlow || !wants(item.Value)) return false;
        if (_queue.Writer.TryWrite(item)) return true;
        IsTooSlow = true;
        _queue.Writer.TryComplete();
        return false;
    }

    public void Dispose() => close(this);
}
