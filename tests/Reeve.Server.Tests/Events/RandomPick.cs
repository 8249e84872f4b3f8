namespace Reeve.Server.Tests.Events;

internal static class RandomPick
{
    /// <summary>One of several.</summary>
    public static T Pick<T>(this Random random, T[] from) => from[random.Next(from.Length)];
}
