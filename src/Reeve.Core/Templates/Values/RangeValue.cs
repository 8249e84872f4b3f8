using System.Globalization;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

internal sealed class RangeValue(long start, long stop, long step) : IPythonObject
{
    public IReadOnlyList<object?> Items { get; } = Expand(start, stop, step);

    public string Repr() => step == 1
        ? string.Create(CultureInfo.InvariantCulture, $"range({start}, {stop})")
        : string.Create(CultureInfo.InvariantCulture, $"range({start}, {stop}, {step})");

    private static List<object?> Expand(long start, long stop, long step)
    {
        if (step == 0)
            throw TemplateRenderException.Value("range() arg 3 must not be zero");
        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var count = distance <= 0 ? 0 : (distance + Int128.Abs(step) - 1) / Int128.Abs(step);
        if (count > TemplateLimits.Range)
            throw TemplateRenderException.Overflow($"Range too big. The sandbox blocks ranges larger than MAX_TEMPLATE_RANGE={TemplateLimits.Range}.");
        var items = new List<object?>((int)count);
        for (var i = 0; i < (int)count; i++)
            items.Add(start + (i * step));
        return items;
    }
}
