using CsCheck;
using Reeve.Server.WorkPools.Queues;

namespace Reeve.Server.Tests.WorkPools;

public sealed class QueuePrioritiesTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("1", 2)]
    [InlineData("2,1", 3)]
    [InlineData("1,3", 2)]
    [InlineData("2,3", 1)]
    [InlineData("1,1,3", 2)]
    public void A_new_queue_takes_the_first_free_rank(string taken, int expected) =>
        Assert.Equal(expected, QueuePriorities.Free(taken.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)));

    [Theory]
    [InlineData("default 1,a 2,d 3,c 4", "e", 1, "e 1,default 2,a 3,d 4,c 5")]
    [InlineData("e 1,default 2,a 3,d 4,c 5", "f", 20, "e 1,default 2,a 3,d 4,c 5,f 20")]
    [InlineData("e 1,default 2,a 3,d 4,c 5,f 20", "f", 2, "e 1,f 2,default 3,a 4,d 5,c 6")]
    [InlineData("e 1,f 2,default 3,a 4,d 5,c 6", "e", 9, "f 2,default 3,a 4,d 5,c 6,e 9")]
    [InlineData("a 1,b 2,c 4", "c", 1, "c 1,a 2,b 3")]
    public void Who_holds_a_taken_rank_steps_back_until_there_is_a_gap(string before, string moved, int priority, string after)
    {
        var queues = before.Split(',').Select(static text => text.Split(' ')).ToDictionary(static part => part[0], static part => int.Parse(part[1]));
        var ids = queues.Keys.Append(moved).Distinct(StringComparer.Ordinal).ToDictionary(static name => name, static _ => Guid.NewGuid());

        var changes = QueuePriorities.Shift(queues.Select(queue => (ids[queue.Key], queue.Value)), ids[moved], priority);

        queues[moved] = priority;
        foreach (var (id, rank) in changes) queues[ids.Single(name => name.Value == id).Key] = rank;
        Assert.Equal(after, string.Join(',', queues.OrderBy(static queue => queue.Value).Select(static queue => $"{queue.Key} {queue.Value}")));
    }

    [Fact]
    public void Ranks_stay_unique_and_in_order() =>
        Gen.Select(Gen.Int[1, 12].HashSet[1, 8], Gen.Int[1, 14]).Sample((ranks, priority) =>
        {
            var queues = ranks.Order().Select(static rank => (Id: Guid.NewGuid(), Priority: rank)).ToList();
            var after = queues.ToDictionary(static queue => queue.Id, static queue => queue.Priority);
            foreach (var (id, rank) in QueuePriorities.Shift(queues, Guid.NewGuid(), priority)) after[id] = rank;
            var order = queues.ConvertAll(queue => after[queue.Id]);
            return order.Append(priority).Distinct().Count() == order.Count + 1 && order.SequenceEqual(order.Order());
        });
}
