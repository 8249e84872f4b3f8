using System.Text.Json.Serialization;

namespace Reeve.Contract.SavedSearches;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<SavedSearch>))]
[JsonSerializable(typeof(SavedSearch))]
[JsonSerializable(typeof(SavedSearchCreate))]
[JsonSerializable(typeof(SavedSearchFilterRequest))]
internal sealed partial class SavedSearchWire : JsonSerializerContext;
