using System.Text.Json.Nodes;
using Reeve.Contract.Blocks;
using Reeve.Core;

namespace Reeve.Server.Blocks;

/// <summary>A document with its type and the fields of its schema, which say what of its data is secret.</summary>
internal sealed record StoredBlockDocument(BlockDocument Document, RawJson SchemaFields)
{
    /// <summary>The data of this document alone.</summary>
    /// <param name="fernet">The cipher; null where there is no key.</param>
    /// <param name="includeSecrets">Show secrets as they are.</param>
    /// <param name="evenUnreadable">Take data that cannot be opened for empty, instead of refusing.</param>
    public JsonObject Open(Fernet? fernet, bool includeSecrets, bool evenUnreadable)
    {
        var data = evenUnreadable ? BlockCipher.TryUnseal(fernet, Document.Data) ?? [] : BlockCipher.Unseal(fernet, Document);
        if (!includeSecrets) BlockSecrets.Hide(data, BlockSecrets.Paths(BlockJson.Parse(SchemaFields)));
        return data;
    }
}
