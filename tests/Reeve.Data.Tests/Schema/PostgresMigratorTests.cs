using Reeve.Testing;

namespace Reeve.Data.Tests.Schema;

public sealed class PostgresMigratorTests() : MigratorTests(DatabaseKind.Postgres);
