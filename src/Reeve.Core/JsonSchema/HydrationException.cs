namespace Reeve.Core.JsonSchema;

/// <summary>Hydration failed and the caller wants no half-hydrated value; the message is the wire's.</summary>
public sealed class HydrationException(string message) : Exception(message);
