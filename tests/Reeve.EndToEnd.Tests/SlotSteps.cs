namespace Reeve.EndToEnd.Tests;

/// <summary>Counts what clients do, so that something can happen between two of their steps and at no particular time.</summary>
internal sealed class SlotSteps
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _reached = new();
    private int _wanted = int.MaxValue;

    public int Taken { get; private set; }

    public void Add()
    {
        lock (_lock)
        {
            if (++Taken < _wanted) return;
            _wanted = int.MaxValue;
            _reached.TrySetResult();
        }
    }

    /// <summary>Completes after so many more; one caller at a time.</summary>
    public Task MoreAsync(int more)
    {
        lock (_lock)
        {
            _wanted = Taken + more;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }
}
