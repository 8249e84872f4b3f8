using Reeve.Server.Filters;

namespace Reeve.Server.Tests.Filters;

/// <summary>How a search is read; what it finds in the databases is tested with the lists that have one.</summary>
public sealed class TextSearchTests
{
    [Theory]
    [InlineData("", "anything")]
    [InlineData(" \t\n ", "anything")]
    [InlineData("- ! +", "anything")]
    [InlineData("\"\" \"   \"", "anything")]
    [InlineData("error", "An ERROR there")]
    [InlineData("error warning", "warning")]
    [InlineData("error - debug", "debug")]
    [InlineData("error -debug", "error")]
    [InlineData("-debug", "error")]
    [InlineData("--term", "term")]
    [InlineData("!-term", "term")]
    [InlineData("task-run", "a task-run")]
    [InlineData("prefix-", "a prefix-x")]
    [InlineData("word!x value+y", "value+y")]
    [InlineData("+a +b", "b and a")]
    [InlineData("x +a", "a x")]
    [InlineData("\"connection timeout\"", "the Connection Timeout")]
    [InlineData("hello \"world again \"", "world again !")]
    [InlineData("-\"debug mode\"", "debug and mode")]
    [InlineData("+\"a b\" c", "c a b")]
    [InlineData("\"unclosed and more", "unclosed and more words")]
    [InlineData("\"with \\\"inner\\\" quotes\"", "with \"inner\" quotes")]
    [InlineData("\"a\\\\b\"", "a\\b")]
    [InlineData("\"path\\folder\"", "path\\folder")]
    [InlineData("error\\test", "error\\test")]
    [InlineData("\"phrase with \"inner\" quotes\"", "the inner")]
    [InlineData("\"\"error\"\"", "error")]
    [InlineData("\"error -debug\"", "error -debug")]
    [InlineData("'single quotes'", "it has quotes'")]
    [InlineData("errör 中文", "ERRÖR")]
    [InlineData("データ", "データベース")]
    public void It_finds(string query, string text) => Assert.True(TextSearch.Parse(query).Matches(text));

    [Theory]
    [InlineData("error", "err")]
    [InlineData("error -debug", "error debug")]
    [InlineData("-debug", "DEBUG")]
    [InlineData("!debug", "debug")]
    [InlineData("--term", "a -term")]
    [InlineData("+a +b", "only a")]
    [InlineData("x +a", "a only")]
    [InlineData("\"connection timeout\"", "connection and timeout")]
    [InlineData("-\"debug mode\"", "in debug mode")]
    [InlineData("'single quotes'", "single quotes")]
    [InlineData("\"error -debug\"", "error")]
    public void It_does_not_find(string query, string text) => Assert.False(TextSearch.Parse(query).Matches(text));
}
