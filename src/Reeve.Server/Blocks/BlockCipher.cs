using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Contract.Blocks;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Http;
using Reeve.Settings.Views;

namespace Reeve.Server.Blocks;

/// <summary>
/// Encrypts and decrypts the data of block documents with the key of the setting or, where there is none, with one kept
/// in the table <c>configuration</c>, which is made when it is first needed.
/// </summary>
internal sealed class BlockCipher(Db db, ServerSettings settings)
{
    private const string Key = "ENCRYPTION_KEY";

    private readonly Fernet? _ofSetting = settings.EncryptionKey is { Length: > 0 } key ? new Fernet(key) : null;

    /// <summary>Adds the reading of the key to a batch; the answer goes to <see cref="Open"/>. Null: the key is in the settings.</summary>
    public DbResult<string?>? Ask(SqlBatch batch) =>
        _ofSetting is null ? batch.One($"select value from configuration where key = {Key}", static row => KeyOf(row.GetJson(0))) : null;

    /// <summary>The cipher once the batch has run; null when no key was ever made, so nothing was ever encrypted.</summary>
    public Fernet? Open(DbResult<string?>? asked) => _ofSetting ?? (asked?.Value is { } key ? new Fernet(key) : null);

    /// <summary>The cipher, with a new key where there is none. Of processes that make one at once, one wins and all use it.</summary>
    public async Task<Fernet> OpenOrCreateAsync(DbResult<string?>? asked, DateTimeOffset now, CancellationToken cancel)
    {
        if (Open(asked) is { } fernet) return fernet;
        var value = BlockJson.ToRaw(new JsonObject { ["fernet_key"] = Fernet.NewKey() });
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into configuration (id, created, updated, key, value) values ({Guid.NewGuid()}, {now}, {now}, {Key}, {value})
            on conflict (key) do nothing
            """);
        var stored = Ask(batch)!;
        await db.WriteAsync(batch, cancel);
        return Open(stored)!;
    }

    public static RawJson Seal(Fernet fernet, JsonObject data, DateTimeOffset now) =>
        BlockJson.ToRaw(JsonValue.Create(fernet.Encrypt(BlockJson.ToRaw(data).Utf8.Span, now)));

    /// <exception cref="ApiException">409: the data was encrypted with a key that this server does not have.</exception>
    public static JsonObject Unseal(Fernet? fernet, BlockDocument document) =>
        TryUnseal(fernet, document.Data) ?? throw ApiException.Detail(409,
            $"Block document '{document.Name}' ({document.Id}) was encrypted with another key. Set PREFECT_SERVER_ENCRYPTION_KEY to the key it was written with, or delete it.");

    /// <summary>The data; null where the key does not fit, or the one that fitted is lost.</summary>
    public static JsonObject? TryUnseal(Fernet? fernet, RawJson stored)
    {
        if (stored.IsNull) return [];
        if (fernet is null) return null;
        try
        {
            using var token = JsonDocument.Parse(stored.Utf8);
            // Somebody else's row, never encrypted at all.
            if (token.RootElement.ValueKind != JsonValueKind.String) return null;
            return BlockJson.Parse(fernet.Decrypt(token.RootElement.GetString()!));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? KeyOf(RawJson value) => BlockJson.Text(BlockJson.Parse(value)["fernet_key"]);
}
