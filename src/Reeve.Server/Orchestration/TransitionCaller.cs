using Reeve.Core.Orchestration;
using Reeve.Server.Http;

namespace Reeve.Server.Orchestration;

/// <summary>Who proposes a state: the versions a client says it speaks. Services of the server say nothing.</summary>
internal sealed record TransitionCaller(ApiVersion? ApiVersion, ClientVersion? ClientVersion)
{
    public static readonly TransitionCaller Server = new(null, null);

    public static TransitionCaller Of(ApiCall call) => new(
        call.ApiVersion is { } version ? new ApiVersion(version.Major, version.Minor, version.Build) : null,
        call.ClientVersion is { } client ? Core.Orchestration.ClientVersion.TryParse(client) : null);
}
