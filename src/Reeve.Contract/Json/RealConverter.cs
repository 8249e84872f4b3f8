using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reeve.Contract.Json;

/// <summary>A float, written with a fraction even when it is whole.</summary>
internal sealed class RealConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => WireNumber.ReadReal(ref reader);

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        => WireNumber.WriteReal(writer, value);
}
