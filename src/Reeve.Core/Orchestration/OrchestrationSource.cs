namespace Reeve.Core.Orchestration;

/// <summary>Where decisions get what is not decided: ids and chance. Replace it to repeat a decision exactly.</summary>
public abstract class OrchestrationSource
{
    /// <summary>Ids and chance of the operating system.</summary>
    public static OrchestrationSource System { get; } = new SystemSource();

    /// <summary>A version 7 id.</summary>
    public abstract Guid NewStateId(DateTimeOffset now);

    /// <summary>A version 4 id.</summary>
    public abstract Guid NewId();

    /// <summary>A draw from [0, 1).</summary>
    public abstract double NextUniform();

    private sealed class SystemSource : OrchestrationSource
    {
        public override Guid NewStateId(DateTimeOffset now) => Guid.CreateVersion7(now);

        public override Guid NewId() => Guid.NewGuid();

        public override double NextUniform() => Random.Shared.NextDouble();
    }
}
