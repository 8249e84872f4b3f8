namespace Reeve.Data.Tests;

public sealed class EnumWordsTests
{
    [Fact]
    public void Words_stand_in_the_text_once_each_and_in_order()
    {
        static string Text(Predicate where) => where.ToSql().Render();

        Assert.Contains("t.state in ('A', 'B_C')", Text(new Predicate().AnyEnum("t.state", ["B_C", "A", "B_C"])), StringComparison.Ordinal);
        Assert.Contains("t.state = 'A'", Text(new Predicate().AnyEnum("t.state", ["A"])), StringComparison.Ordinal);
        Assert.Contains("false", Text(new Predicate().AnyEnum("t.state", [])), StringComparison.Ordinal);
        Assert.Contains("t.state not in ('A')", Text(new Predicate().NotAnyEnum("t.state", ["A"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A' or '1'='1")]
    [InlineData("a")]
    [InlineData("A B")]
    public void Anything_but_a_word_is_refused(string other) =>
        Assert.Throws<ArgumentException>(() => new Predicate().AnyEnum("t.state", ["A", other]));
}
