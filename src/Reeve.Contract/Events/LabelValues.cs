using System.Text.Json.Serialization;

namespace Reeve.Contract.Events;

/// <summary>One value of a label or several; sent back the way it came.</summary>
[JsonConverter(typeof(LabelValuesConverter))]
public sealed class LabelValues
{
    public LabelValues(string value) => Values = [value];

    public LabelValues(IReadOnlyList<string> values)
    {
        Values = values;
        IsList = true;
    }

    public IReadOnlyList<string> Values { get; }

    /// <summary>True when it is written as a list, also one of a single value.</summary>
    public bool IsList { get; }

    public static implicit operator LabelValues(string value) => new(value);
}
