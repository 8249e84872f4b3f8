using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Server.Blocks;

/// <summary>
/// Fernet tokens, the form in which Prefect's tables keep block data: version, time, AES-128-CBC and HMAC-SHA256, in
/// URL-safe base64. See https://github.com/fernet/spec.
/// </summary>
internal sealed class Fernet
{
    private const byte Version = 0x80;
    private const int BlockSize = 16;
    private const int HeaderSize = 1 + sizeof(long) + BlockSize;
    private const int MacSize = 32;

    private readonly byte[] _signing;
    private readonly byte[] _encryption;

    /// <param name="key">32 bytes in URL-safe base64.</param>
    /// <exception cref="FormatException">The key is not that.</exception>
    public Fernet(string key)
    {
        var bytes = Decode(key.Trim());
        if (bytes.Length != 2 * BlockSize) throw new FormatException("The encryption key must be 32 bytes in URL-safe base64.");
        _signing = bytes[..BlockSize];
        _encryption = bytes[BlockSize..];
    }

    public static string NewKey() => Encode(RandomNumberGenerator.GetBytes(2 * BlockSize));

    public string Encrypt(ReadOnlySpan<byte> text, DateTimeOffset now)
    {
        using var aes = Aes.Create();
        aes.Key = _encryption;
        var iv = RandomNumberGenerator.GetBytes(BlockSize);
        var cipher = aes.EncryptCbc(text, iv);
        var token = new byte[HeaderSize + cipher.Length + MacSize];
        token[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(1), now.ToUnixTimeSeconds());
        iv.CopyTo(token, 1 + sizeof(long));
        cipher.CopyTo(token, HeaderSize);
        HMACSHA256.HashData(_signing, token.AsSpan(0, token.Length - MacSize), token.AsSpan(token.Length - MacSize));
        return Encode(token);
    }

    /// <exception cref="CryptographicException">The token is not one of this key.</exception>
    public byte[] Decrypt(string token)
    {
        byte[] bytes;
        try
        {
            bytes = Decode(token);
        }
        catch (FormatException error)
        {
            throw new CryptographicException("Not a Fernet token.", error);
        }
        if (bytes.Length < HeaderSize + BlockSize + MacSize || bytes[0] != Version) throw new CryptographicException("Not a Fernet token.");
        var signed = bytes.AsSpan(0, bytes.Length - MacSize);
        Span<byte> mac = stackalloc byte[MacSize];
        HMACSHA256.HashData(_signing, signed, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes.AsSpan(signed.Length)))
        {
            throw new CryptographicException("The token was made with another key.");
        }
        using var aes = Aes.Create();
        aes.Key = _encryption;
        return aes.DecryptCbc(signed[HeaderSize..], signed.Slice(1 + sizeof(long), BlockSize));
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    private static byte[] Decode(string text) => Convert.FromBase64String(new StringBuilder(text).Replace('-', '+').Replace('_', '/').ToString());
}
