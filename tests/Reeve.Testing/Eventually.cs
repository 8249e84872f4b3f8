using System.Diagnostics;

namespace Reeve.Testing;

/// <summary>Waits for something to become true, in real time and never longer than a limit.</summary>
public static class Eventually
{
    /// <summary>The limit when none is given: far more than any passing test needs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads until <paramref name="done"/> accepts what was read, and returns that.</summary>
    /// <param name="phase">What the test is doing, such as "late run marking".</param>
    /// <param name="entity">What is looked at, such as "flow run 3f2a".</param>
    /// <param name="read">Reads it.</param>
    /// <param name="done">Whether this is what the test waits for.</param>
    /// <param name="expected">The same, in words.</param>
    /// <param name="limit">Real time; <see cref="Limit"/> when null.</param>
    /// <exception cref="TimeoutException">It did not come; the message says phase, entity, expected and the last value read.</exception>
    public static async Task<T> GetAsync<T>(
        string phase, string entity, Func<Task<T>> read, Func<T, bool> done, string expected, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(done);
        var start = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            var actual = await read();
            if (done(actual))
                return actual;
            if (Stopwatch.GetElapsedTime(start) > (limit ?? Limit))
                throw Expired(phase, entity, expected, $"{actual}", limit);
            await Task.Delay(pause, TimeProvider.System);
        }
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task TrueAsync(string phase, string entity, Func<Task<bool>> condition, string expected, TimeSpan? limit = null) =>
        GetAsync(phase, entity, condition, met => met, expected, limit);

    /// <summary>Waits for a task the test armed before it acted.</summary>
    public static async Task<T> WithinAsync<T>(Task<T> task, string phase, string entity, string expected, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        await WithinAsync((Task)task, phase, entity, expected, limit);
        return await task;
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(Task task, string phase, string entity, string expected, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (await Task.WhenAny(task, Task.Delay(limit ?? Limit, TimeProvider.System)) != task)
            throw Expired(phase, entity, expected, "it had not happened", limit);
        await task;
    }

    internal static TimeoutException Expired(string phase, string entity, string expected, string actual, TimeSpan? limit) =>
        new($"{phase}: {entity}: expected {expected}, but after {(limit ?? Limit).TotalSeconds:0.#} s it was: {actual}");
}
