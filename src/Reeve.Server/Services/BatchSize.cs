namespace Reeve.Server.Services;

/// <summary>
/// How much a service takes on at once: as much as it may until a pass runs out of time, then half, and more again with
/// each pass that goes well. Used by one loop at a time.
/// </summary>
internal sealed class BatchSize
{
    private readonly int _most;

    public BatchSize(int most)
    {
        _most = most;
        Size = most;
    }

    public int Size { get; private set; }

    public void Halve() => Size = Math.Max(1, Size / 2);

    public void Grow() => Size = Math.Min(_most, Size * 2);
}
