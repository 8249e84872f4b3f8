namespace Reeve.Contract.Admin;

public sealed class CsrfToken
{
    public Guid Id { get; set; }

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Updated { get; set; }

    public string Token { get; set; } = "";

    public string Client { get; set; } = "";

    public DateTimeOffset Expiration { get; set; }
}
