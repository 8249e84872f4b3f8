namespace Reeve.Generators.Rows;

/// <summary>One column: the property it fills, its name in SQL and the expression that reads it, with <c>{0}</c> for the ordinal.</summary>
internal sealed record RowColumn(string Property, string Sql, string Read);
