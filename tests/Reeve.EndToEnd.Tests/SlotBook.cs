using System.Globalization;
using Npgsql;
using Reeve.Testing;

namespace Reeve.EndToEnd.Tests;

/// <summary>
/// What the clients know of who holds which slots. A holder is entered once its slots are confirmed and struck out before it gives them
/// back: at no moment may more be entered than there are slots.
/// </summary>
internal sealed class SlotBook(IReadOnlyDictionary<string, int> limits)
{
    // Every limit with what it counts, and each lease on it: a task run's by the task run. One statement sees one moment.
    private const string Rows =
        """
        select l.name, l."limit", l.active_slots, case when h.holder_type = 'task_run' then h.holder_id else h.id end
        from concurrency_limit_v2 l left join reeve_concurrency_lease_limit m on m.limit_id = l.id left join reeve_concurrency_lease h on h.id = m.lease_id
        union all
        select c.tag, c.concurrency_limit, jsonb_array_length(c.active_slots), s.holder::uuid
        from concurrency_limit c left join lateral jsonb_array_elements_text(c.active_slots) s(holder) on true
        """;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Guid>> _holders = limits.Keys.ToDictionary(static name => name, static _ => new HashSet<Guid>());
    private readonly Dictionary<string, HashSet<Guid>> _counted = limits.Keys.ToDictionary(static name => name, static _ => new HashSet<Guid>());
    private readonly Dictionary<string, int> _doubtful = limits.Keys.ToDictionary(static name => name, static _ => 0);
    private readonly HashSet<Guid> _lapsed = [];

    /// <summary>The holder has a slot of each: by a lease, or by itself as a task run.</summary>
    public void Enter(Guid holder, IEnumerable<string> names) => Enter(_holders, holder, names);

    /// <summary>Slots that are only counted.</summary>
    public void EnterCounted(Guid holder, IEnumerable<string> names) => Enter(_counted, holder, names);

    /// <summary>The holder is about to give its slots back.</summary>
    public void Strike(Guid holder)
    {
        lock (_lock)
        {
            foreach (var each in _holders.Values) each.Remove(holder);
        }
    }

    /// <summary>A counted slot is about to be given back.</summary>
    public void StrikeCounted(Guid holder)
    {
        lock (_lock)
        {
            foreach (var each in _counted.Values) each.Remove(holder);
        }
    }

    /// <summary>The holder's lease is over: anybody may take its slots, and until somebody does it may be renewed.</summary>
    public void Lapse(Guid holder)
    {
        lock (_lock)
        {
            foreach (var each in _holders.Values) each.Remove(holder);
            _lapsed.Add(holder);
        }
    }

    /// <summary>A lapsed lease is known to be gone.</summary>
    public void Forget(Guid holder)
    {
        lock (_lock) _lapsed.Remove(holder);
    }

    /// <summary>A slot of each may be counted that nobody will give back.</summary>
    public void Doubt(IEnumerable<string> names)
    {
        lock (_lock)
        {
            foreach (var name in names) _doubtful[name]++;
        }
    }

    /// <summary>Compares with what the database holds, while nobody takes a step. The slots that are counted though nobody holds them, by limit.</summary>
    public async Task<Dictionary<string, int>> CompareAsync(TestDatabase database, string phase)
    {
        var rows = new List<(string Name, int Limit, int Active, Guid? Holder)>();
        await using (var connection = await database.OpenAsync())
        {
            await using var command = new NpgsqlCommand(Rows, (NpgsqlConnection)connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) rows.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetGuid(3)));
        }
        var (faults, left) = (new List<string>(), new Dictionary<string, int>());
        foreach (var limit in rows.GroupBy(static row => (row.Name, row.Limit, row.Active)))
        {
            var (name, most, active) = limit.Key;
            var stored = limit.Select(static row => row.Holder).OfType<Guid>().ToHashSet();
            var abandoned = active - stored.Count - _counted[name].Count;
            if (active > most) faults.Add(Fault($"{name}: {active} of {most} slots are taken"));
            if (abandoned < 0 || abandoned > _doubtful[name]) faults.Add(Fault($"{name}: {active} slots are counted, {stored.Count} are leased, {_counted[name].Count} to {_counted[name].Count + _doubtful[name]} are held without a lease"));
            foreach (var lost in _holders[name].Except(stored)) faults.Add(Fault($"{name}: {lost} was confirmed and is not there"));
            foreach (var stray in stored.Except(_holders[name]).Except(_lapsed)) faults.Add(Fault($"{name}: {stray} is there and nobody's"));
            _doubtful[name] = 0;
            if (abandoned > 0) left[name] = abandoned;
        }
        Assert.True(faults.Count == 0, $"{phase}:\n{string.Join('\n', faults)}");
        return left;
    }

    private void Enter(Dictionary<string, HashSet<Guid>> into, Guid holder, IEnumerable<string> names)
    {
        lock (_lock)
        {
            _lapsed.Remove(holder);
            foreach (var name in names)
            {
                into[name].Add(holder);
                var held = _holders[name].Count + _counted[name].Count;
                if (held > limits[name]) throw new InvalidOperationException(Fault($"{name}: {held} slots were given of {limits[name]}, the last to {holder}"));
            }
        }
    }

    private static string Fault(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
