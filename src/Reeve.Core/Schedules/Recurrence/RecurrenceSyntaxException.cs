namespace Reeve.Core.Schedules.Recurrence;

/// <summary>Why a recurrence text cannot be read; never leaves the folder.</summary>
internal sealed class RecurrenceSyntaxException(string reason) : Exception(reason);
