namespace Reeve.Server.Notifications;

/// <summary>An HTTP request to a place outside, as a value.</summary>
internal sealed record OutgoingRequest(string Method, string Url)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Null: no body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Whether it may go to an address that is not public.</summary>
    public bool AllowPrivate { get; init; } = true;

    /// <summary>Whether the certificate of the other side must be good.</summary>
    public bool Verify { get; init; } = true;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Send again after an answer that says "later". Off where the answer is what the sender wants.</summary>
    public bool Retry { get; init; } = true;
}
