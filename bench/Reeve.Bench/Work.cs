using System.Globalization;

namespace Reeve.Bench;

/// <summary>Prints time and allocation of what every request does in memory.</summary>
internal static class Work
{
    public static int Run(string? part)
    {
        foreach (var (name, body) in Bodies.All)
        {
            if (part is not null && !name.Contains(part, StringComparison.OrdinalIgnoreCase)) continue;
            var (nanoseconds, bytes) = Measure.Of(body, TimeSpan.FromSeconds(1));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {nanoseconds,9:0} ns {1e9 / nanoseconds,12:0} a second {bytes,8} bytes"));
        }
        return 0;
    }
}
