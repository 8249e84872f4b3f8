using System.Text.Json.Serialization;
using Reeve.Core;
using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Generators.Tests.Rows;

public abstract class SampleBase
{
    public Guid Id { get; init; }

    public DateTimeOffset? Created { get; init; }
}

public sealed class Policy
{
    public int Retries { get; init; }
}

public sealed class Sample : SampleBase
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public StateType? StateType { get; init; }

    public TimeSpan TotalRunTime { get; init; }

    public int Order { get; init; }

    public long Size { get; init; }

    public double? Decay { get; init; }

    public bool Active { get; init; }

    public RawJson Parameters { get; init; }

    public List<string> Tags { get; init; } = [];

    public Policy? EmpiricalPolicy { get; init; }

    public required string Computed { get; init; }

    public string Label => Name + Description;
}

public sealed record Positional(Guid FlowId, string Name, int? Count);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Policy))]
public sealed partial class SampleWire : JsonSerializerContext;

[Row(typeof(Sample), Except = ["Computed"], Rename = ["Size=byte_count"])]
internal static partial class SampleRow;

[Row(typeof(Positional))]
internal static partial class PositionalRow;
