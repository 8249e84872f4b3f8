using System.Globalization;
using System.Text.Json;
using Reeve.Contract.Json;

namespace Reeve.Contract.OpenApi;

/// <summary>A number, whole or not, within bounds. Text that is a number is taken for one.</summary>
internal sealed class NumberNode(bool whole, double? least, double? most, double? above) : SchemaNode
{
    public override bool Check(ref Utf8JsonReader reader, ValidationWalk walk)
    {
        double value;
        if (whole)
        {
            if (!WireNumber.TryReadInteger(ref reader, out var number)) return walk.Refuse(ref reader, "int_type", "This must be a whole number.");
            value = number;
        }
        else if (!WireNumber.TryReadReal(ref reader, out value))
        {
            return walk.Refuse(ref reader, "float_type", "This must be a number.");
        }
        if (least > value) return walk.Refuse(ref reader, "greater_than_equal", $"This must be {Text(least)} or more.");
        if (most < value) return walk.Refuse(ref reader, "less_than_equal", $"This must be {Text(most)} or less.");
        return !(above >= value) || walk.Refuse(ref reader, "greater_than", $"This must be more than {Text(above)}.");
    }

    private static string Text(double? value) => value!.Value.ToString(CultureInfo.InvariantCulture);
}
