using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

public class VersionTests
{
    [Theory]
    [InlineData("3.4.10", false)]
    [InlineData("3.4.11", true)]
    [InlineData("3.4.11rc1", false)]
    [InlineData("3.4.11.dev3", false)]
    [InlineData("3.4.11+2.gabc", true)]
    [InlineData("3.4.11.post1", true)]
    [InlineData("3.8.4.dev6+gabc", true)]
    [InlineData("3.10.0", true)]
    [InlineData("2.20.1", false)]
    public void Clients_renew_leases_since_3_4_11(string version, bool renews) =>
        Assert.Equal(renews, ClientVersion.TryParse(version)!.RenewsLeases);

    [Theory]
    [InlineData("prefect/3.6.1 (API 0.8.4)", "3.6.1")]
    [InlineData("prefect/3.6.1rc2 (API 0.8.4)", "3.6.1rc2")]
    [InlineData("prefect/3.6 (API 0.8.4)", null)]
    [InlineData("curl/8.0", null)]
    [InlineData(null, null)]
    public void The_user_agent_tells_the_client_version(string? userAgent, string? version) =>
        Assert.Equal(version, ClientVersion.FromUserAgent(userAgent)?.Text);

    [Theory]
    [InlineData("0.8.4", true)]
    [InlineData("0.8", false)]
    [InlineData("0.8.4.1", false)]
    [InlineData("a.b.c", false)]
    [InlineData("", false)]
    public void An_api_version_is_three_integers(string text, bool isOne) => Assert.Equal(isOne, ApiVersion.TryParse(text, out _));

    [Fact]
    public void Api_versions_are_compared_by_number() => Assert.True(new ApiVersion(0, 8, 10) > ApiVersion.Current);
}
