using Reeve.Settings.Sources;

namespace Reeve.Settings.Tests.Sources;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("export A = 1 ", "1")]
    [InlineData("# comment\n\n A=1\r\nB=2", "1")]
    [InlineData("A=1 # why", "1")]
    [InlineData("A=1#2", "1#2")]
    [InlineData("A=", "")]
    [InlineData("A= # nothing", "")]
    [InlineData("A=\"x # y\" # z", "x # y")]
    [InlineData("A='x ${B} \\n'", "x ${B} \\n")]
    [InlineData("A=\"x\\ty\\\"\"", "x\ty\"")]
    [InlineData("A=\"one\ntwo\"", "one\ntwo")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("C=5\nA=${C}0", "50")]
    [InlineData("A=${HOME}/x", "/home/me/x")]
    [InlineData("A=${NO:-y}z${NO}", "yz")]
    [InlineData("A=${open", "${open")]
    [InlineData("B\nA=1", "1")]
    [InlineData("\uFEFFA=1", "1")]
    [InlineData("A=postgresql://u:p@h/d?x=1", "postgresql://u:p@h/d?x=1")]
    public void Lines_are_read_as_shells_and_compose_read_them(string text, string expected) =>
        Assert.Equal(expected, DotEnvFile.Parse(text, new Dictionary<string, string> { ["HOME"] = "/home/me" })["A"]);
}
