using System.Globalization;

namespace Reeve.Core.Orchestration;

/// <summary>The API version a caller speaks, from <c>X-PREFECT-API-VERSION</c>.</summary>
public readonly record struct ApiVersion(int Major, int Minor, int Patch) : IComparable<ApiVersion>
{
    /// <summary>The version this server speaks.</summary>
    public static readonly ApiVersion Current = new(0, 8, 4);

    /// <summary>The oldest version served.</summary>
    public static readonly ApiVersion Oldest = new(0, 8, 0);

    /// <summary>From this version on, resuming does not count as an execution and retries happen in process.</summary>
    internal static readonly ApiVersion WithInProcessRetries = new(0, 8, 4);

    /// <summary>Callers below this version expect the server to reschedule failed task runs when a flow is retried.</summary>
    internal static readonly ApiVersion WithClientSideTasks = new(0, 8, 3);

    /// <summary>Reads <c>x.y.z</c> of three integers.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ApiVersion version)
    {
        version = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, '.') != 3
            || !int.TryParse(text[parts[0]], NumberStyles.Integer, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(text[parts[1]], NumberStyles.Integer, CultureInfo.InvariantCulture, out var minor)
            || !int.TryParse(text[parts[2]], NumberStyles.Integer, CultureInfo.InvariantCulture, out var patch))
        {
            return false;
        }

        version = new ApiVersion(major, minor, patch);
        return true;
    }

    public int CompareTo(ApiVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");
}
