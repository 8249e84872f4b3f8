using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Reeve.Testing;

/// <summary>
/// A session whose process was held still while it sent a batch: PostgreSQL has run the first statement and waits for the next. It speaks the protocol itself, as
/// no driver stops there, and knows no passwords.
/// </summary>
public sealed class HalfSentBatch : IDisposable
{
    private readonly TcpClient client = new();

    private HalfSentBatch()
    {
    }

    /// <summary>Returns when the statement has run.</summary>
    /// <param name="connectionString">The server itself.</param>
    /// <param name="port">Its port, or that of a pooler before it.</param>
    /// <param name="name">The session's application_name.</param>
    /// <param name="statement">The statement.</param>
    public static async Task<HalfSentBatch> StartAsync(string connectionString, int port, string name, string statement)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var half = new HalfSentBatch();
        await half.client.ConnectAsync(settings.Host!, port);
        var stream = half.client.GetStream();
        await stream.WriteAsync(Message(null, [0, 3, 0, 0], $"user\0{settings.Username}\0database\0{settings.Database}\0application_name\0{name}\0\0"));
        var type = new byte[5];
        do
        {
            await stream.ReadExactlyAsync(type);
            await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(type.AsSpan(1)) - 4]);
        }
        while (type[0] != 'Z');
        // Parse, Bind, Execute, and no Sync.
        await stream.WriteAsync((byte[])[.. Message('P', [], $"\0{statement}\0\0\0"), .. Message('B', [], "\0\0\0\0\0\0\0\0"), .. Message('E', [], "\0\0\0\0\0")]);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var look = source.CreateCommand("select exists (select 1 from pg_stat_activity where application_name = $1 and state = 'active' and wait_event = 'ClientRead')");
        look.Parameters.Add(new NpgsqlParameter { Value = name });
        await Eventually.TrueAsync("half a batch", name, async () => (bool)(await look.ExecuteScalarAsync())!, "waiting for the rest");
        return half;
    }

    public void Dispose() => client.Dispose();

    private static byte[] Message(char? type, byte[] head, string text)
    {
        byte[] body = [.. head, .. Encoding.ASCII.GetBytes(text)];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length + 4);
        return type is { } known ? [(byte)known, .. length, .. body] : [.. length, .. body];
    }
}
