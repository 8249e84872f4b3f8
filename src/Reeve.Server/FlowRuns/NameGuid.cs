using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Reeve.Server.FlowRuns;

/// <summary>Ids made of names, RFC 9562 version 5: the same name gives the same id everywhere.</summary>
internal static class NameGuid
{
    private static readonly byte[] UrlNamespace = new Guid("6ba7b811-9dad-11d1-80b4-00c04fd430c8").ToByteArray(bigEndian: true);

    /// <summary>The id of a name in the namespace of URLs.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Version 5 ids are defined by SHA-1; nothing is protected by it.")]
    public static Guid Url(string name)
    {
        var hash = SHA1.HashData([.. UrlNamespace, .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
