using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Reeve.Server.Tests;

/// <summary>Keeps what the server logs as an error, so that a test can say what was behind a 500.</summary>
internal sealed class FaultLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _faults = new();

    public IReadOnlyCollection<string> Faults => _faults;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        _faults.Enqueue($"{formatter(state, exception)}{Environment.NewLine}{exception}");
        while (_faults.Count > 20) _faults.TryDequeue(out _);
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
