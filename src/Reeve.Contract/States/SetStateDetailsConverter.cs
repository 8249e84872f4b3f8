using Reeve.Contract.Json;

namespace Reeve.Contract.States;

internal sealed class SetStateDetailsConverter : UnionConverter<SetStateDetails>
{
    protected override string? Discriminator => "type";

    protected override Type? Choose(string? discriminator, IReadOnlySet<string> members) => discriminator switch
    {
        "accept_details" => typeof(StateAcceptDetails),
        "wait_details" => typeof(StateWaitDetails),
        "reject_details" => typeof(StateRejectDetails),
        "abort_details" => typeof(StateAbortDetails),
        null => members.Contains("delay_seconds") ? typeof(StateWaitDetails) : members.Contains("reason") ? typeof(StateRejectDetails) : typeof(StateAcceptDetails),
        _ => null,
    };
}
