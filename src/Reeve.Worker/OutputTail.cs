namespace Reeve.Worker;

/// <summary>The last lines a process printed, for explaining a bad end.</summary>
internal sealed class OutputTail
{
    private const int Most = 20;

    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Most) _lines.Dequeue();
        }
    }
}
