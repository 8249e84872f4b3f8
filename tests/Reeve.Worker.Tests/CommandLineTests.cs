using Reeve.Worker.Process;

namespace Reeve.Worker.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("sh -c 'echo \"x y\"'", "sh|-c|echo \"x y\"")]
    [InlineData("a \"b \\\" c\" ''", "a|b \" c|")]
    [InlineData("a\\ b c'd'\"e\"", "a b|cde")]
    [InlineData("\"\\n\"", "\\n")]
    public void A_command_is_split_as_a_shell_would(string text, string words) => Assert.Equal(words.Split('|'), CommandLine.Split(text));

    [Theory]
    [InlineData("echo 'a")]
    [InlineData("echo \"a")]
    public void A_quote_without_end_is_refused(string text) => Assert.Throws<FormatException>(() => CommandLine.Split(text));
}
