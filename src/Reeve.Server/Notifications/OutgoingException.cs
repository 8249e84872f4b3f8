namespace Reeve.Server.Notifications;

/// <summary>A request could not be made or got no answer. The message names the host at most: addresses may hold secrets.</summary>
internal sealed class OutgoingException(string kind, string message) : Exception(message)
{
    /// <summary>The name of the error as messages print it.</summary>
    public string Kind { get; } = kind;

    public string Repr => $"{Kind}({Core.Python.PythonText.Repr(Message)})";
}
