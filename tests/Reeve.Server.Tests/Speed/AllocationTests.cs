using System.Globalization;
using Reeve.Bench;

namespace Reeve.Server.Tests.Speed;

/// <summary>What every request does in memory allocates no more than bench/allocations.tsv says. Time is never judged here.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Nothing_allocates_more_than_the_table_says()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "allocations.tsv");
        var table = File.ReadAllLines(path).Skip(1).Select(static line => line.Split('\t')).ToDictionary(static row => row[0], static row => long.Parse(row[1], CultureInfo.InvariantCulture));
        var measured = Bodies.All.Select(static each => (each.Name, Bytes: Measure.Bytes(each.Body))).ToList();
        var lines = string.Join('\n', measured.Select(static each => $"{each.Name}\t{each.Bytes}"));

        Assert.True(measured.Select(static each => each.Name).ToHashSet().SetEquals(table.Keys), $"bench/allocations.tsv must have these lines:\n{lines}");
        // A tenth more is within what another build of the runtime may need.
        var above = measured.Where(each => each.Bytes > table[each.Name] * 1.1 + 32).Select(each => $"{each.Name}: {each.Bytes} bytes, the table says {table[each.Name]}").ToList();
        Assert.True(above.Count == 0, string.Join('\n', above));
    }
}
