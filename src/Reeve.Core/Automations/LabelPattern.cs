namespace Reeve.Core.Automations;

/// <summary>What a label's value, or an event's name, must look like: a glob, negated by a leading <c>!</c>.</summary>
public sealed class LabelPattern
{
    private readonly string _glob;

    public LabelPattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        IsNegated = text.StartsWith('!');
        _glob = IsNegated ? text[1..] : text;
        IsExact = !IsNegated && !Glob.IsPattern(_glob);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public bool IsNegated { get; }

    /// <summary>Only this very text fits.</summary>
    public bool IsExact { get; }

    /// <summary>What every text that fits begins with; empty where nothing is known.</summary>
    public string LiteralPrefix
    {
        get
        {
            if (IsNegated) return "";
            var wild = _glob.AsSpan().IndexOfAny('*', '?', '[');
            return wild < 0 ? _glob : _glob[..wild];
        }
    }

    /// <summary>A value that is not there fits nothing, not even a negation.</summary>
    public bool Matches(string? value)
    {
        if (value is null) return false;
        if (IsExact) return string.Equals(_glob, value, StringComparison.Ordinal);
        return Glob.Matches(_glob, value) != IsNegated;
    }

    public override string ToString() => Text;
}
