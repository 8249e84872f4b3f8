using Reeve.Core.Orchestration;

namespace Reeve.Core.Tests.Orchestration;

/// <summary>Ids and chance that repeat.</summary>
internal sealed class SeededSource(int seed = 1) : OrchestrationSource
{
    private readonly Random random = new(seed);

    public override Guid NewStateId(DateTimeOffset now) => NewId(7);

    public override Guid NewId() => NewId(4);

    public override double NextUniform() => random.NextDouble();

    private Guid NewId(int version)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
