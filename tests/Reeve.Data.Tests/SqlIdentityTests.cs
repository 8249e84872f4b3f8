using Reeve.Core;

namespace Reeve.Data.Tests;

/// <summary>Statements have one identity when, and only when, they ask the same.</summary>
public sealed class SqlIdentityTests
{
    [Fact]
    public void The_same_question_has_the_same_identity()
    {
        static Sql Ask() => Of($"select {1} where a = any({(string[])["x", "y"]}) and b = {RawJson.Parse("{}")}");
        Assert.Equal(Ask().Identity(), Ask().Identity());
    }

    [Fact]
    public void Another_question_has_another()
    {
        var instant = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Sql[] all =
        [
            $"select 1", $"select {1}", $"select {2}", $"select {(int?)null}", $"select {""}", $"select {"1:2"}", $"select {(string[])["ab", "c"]}",
            $"select {(string[])["a", "bc"]}", $"select {(string[])["a1:b", "c"]}", $"select {(string[])[]}", $"select {RawJson.Parse("[1]")}", $"select {RawJson.Parse("[2]")}",
            $"select {instant}", $"select {instant.AddTicks(10)}", $"select {"a"}, {"b"}", $"select {"a1:b"}, {""}", $"select {""}, {"a1:b"}",
        ];
        Assert.Equal(all.Length, all.Select(static one => one.Identity()).Distinct().Count());
    }

    private static Sql Of(Sql sql) => sql;
}
