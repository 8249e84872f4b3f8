namespace Reeve.Data.Schema;

/// <summary>One part of a <see cref="MigrationPlan"/>: done whole or not at all.</summary>
/// <param name="Name">What it does, for people.</param>
/// <param name="Statements">The SQL, in order, the record in <c>reeve_migration</c> included.</param>
/// <param name="Transactional">False where the statements must run one by one outside a transaction.</param>
public sealed record MigrationStep(string Name, IReadOnlyList<string> Statements, bool Transactional = true);
