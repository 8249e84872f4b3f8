using System.Text.Json;
using System.Text.Json.Serialization;
using Reeve.Contract.Ui;
using Reeve.Core;

namespace Reeve.Contract.Json;

/// <summary>Plain values that requests and responses consist of, and the maps that belong to no feature.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(Guid?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(TimeSpan?))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RawJson?))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(List<Guid>))]
[JsonSerializable(typeof(List<RawJson>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, RawJson>))]
[JsonSerializable(typeof(Dictionary<string, SimpleNextFlowRun?>))]
internal sealed partial class CommonWire : JsonSerializerContext;
