namespace Reeve.Seed;

/// <summary>How much of everything, and every value that can be computed from a number: ids, instants, choices.</summary>
public sealed class SeedPlan(double scale, ulong seed, DateTimeOffset now)
{
    private static readonly TimeSpan Span = TimeSpan.FromDays(180);

    // The installation makes twice as many runs after each of these. At scale 1 that ends in 150,000 flow runs a day.
    private static readonly TimeSpan Doubling = Span / 8;

    public DateTimeOffset Now { get; } = now;

    public int Flows { get; } = Math.Max(10, (int)(200 * Math.Sqrt(scale)));
    public int Deployments { get; } = Math.Max(40, (int)(2000 * Math.Sqrt(scale)));
    public int Pools => 4;
    public int Queues => 8;
    public int FlowRuns { get; } = Math.Max(100, (int)(5_000_000 * scale));

    /// <summary>Flow runs that are over or under way; those after them are scheduled for the days to come, and nothing is known of them but that.</summary>
    public int Begun => FlowRuns - FlowRuns / 60;
    public int TaskRuns => Begun * 4;
    public int Logs => Begun * 4;
    public int Events => Begun * 2;
    public int Artifacts => Begun / 10;

    /// <summary>Rows of the large tables, states and event resources among them.</summary>
    public long Rows => 2L * FlowRuns + 2L * TaskRuns + Logs + 3L * Events + Artifacts;

    /// <summary>The id of the n-th row of a table; random to the eye, the same in every run.</summary>
    public Guid Id(string table, int number)
    {
        var high = Hash(table, number);
        var low = Mix(high + 0x9E3779B97F4A7C15);
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, high);
        BitConverter.TryWriteBytes(bytes[8..], low);
        bytes[7] = (byte)(bytes[7] & 0x0F | 0x40);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes);
    }

    /// <summary>A number below <paramref name="below"/>, decided by what it is for.</summary>
    public int Pick(string what, int number, int below) => (int)(Hash(what, number) % (ulong)below);

    /// <summary>When the n-th flow run was or is expected. Half of what has begun is of the last eighth of the time.</summary>
    public DateTimeOffset RunTime(int number)
    {
        if (number >= Begun) return Now + TimeSpan.FromMinutes(1 + Pick("ahead", number, 4000));
        var share = (number + 0.5) / Begun;
        var oldest = Math.Pow(2, -(Span / Doubling));
        var at = Now + Doubling * Math.Log2(oldest + (1 - oldest) * share);
        return new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond + Pick("µs", number, 1000) * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    /// <summary>Few deployments make most of the runs.</summary>
    public int DeploymentOf(int run)
    {
        var share = Pick("deployment", run, 10_000) / 10_000.0;
        return (int)(share * share * Deployments);
    }

    public int FlowOf(int deployment) => deployment % Flows;

    public int QueueOf(int deployment) => deployment % Queues;

    private ulong Hash(string what, int number)
    {
        var hash = seed * 0x9E3779B97F4A7C15;
        foreach (var letter in what) hash = Mix(hash ^ letter);
        return Mix(hash ^ (uint)number);
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
