using System.Text.Json.Serialization.Metadata;
using Reeve.Generators.Tests.Rows;

namespace Reeve.Contract;

/// <summary>Stands in for the contract's entry to JSON, which generated mappers read JSON columns by.</summary>
internal static class ReeveJson
{
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)SampleWire.Default.GetTypeInfo(typeof(T))!;
}
