using System.Text.Json.Serialization;

namespace Reeve.Contract.States;

/// <summary>What the server has to say about its answer to a proposed state.</summary>
[JsonConverter(typeof(SetStateDetailsConverter))]
public abstract class SetStateDetails
{
    private protected SetStateDetails()
    {
    }

    public abstract string Type { get; }
}
