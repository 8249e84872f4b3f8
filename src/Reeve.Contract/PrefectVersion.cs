namespace Reeve.Contract;

/// <summary>The server that this one stands for. Clients compare their own version with it and warn of a server that is older.</summary>
public static class PrefectVersion
{
    /// <summary>Of the package: what <c>/api/admin/version</c> answers and <c>prefect --version</c> prints.</summary>
    public const string Package = "3.8.4.dev6";

    /// <summary>Of the API.</summary>
    public const string Api = "0.8.4";
}
