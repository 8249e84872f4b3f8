namespace Reeve.Server.Messaging;

/// <summary>The topics of an <see cref="IMessageBus"/>.</summary>
internal static class Topics
{
    /// <summary>Events that were stored.</summary>
    public const string Events = "events";

    /// <summary>Log lines that were stored.</summary>
    public const string Logs = "logs";
}
