using Reeve.Data;

namespace Reeve.Server.Automations.Triggers;

/// <summary>
/// The rows that something is decided on, each lot by a text that changes when they do. The texts are asked for ahead of the rows,
/// and required again when what was decided is written: then the rows are as they were, and held.
/// </summary>
internal sealed class Basis
{
    private readonly List<(Sql Query, DbResult<string?> Text)> _lots = [];

    /// <param name="batch">Reads the rows after this.</param>
    /// <param name="query">Gives one text, or null where there are no rows.</param>
    public void Ask(SqlBatch batch, Sql query) => _lots.Add((query, batch.One(query, static row => row.GetStringOrNull(0))));

    public void Require(SqlBatch batch)
    {
        foreach (var (query, text) in _lots) batch.Require($"coalesce(({query}), '') = {text.Value ?? "":text}");
    }
}
