namespace Reeve.Server.Services;

/// <summary>
/// Measures the processor time of one service: its code runs under this context, which takes the thread's own clock before
/// and after each piece between two awaits. What libraries do on other threads meanwhile (a driver reading its socket, the
/// writer thread of SQLite) is not in it.
/// </summary>
internal sealed class CpuMeter : SynchronizationContext
{
    private long _ticks;

    public TimeSpan Time => new(Interlocked.Read(ref _ticks));

    /// <summary>Begins <paramref name="work"/> here and measures all of its continuations.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Task<T>? task = null;
        Measure(() => task = work());
        return task!;
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(static item => item.Meter.Measure(() => item.Callback(item.State)), (Meter: this, Callback: d, State: state), preferLocal: true);

    public override void Send(SendOrPostCallback d, object? state) => Measure(() => d(state));

    public override SynchronizationContext CreateCopy() => this;

    private void Measure(Action piece)
    {
        var outer = Current;
        var began = ThreadCpu.Now;
        SetSynchronizationContext(this);
        try
        {
            piece();
        }
        finally
        {
            SetSynchronizationContext(outer);
            Interlocked.Add(ref _ticks, (ThreadCpu.Now - began).Ticks);
        }
    }
}
