using System.Security.Cryptography;
using Reeve.Contract.Admin;
using Reeve.Data;

namespace Reeve.Server.Admin;

/// <summary>The tokens that browsers' changes carry; one a client, the newest.</summary>
internal sealed class CsrfTokenStore(Db db)
{
    private const int Bytes = 32;

    public async Task<CsrfToken> IssueAsync(string client, TimeSpan lifetime, DateTimeOffset now, CancellationToken cancel)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var batch = new SqlBatch();
        batch.Execute($"delete from csrf_token where expiration <= {now}");
        var stored = batch.One(
            $"""
            insert into csrf_token (id, created, updated, token, client, expiration)
            values ({Guid.NewGuid()}, {now}, {now}, {token}, {client}, {now + lifetime})
            on conflict (client) do update set token = excluded.token, expiration = excluded.expiration, updated = excluded.updated
            returning {new SqlText(CsrfTokenRow.Columns("csrf_token"))}
            """,
            static row => CsrfTokenRow.Read(row));
        await db.WriteAsync(batch, cancel);
        return stored.Value!;
    }
}
