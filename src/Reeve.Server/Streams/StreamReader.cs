using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Reeve.Server.Streams;

/// <summary>One websocket that watches: what it wants, and its queue. A reader that falls too far behind is given up, so that it knows.</summary>
internal sealed class StreamReader<T>(Func<T, bool> wants, Action<StreamReader<T>> close) : IDisposable
{
    /// <summary>Items that may wait. They are shared by all readers, so a queue is small even when full.</summary>
    public const int Capacity = 4096;

    /// <summary>Bytes that may wait: events may be large.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private readonly Channel<StreamItem<T>> _queue = Channel.CreateBounded<StreamItem<T>>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private long _bytes;

    /// <summary>There was no room for an item: it, and all after it, will not come.</summary>
    public bool IsTooSlow { get; private set; }

    /// <summary>Waits for an item; false when none will come.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancel) => _queue.Reader.WaitToReadAsync(cancel);

    public bool TryRead([MaybeNullWhen(false)] out StreamItem<T> item)
    {
        if (!_queue.Reader.TryRead(out item)) return false;
        Interlocked.Add(ref _bytes, -item.Frame.Length);
        return true;
    }

    /// <summary>True when the item was for this reader.</summary>
    public bool Offer(StreamItem<T> item)
    {
        if (IsTooSlow || !wants(item.Value)) return false;
        var waiting = Interlocked.Add(ref _bytes, item.Frame.Length);
        // One item is let through however large it is.
        if ((waiting <= MostBytes || waiting == item.Frame.Length) && _queue.Writer.TryWrite(item)) return true;
        IsTooSlow = true;
        _queue.Writer.TryComplete();
        return false;
    }

    public void Dispose()
    {
        // Whoever still waits for an item would wait for ever.
        _queue.Writer.TryComplete();
        close(this);
    }
}
