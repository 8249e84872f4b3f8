using Reeve.Client.Http;
using Reeve.Contract.Blocks;

namespace Reeve.Client;

/// <summary>Block documents, read with their secrets.</summary>
public sealed class BlocksClient
{
    private readonly ApiConnection _connection;

    internal BlocksClient(ApiConnection connection) => _connection = connection;

    public Task<BlockDocument> ReadAsync(Guid id, CancellationToken cancel = default) =>
        _connection.GetAsync<BlockDocument>($"block_documents/{id}?include_secrets=true", cancel);

    public Task<BlockDocument> ReadByNameAsync(string typeSlug, string name, CancellationToken cancel = default) =>
        _connection.GetAsync<BlockDocument>(
            $"block_types/slug/{Uri.EscapeDataString(typeSlug)}/block_documents/name/{Uri.EscapeDataString(name)}?include_secrets=true", cancel);
}
