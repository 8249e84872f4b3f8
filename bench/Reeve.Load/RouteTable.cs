using System.Globalization;
using System.Text.Json;

namespace Reeve.Load;

/// <summary>Figures as a table for people or as JSON for programs.</summary>
internal static class RouteTable
{
    private const int Widest = 150;

    public static void Write(IReadOnlyList<RouteFigures> figures, TextWriter output)
    {
        var width = Math.Min(Widest, figures.Max(static each => each.Route.Length));
        output.WriteLine($"{"route".PadRight(width)} {"requests",9} {"per CPU-s",9} {"db ms",8} {"p50 ms",9} {"p95 ms",9} {"p99 ms",9} {"errors",7}");
        foreach (var each in figures)
        {
            var route = each.Route.Length > width ? each.Route[..(width - 1)] + "…" : each.Route.PadRight(width);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{route} {each.Requests,9} {each.PerCpuSecond,9:0} {each.DatabaseMilliseconds,8:0.00} {each.P50,9:0.00} {each.P95,9:0.00} {each.P99,9:0.00} {each.Errors,7}"));
        }
    }

    public static void WriteJson(IReadOnlyList<RouteFigures> figures, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (var each in figures)
        {
            writer.WriteStartObject();
            writer.WriteString("route", each.Route);
            writer.WriteNumber("requests", each.Requests);
            if (each.PerCpuSecond is { } rate) writer.WriteNumber("requests_per_cpu_second", Math.Round(rate));
            else writer.WriteNull("requests_per_cpu_second");
            if (each.DatabaseMilliseconds is { } database) writer.WriteNumber("database_cpu_ms", Math.Round(database, 2));
            else writer.WriteNull("database_cpu_ms");
            writer.WriteNumber("p50_ms", Math.Round(each.P50, 2));
            writer.WriteNumber("p95_ms", Math.Round(each.P95, 2));
            writer.WriteNumber("p99_ms", Math.Round(each.P99, 2));
            writer.WriteNumber("errors", each.Errors);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
