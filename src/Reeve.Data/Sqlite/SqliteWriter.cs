using System.Threading.Channels;

namespace Reeve.Data.Sqlite;

/// <summary>
/// The one writer of this process: a thread that takes writes from a fair queue and commits those that wait together.
/// Each write has its own savepoint, so one that fails takes nobody else with it; all are told of the commit at once.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxGroup = 64;

    private readonly Channel<Work> _queue = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Func<SqliteSession> _open;
    private readonly Func<Action<DbStep>?> _onStep;
    private readonly Thread _thread;

    public SqliteWriter(Func<SqliteSession> open, Func<Action<DbStep>?> onStep)
    {
        _open = open;
        _onStep = onStep;
        _thread = new Thread(Loop) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    public async Task<T> RunAsync<T>(Func<SqliteSession, T> body, CancellationToken cancel)
    {
        var work = new Work<T>(body);
        await _queue.Writer.WriteAsync(work, cancel);
        return await work.Task;
    }

    private void Loop()
    {
        SqliteSession? session = null;
        var group = new List<Work>(MaxGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            try
            {
                session ??= _open();
                session.RunText("begin immediate");
                while (group.Count < MaxGroup && _queue.Reader.TryRead(out var work))
                {
                    group.Add(work);
                    Run(session, work);
                }
                _onStep()?.Invoke(new DbStep(null));
                session.RunText("commit");
                foreach (var work in group) work.Tell();
            }
            catch (Exception error)
            {
                // The transaction as a whole failed: nobody's write happened, and a new connection is the surest start.
                if (group.Count == 0 && _queue.Reader.TryRead(out var first)) group.Add(first);
                foreach (var work in group) work.Fail(error);
                session?.Dispose();
                session = null;
            }
        }
        session?.Dispose();
    }

    private static void Run(SqliteSession session, Work work)
    {
        session.RunText("savepoint work");
        try
        {
            work.Run(session);
        }
        catch (DatabaseException error) when (error.Kind is not (DatabaseErrorKind.Retryable or DatabaseErrorKind.Unavailable))
        {
            session.RunText("rollback to work");
            work.Remember(error);
        }
        catch (Exception error) when (error is not DatabaseException)
        {
            session.RunText("rollback to work");
            work.Remember(error);
        }
        session.RunText("release work");
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        if (Thread.CurrentThread != _thread) _thread.Join();
    }

    private abstract class Work
    {
        protected Exception? Error { get; private set; }

        public abstract void Run(SqliteSession session);
        public abstract void Tell();
        public abstract void Fail(Exception error);
        public void Remember(Exception error) => Error = error;
    }

    private sealed class Work<T>(Func<SqliteSession, T> body) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _answer = default!;

        public Task<T> Task => _done.Task;

        public override void Run(SqliteSession session) => _answer = body(session);

        public override void Tell()
        {
            if (Error is null) _done.TrySetResult(_answer);
            else _done.TrySetException(Error);
        }

        public override void Fail(Exception error) => _done.TrySetException(Error ?? error);
    }
}
