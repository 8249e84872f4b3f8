using System.Text;

namespace Reeve.Cli.Tests;

/// <summary>The output of a command that goes on: a test waits for lines.</summary>
internal sealed class LineWatcher : TextWriter
{
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly StringBuilder _open = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The first line that holds the text, printed before or after this call.</summary>
    public Task<string> SeesAsync(string text)
    {
        lock (_lines)
        {
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } line) return Task.FromResult(line);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((candidate => candidate.Contains(text, StringComparison.Ordinal), found));
            return WaitAsync(found.Task, text);
        }
    }

    public override void Write(char value)
    {
        lock (_lines)
        {
            if (value != '\n')
            {
                _open.Append(value);
                return;
            }

            var line = _open.ToString();
            _open.Clear();
            _lines.Add(line);
            foreach (var (match, found) in _waiting)
            {
                if (match(line)) found.TrySetResult(line);
            }
        }
    }

    private async Task<string> WaitAsync(Task<string> found, string text)
    {
        try
        {
            return await found.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);
        }
        catch (TimeoutException late)
        {
            lock (_lines) throw new TimeoutException($"No line with '{text}' was printed. There was:\n{string.Join('\n', _lines)}", late);
        }
    }
}
