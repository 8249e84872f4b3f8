using Reeve.Contract.Blocks;
using Reeve.Contract.Events;
using Reeve.Server.Events;

namespace Reeve.Server.Blocks;

/// <summary>What is told of block types: snapshots, see events.md §11.5.</summary>
internal static class BlockTypeEvents
{
    private const string Kind = "prefect.block-type";

    public static Event Created(BlockType type, DateTimeOffset now) => Of("created", type, now);

    public static Event Updated(BlockType type, DateTimeOffset now) => Of("updated", type, now);

    public static Event Deleted(BlockType type, DateTimeOffset now) => Of("deleted", type, now);

    private static Event Of(string what, BlockType type, DateTimeOffset now)
    {
        var told = EventDraft.Of($"{Kind}.{what}", Kind, type.Id, type.Name, now);
        told.Payload = EventPayload.Write(writer =>
        {
            writer.WriteString("name", type.Name);
            writer.WriteString("slug", type.Slug);
            writer.WriteString("logo_url", type.LogoUrl);
            writer.WriteString("documentation_url", type.DocumentationUrl);
            writer.WriteString("description", type.Description);
            writer.WriteString("code_example", type.CodeExample);
            writer.WriteBoolean("is_protected", type.IsProtected);
        });
        return told;
    }
}
