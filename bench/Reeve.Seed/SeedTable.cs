using NpgsqlTypes;

namespace Reeve.Seed;

/// <summary>Rows of one table, made as they are asked for.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns, in the order of the values.</param>
/// <param name="Rows">The values of one row after the other.</param>
internal sealed record SeedTable(string Name, (string Name, NpgsqlDbType Type)[] Columns, IEnumerable<object?[]> Rows);
