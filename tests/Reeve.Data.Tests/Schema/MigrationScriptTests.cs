using Reeve.Data.Schema;

namespace Reeve.Data.Tests.Schema;

public sealed class MigrationScriptTests
{
    [Fact]
    public void A_semicolon_at_the_end_of_a_line_ends_a_statement_and_comments_are_dropped()
    {
        var script = MigrationScript.Parse("-- about it\ncreate table a (\n    x text default ';'\n);\n\n  -- more\ncreate index b on a (x);\n");

        Assert.Equal(["create table a (\n    x text default ';'\n)", "create index b on a (x)"], script.Statements);
        Assert.True(script.Transactional);
    }

    [Fact]
    public void A_first_line_can_ask_for_no_transaction() =>
        Assert.False(MigrationScript.Parse("-- transaction: none\nvacuum;\n").Transactional);

    [Fact]
    public void A_statement_without_its_end_is_refused() =>
        Assert.Contains("select 1", Assert.Throws<FormatException>(() => MigrationScript.Parse("select 1\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Both_dialects_have_the_same_migrations() => Assert.Equal(
        SchemaDialect.Postgres.Migrations.Own.Select(m => m.ToString()), SchemaDialect.Sqlite.Migrations.Own.Select(m => m.ToString()));

    [Fact]
    public void Our_own_migrations_name_only_what_is_ours()
    {
        foreach (var migration in SchemaDialect.Postgres.Migrations.Own.Concat(SchemaDialect.Sqlite.Migrations.Own))
        {
            foreach (var statement in migration.Up.Statements.Concat(migration.Down.Statements))
                Assert.Contains("reeve_", statement, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("0000_a.up.sql", "0000_a.down.sql", "0002_b.up.sql", "0002_b.down.sql", "0002_b.up.sql")]
    [InlineData("0000_a.up.sql", "0000_a.down.sql", "0001_b.up.sql", "0001_c.down.sql", "0001_b.up.sql")]
    [InlineData("0000_a.up.sql", "0000_a.down.sql", "0000_b.up.sql", "0000_b.down.sql", "0000_b.up.sql")]
    [InlineData("0000_a.up.sql", "0000_a.down.sql", "first.up.sql", "first.down.sql", "first.up.sql")]
    public void A_wrong_set_of_files_is_refused_by_name(string a, string b, string c, string d, string culprit)
    {
        var files = new[] { a, b, c, d }.ToDictionary(f => f, _ => "select 1;\n", StringComparer.Ordinal);
        files.Add("revisions.txt", "abc\n");

        var error = Assert.Throws<FormatException>(() => MigrationCatalogue.Create(files));

        Assert.Contains(culprit, error.Message, StringComparison.Ordinal);
    }
}
