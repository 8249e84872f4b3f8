using System.Text;

namespace Reeve.Worker.Process;

/// <summary>Cuts a stream of bytes into lines as they arrive, whatever the bytes are.</summary>
internal static class LineReader
{
    /// <summary>Calls <paramref name="line"/> for each line without its end, until the stream ends. A line longer than <paramref name="longest"/> bytes comes in pieces.</summary>
    public static async Task ReadAsync(Stream stream, int longest, Action<string> line)
    {
        var buffer = new byte[4096];
        var held = 0;
        while (true)
        {
            if (held == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, longest));
            int read;
            try
            {
                read = await stream.ReadAsync(buffer.AsMemory(held));
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                read = 0;
            }

            if (read == 0) break;
            held += read;
            held = Emit(buffer, held, longest, line);
        }

        if (held > 0) line(Text(buffer.AsSpan(0, held)));
    }

    private static int Emit(byte[] buffer, int held, int longest, Action<string> line)
    {
        var start = 0;
        while (true)
        {
            var rest = buffer.AsSpan(start, held - start);
            var end = rest.IndexOf((byte)'\n');
            if (end >= 0)
            {
                line(Text(rest[..end]));
                start += end + 1;
            }
            else if (rest.Length >= longest)
            {
                line(Text(rest));
                start = held;
            }
            else
            {
                rest.CopyTo(buffer);
                return rest.Length;
            }
        }
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line is [.. var text, (byte)'\r'] ? text : line);
}
