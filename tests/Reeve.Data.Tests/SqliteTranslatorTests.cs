using Reeve.Data.Sqlite;

namespace Reeve.Data.Tests;

public sealed class SqliteTranslatorTests
{
    [Theory]
    [InlineData("select $1::state_type", "select $1")]
    [InlineData("where a = any($1) and b", "where a in (select value from json_each($1)) and b")]
    [InlineData("where a = any($1::state_type[])", "where a in (select value from json_each($1))")]
    [InlineData("where a <> all($2)", "where a not in (select value from json_each($2))")]
    [InlineData("select 1 from t for update skip locked", "select 1 from t ")]
    [InlineData("(select 1 from t for update)", "(select 1 from t )")]
    [InlineData("where name ilike $1", "where name like $1")]
    [InlineData("select ':: = any(' || \"::x\"", "select ':: = any(' || \"::x\"")]
    public void Regular_differences_are_turned_around_and_nothing_else(string postgres, string sqlite) =>
        Assert.Equal(sqlite, SqliteTranslator.Translate(postgres));

    [Fact]
    public void Parameters_are_numbered_across_spliced_fragments()
    {
        Sql inner = $"b = {1} or c = {"x"}";
        Sql outer = $"a = {2} and ({inner}) and d = {true}";

        Assert.Equal("a = $1 and (b = $2 or c = $3) and d = $4", outer.Render());
    }
}
