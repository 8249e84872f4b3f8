using System.Numerics;
using System.Text;
using Reeve.Core.Python;

namespace Reeve.Core.Templates.Values;

/// <summary>Python's operators on values.</summary>
internal static class Arithmetic
{
    public static object? Apply(string symbol, object? left, object? right)
    {
        if (left is Undefined u)
            throw u.Error();
        if (symbol == "%" && left is string or Markup)
            return PythonFormat.Percent(Operations.AsText(left)!, right);
        if (right is Undefined v)
            throw v.Error();
        if (Operations.IsNumber(left) && Operations.IsNumber(right))
            return Numbers(symbol, Operations.Plain(left!), Operations.Plain(right!));
        return Others(symbol, left, right) ?? throw Unsupported(symbol, left, right);
    }

    private static TemplateRenderException Unsupported(string symbol, object? left, object? right)
    {
        if (symbol == "+" && left is string)
            return TemplateRenderException.Type($"can only concatenate str (not \"{Operations.TypeName(right)}\") to str");
        if (symbol == "+" && left is List<object?> or PythonTuple)
            return TemplateRenderException.Type($"can only concatenate {Operations.TypeName(left)} (not \"{Operations.TypeName(right)}\") to {Operations.TypeName(left)}");
        var shown = symbol == "**" ? "** or pow()" : symbol;
        return TemplateRenderException.Type($"unsupported operand type(s) for {shown}: '{Operations.TypeName(left)}' and '{Operations.TypeName(right)}'");
    }

    private static object? Others(string symbol, object? left, object? right)
    {
        switch (symbol, left, right)
        {
            case ("+", string a, string b): return Operations.Bounded(a + b);
            case ("+", Markup a, string or Markup): return new Markup(Operations.Bounded(a.Text + Markup.Escape(right).Text));
            case ("+", string a, Markup b): return new Markup(Operations.Bounded(Markup.EscapeText(a) + b.Text));
            case ("+", List<object?> a, List<object?> b): return Bounded([.. a, .. b]);
            case ("+", PythonTuple a, PythonTuple b): return new PythonTuple(Bounded([.. a.Items, .. b.Items]));
            case ("+", DateTimeOffset a, TimeSpan b): return Shift(a, b);
            case ("+", TimeSpan a, DateTimeOffset b): return Shift(b, a);
            case ("-", DateTimeOffset a, TimeSpan b): return Shift(a, -b);
            case ("-", DateTimeOffset a, DateTimeOffset b): return a - b;
            case ("+", DateOnly a, TimeSpan b): return a.AddDays(b.Days);
            case ("-", DateOnly a, TimeSpan b): return a.AddDays(-b.Days);
            case ("-", DateOnly a, DateOnly b): return TimeSpan.FromDays(a.DayNumber - b.DayNumber);
            case ("+", TimeSpan a, TimeSpan b): return Span(a.Ticks + (double)b.Ticks);
            case ("-", TimeSpan a, TimeSpan b): return Span(a.Ticks - (double)b.Ticks);
            case ("*", TimeSpan a, _) when Operations.IsNumber(right): return Span(a.Ticks * PythonNumber.ToDouble(right!));
            case ("*", _, TimeSpan b) when Operations.IsNumber(left): return Span(b.Ticks * PythonNumber.ToDouble(left!));
            case ("/", TimeSpan a, TimeSpan b): return Numbers("/", (double)a.Ticks, (double)b.Ticks);
            case ("/", TimeSpan a, _) when Operations.IsNumber(right): return Span((double)Numbers("/", (double)a.Ticks, Operations.Plain(right!))!);
            case ("*", _, long or bool or BigInteger): return Repeat(left, Operations.Index(right));
            case ("*", long or bool or BigInteger, _): return Repeat(right, Operations.Index(left));
            default: return null;
        }
    }

    private static List<object?> Bounded(List<object?> items) =>
        items.Count <= TemplateLimits.Steps ? items : throw TemplateRenderException.Overflow("List too long.");

    private static DateTimeOffset Shift(DateTimeOffset instant, TimeSpan span)
    {
        try
        {
            return instant + span;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw TemplateRenderException.Overflow("date value out of range");
        }
    }

