using System.Globalization;

namespace Reeve.Cli.Output;

/// <summary>One line on a terminal's standard error that tells how far a long command is; gone when it is done. Elsewhere, and for what is soon done, nothing.</summary>
internal sealed class ProgressLine(CliHost host)
{
    private const int Width = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly long _began = host.Clock.GetTimestamp();
    private long? _shown;
    private int _length;

    public void Report(int done, int total)
    {
        if (!host.IsErrorTerminal || host.Clock.GetElapsedTime(_began) < Patience) return;
        if (_shown is { } shown && host.Clock.GetElapsedTime(shown) < Every) return;
        _shown = host.Clock.GetTimestamp();
        var share = total == 0 ? 1 : (double)done / total;
        var full = (int)(share * Width);
        var text = string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Width - full)}] {share:0%}  {done} of {total}");
        host.Error.Write("\r" + text.PadRight(_length));
        _length = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Done()
    {
        if (_length > 0) host.Error.Write($"\r{new string(' ', _length)}\r");
    }
}
