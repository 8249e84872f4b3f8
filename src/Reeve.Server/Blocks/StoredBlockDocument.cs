using System.Text.Json.Nodes;
using Reeve.Contract.Blocks;
using Reeve.Core;

namespace Reeve.Server.Blocks;

/// <summary>A document with its type and the fields of its schema, which say what of its data is secret.</summary>
internal sealed record StoredBlockDocument(BlockDocument Document, RawJson SchemaFields)
{
    /// <summary>The data of this document alone.</summary>
    public JsonObject Open(Fernet? fernet, bool includeSecrets)
    {
        var data = BlockCipher.Unseal(fernet, Document.Data);
        if (!includeSecrets) BlockSecrets.Hide(data, BlockSecrets.Paths(BlockJson.Parse(SchemaFields)));
        return data;
    }
}
