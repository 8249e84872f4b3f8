using Reeve.Core.Python;

namespace Reeve.Server.Notifications;

/// <summary>A notification block lacks something, or has something wrong.</summary>
internal sealed class NotificationInvalidException(string message) : Exception(message)
{
    public string Repr => $"ValueError({PythonText.Repr(Message)})";
}
