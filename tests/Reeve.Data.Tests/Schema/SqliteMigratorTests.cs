using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

public sealed class SqliteMigratorTests() : MigratorTests(DatabaseKind.Sqlite);
