using System.Text.Json;
using Reeve.Contract;
using Reeve.Core;

namespace Reeve.Server.Http;

/// <summary>A value as the JSON that a column or an event holds.</summary>
internal static class JsonText
{
    public static RawJson Of<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, ReeveJson.TypeInfo<T>()));
}
