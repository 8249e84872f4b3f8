using Reeve.Core.Automations;

namespace Reeve.Core.Tests.Automations;

public sealed class GlobTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "ab", false)]
    [InlineData("a*", "a", true)]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbbcd", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("?", "", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("[ab]c", "bc", true)]
    [InlineData("[!ab]c", "bc", false)]
    [InlineData("[!ab]c", "xc", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[]]", "]", true)]
    [InlineData("[a", "[a", true)]
    [InlineData("a.b", "axb", false)]
    public void A_pattern_covers_the_whole_text(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.Matches(pattern, text));

    [Theory]
    [InlineData("!a*", "b", true)]
    [InlineData("!a*", "ab", false)]
    [InlineData("!a", null, false)]
    [InlineData("a", null, false)]
    [InlineData("*", null, false)]
    [InlineData("a", "a", true)]
    public void A_label_that_is_not_there_fits_nothing(string pattern, string? value, bool expected) =>
        Assert.Equal(expected, new LabelPattern(pattern).Matches(value));

    [Fact]
    public void Stars_in_a_row_do_not_take_forever() =>
        Assert.False(Glob.Matches(string.Concat(Enumerable.Repeat("*a", 40)) + "b", new string('a', 20_000)));
}
