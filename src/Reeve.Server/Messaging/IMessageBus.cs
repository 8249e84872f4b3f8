namespace Reeve.Server.Messaging;

/// <summary>
/// Carries what was stored to those who watch, in this process and, where the engine can, in others. It is quick and not
/// reliable: whoever needs everything reads the database. Publishing never waits and never fails; what there is no room
/// for is dropped and counted.
/// </summary>
internal interface IMessageBus
{
    /// <summary>Whether publishing on the topic reaches anybody, so that messages need not be made for nobody.</summary>
    public bool IsWanted(string topic);

    /// <summary>Whether messages of other processes arrive here at present.</summary>
    public bool ReachesOthers { get; }

    public void Publish(string topic, IReadOnlyList<Message> messages);

    /// <summary>All messages of a topic from now on, in order.</summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="capacity">Messages that may wait; further ones are dropped.</param>
    /// <param name="arrived">Called when there are new ones; must be quick.</param>
    public MessageSubscription Subscribe(string topic, int capacity, Action arrived);
}
