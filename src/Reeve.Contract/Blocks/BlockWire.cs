using System.Text.Json.Serialization;

namespace Reeve.Contract.Blocks;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BlockDocument))]
[JsonSerializable(typeof(BlockDocumentCreate))]
[JsonSerializable(typeof(BlockDocumentUpdate))]
[JsonSerializable(typeof(BlockSchema))]
[JsonSerializable(typeof(BlockSchemaCreate))]
[JsonSerializable(typeof(BlockType))]
[JsonSerializable(typeof(BlockTypeCreate))]
[JsonSerializable(typeof(BlockTypeUpdate))]
[JsonSerializable(typeof(List<BlockDocument>))]
[JsonSerializable(typeof(List<BlockSchema>))]
[JsonSerializable(typeof(List<BlockType>))]
internal sealed partial class BlockWire : JsonSerializerContext;
