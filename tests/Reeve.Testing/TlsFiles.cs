using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Reeve.Testing;

/// <summary>Certificates of the tests' own, in PEM files that servers and clients read: an authority, a server called localhost, a client.</summary>
public sealed class TlsFiles : IDisposable
{
    private readonly string directory;

    private TlsFiles(string directory) => this.directory = directory;

    /// <summary>Certificate of the authority that signed the others.</summary>
    public string Authority => Path.Combine(directory, "ca.pem");

    /// <summary>The server's certificate, for the name localhost and no address.</summary>
    public string Certificate => Path.Combine(directory, "server.pem");

    public string Key => Path.Combine(directory, "server.key");

    /// <summary>The client's certificate, for the user of the name given.</summary>
    public string ClientCertificate => Path.Combine(directory, "client.pem");

    public string ClientKey => Path.Combine(directory, "client.key");

    /// <param name="user">Whom the client's certificate names.</param>
    /// <param name="owner">The account whose process reads the server's files; null for this one's.</param>
    public static async Task<TlsFiles> CreateAsync(string user = "postgres", string? owner = null)
    {
        var directory = Directory.CreateTempSubdirectory("reeve-tls-").FullName;
        var files = new TlsFiles(directory);
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Reeve tests", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(from, to);
        await File.WriteAllTextAsync(files.Authority, authority.ExportCertificatePem());
        await WriteAsync(authority, "localhost", files.Certificate, files.Key, from, to);
        await WriteAsync(authority, user, files.ClientCertificate, files.ClientKey, from, to);
        if (owner is null || !Environment.IsPrivilegedProcess) return files;
        await Programs.RunAsync(["chmod", "711", directory]);
        await Programs.RunAsync(["chown", owner, files.Certificate, files.Key, files.Authority]);
        return files;
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static async Task WriteAsync(X509Certificate2 authority, string name, string file, string keyFile, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from.AddHours(1), until.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        // Servers refuse a key that others may read.
        await Programs.RunAsync(["chmod", "600", keyFile]);
    }
}