    private static TimeSpan Span(double ticks) => Math.Abs(ticks) < long.MaxValue
        ? new TimeSpan((long)Math.Round(ticks / 10) * 10)
        : throw TemplateRenderException.Overflow("days out of range");

    private static object? Repeat(object? value, int times)
    {
        times = Math.Max(times, 0);
        var size = Operations.AsText(value)?.Length ?? (value as List<object?> ?? (value as PythonTuple)?.Items)?.Count ?? 0;
        if ((long)size * times > TemplateLimits.Characters)
            throw TemplateRenderException.Overflow($"Text too long. Templates can produce no more than {TemplateLimits.Characters} characters.");
        return value switch
        {
            string s => new StringBuilder().Insert(0, s, times).ToString(),
            Markup m => new Markup(new StringBuilder().Insert(0, m.Text, times).ToString()),
            List<object?> list => Enumerable.Range(0, times).SelectMany(_ => list).ToList(),
            PythonTuple tuple => new PythonTuple(Enumerable.Range(0, times).SelectMany(_ => tuple.Items).ToList()),
            _ => null,
        };
    }

    private static object? Numbers(string symbol, object left, object right)
    {
        if (symbol == "/")
            return Divide(PythonNumber.ToDouble(left), PythonNumber.ToDouble(right), left is double || right is double ? "float division by zero" : "division by zero");
        if (left is double || right is double)
            return Floats(symbol, PythonNumber.ToDouble(left), PythonNumber.ToDouble(right));
        var (a, b) = (PythonNumber.ToBig(left), PythonNumber.ToBig(right));
        if (symbol == "**")
            return Power(a, b);
        if (symbol is "//" or "%" && b.IsZero)
            throw new TemplateRenderException("ZeroDivisionError", symbol == "//" ? "integer division or modulo by zero" : "integer modulo by zero");
        var result = symbol switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "//" => Floor(a, b),
            _ => a - (Floor(a, b) * b),
        };
        return result.GetBitLength() <= TemplateLimits.IntegerBits ? PythonNumber.Normalize(result) : throw TemplateRenderException.Overflow("Number too big.");
    }

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return !rest.IsZero && (rest.Sign != b.Sign) ? quotient - 1 : quotient;
    }

    private static object Power(BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
            return a.IsZero ? throw new TemplateRenderException("ZeroDivisionError", "0.0 cannot be raised to a negative power") : Math.Pow((double)a, (double)b);
        if (b > int.MaxValue || (!a.IsZero && !a.IsOne && a != BigInteger.MinusOne && (a.GetBitLength() * (double)b) > TemplateLimits.IntegerBits))
            return a.IsZero || a.IsOne ? PythonNumber.Normalize(a) : throw TemplateRenderException.Overflow("Number too big.");
        return PythonNumber.Normalize(BigInteger.Pow(a, (int)b));
    }

    private static object? Floats(string symbol, double a, double b)
    {
        switch (symbol)
        {
            case "+": return a + b;
            case "-": return a - b;
            case "*": return a * b;
            case "//": return Math.Floor(Divide(a, b, "float floor division by zero"));
            case "%":
                if (b == 0)
                    throw new TemplateRenderException("ZeroDivisionError", "float modulo");
                var rest = a % b;
                return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
            default:
                if (a == 0 && b < 0)
                    throw new TemplateRenderException("ZeroDivisionError", "0.0 cannot be raised to a negative power");
                var power = Math.Pow(a, b);
                return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b)
                    ? throw new TemplateRenderException("OverflowError", "(34, 'Numerical result out of range')")
                    : power;
        }
    }

    private static double Divide(double a, double b, string fault) =>
        b == 0 ? throw new TemplateRenderException("ZeroDivisionError", fault) : a / b;

    public static object Negate(object? value, string symbol) => value switch
    {
        Undefined u => throw u.Error(),
        bool or long or BigInteger => symbol == "-" ? PythonNumber.Normalize(-PythonNumber.ToBig(value)) : Operations.Plain(value),
        double d => symbol == "-" ? -d : d,
        TimeSpan t => symbol == "-" ? -t : t,
        _ => throw TemplateRenderException.Type($"bad operand type for unary {symbol}: '{Operations.TypeName(value)}'"),
    };
}
