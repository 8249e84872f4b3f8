using System.Globalization;

namespace Reeve.Seed;

/// <summary>One line that tells how far it is and how fast.</summary>
internal sealed class ProgressBar(TextWriter output, long total, TimeProvider clock)
{
    private const int Width = 30;

    private readonly long _started = clock.GetTimestamp();
    private long _shown;
    private long _rows;

    /// <summary>So many rows of a table were written since the last call.</summary>
    public void Report(string table, long rows)
    {
        _rows += rows;
        var seconds = clock.GetElapsedTime(_started).TotalSeconds;
        if (clock.GetElapsedTime(_shown).TotalMilliseconds < 200) return;
        _shown = clock.GetTimestamp();
        var share = Math.Min(1, (double)_rows / total);
        var done = (int)(share * Width);
        output.Write(string.Create(CultureInfo.InvariantCulture,
            $"\r[{new string('#', done)}{new string('.', Width - done)}] {share,4:0%} {_rows / Math.Max(seconds, 0.001),9:0} rows/s  {table,-20}"));
    }

    public void Done() =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\r{_rows} rows in {clock.GetElapsedTime(_started).TotalSeconds:0} s{new string(' ', Width + 30)}"));
}
