namespace Reeve.Load;

/// <summary>The n-th request of a client, both counted from 0.</summary>
internal readonly record struct Turn(int Client, int Round);
