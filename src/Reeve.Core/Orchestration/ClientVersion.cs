using System.Globalization;
using System.Text.RegularExpressions;

namespace Reeve.Core.Orchestration;

/// <summary>The version of the Prefect client that calls, from its user agent.</summary>
public sealed partial record ClientVersion
{
    private static readonly (int Major, int Minor, int Patch) FirstWithLeases = (3, 4, 11);

    private readonly (int Major, int Minor, int Patch) release;
    private readonly bool isPreRelease;

    private ClientVersion(string text, (int Major, int Minor, int Patch) release, bool isPreRelease)
    {
        Text = text;
        this.release = release;
        this.isPreRelease = isPreRelease;
    }

    /// <summary>The version as the client wrote it.</summary>
    public string Text { get; }

    /// <summary>The client renews the lease on its deployment's slot while it runs. A pre-release comes before its release.</summary>
    public bool RenewsLeases
    {
        get
        {
            var order = release.CompareTo(FirstWithLeases);
            return order > 0 || (order == 0 && !isPreRelease);
        }
    }

    /// <summary>A worker of this version takes the deployment's slot itself.</summary>
    public bool WorkerTakesDeploymentSlot => Text is "3.0.0rc20" or "3.0.0" or "3.0.1" or "3.0.2" or "3.0.3";

    /// <summary>The client's version, or null if the user agent does not tell one.</summary>
    public static ClientVersion? FromUserAgent(string? userAgent)
    {
        var match = userAgent is null ? Match.Empty : UserAgentPattern().Match(userAgent);
        return match.Success ? TryParse(match.Groups["version"].Value) : null;
    }

    /// <summary>Reads a version such as <c>3.4.11</c>, <c>3.4.11rc1</c> or <c>3.4.11.dev2+gabc</c>; null if it is none.</summary>
    public static ClientVersion? TryParse(string text)
    {
        var match = VersionPattern().Match(text);
        if (!match.Success
            || !int.TryParse(match.Groups["major"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(match.Groups["minor"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            || !int.TryParse(match.Groups["patch"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var patch))
        {
            return null;
        }

        return new ClientVersion(text, (major, minor, patch), match.Groups["pre"].Success);
    }

    public override string ToString() => Text;

    [GeneratedRegex(@"^prefect/(?<version>\d+\.\d+\.\d+(?:[a-z.+0-9]+)?) \(API \S+\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserAgentPattern();

    [GeneratedRegex(@"^(?<major>[0-9]+)\.(?<minor>[0-9]+)\.(?<patch>[0-9]+)(?:\.?post[0-9]*|(?<pre>\.?(?:a|b|c|rc|alpha|beta|pre|dev)[0-9.a-z]*)|(?:\.[0-9]+)*)?(?:\+[a-z0-9.]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}
