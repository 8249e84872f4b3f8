namespace Reeve.Server.Notifications;

/// <summary>What came back.</summary>
internal sealed record OutgoingAnswer(int Status, string Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
