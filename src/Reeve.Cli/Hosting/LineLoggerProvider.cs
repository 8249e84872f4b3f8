using Microsoft.Extensions.Logging;

namespace Reeve.Cli.Hosting;

/// <summary>One line for each entry: time, level, message; exceptions indented below.</summary>
internal sealed class LineLoggerProvider(TextWriter output, TimeProvider clock) : ILoggerProvider
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName[(categoryName.LastIndexOf('.') + 1)..], _output, clock);

    public void Dispose()
    {
        // The writer is the process's own.
    }

    private sealed class LineLogger(string category, TextWriter output, TimeProvider clock) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var level = logLevel switch
            {
                LogLevel.Trace or LogLevel.Debug => "DEBUG",
                LogLevel.Information => "INFO",
                LogLevel.Warning => "WARNING",
                LogLevel.Error => "ERROR",
                _ => "CRITICAL",
            };
            var text = $"{clock.GetLocalNow():HH:mm:ss.fff} | {level,-7} | {category} - {formatter(state, exception)}";
            if (exception is not null) text += "\n    " + exception.ToString().Replace("\n", "\n    ", StringComparison.Ordinal);
            output.WriteLine(text);
        }
    }
}
