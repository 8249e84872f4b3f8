namespace Reeve.Settings.Database;

/// <summary>How far a connection insists on TLS; the steps of libpq's sslmode.</summary>
public enum TlsMode
{
    Disable,
    Allow,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}
