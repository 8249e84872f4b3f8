using System.Globalization;

namespace Reeve.Server.Tests.Automations;

/// <summary>A trigger of the model: what it is, and how it is written for the API.</summary>
internal sealed class ReferenceTrigger
{
    public string Kind { get; init; } = "event";
    public List<string> Expect { get; init; } = [];
    public List<string> After { get; init; } = [];
    public bool Proactive { get; init; }
    public bool ForEach { get; init; }
    public string? Resource { get; init; }
    public int Threshold { get; init; } = 1;
    public double? Within { get; init; } = 0;
    public int Required { get; init; }
    public List<ReferenceTrigger> Children { get; init; } = [];

    // What the slow evaluator remembers.
    public Dictionary<string, (DateTimeOffset Start, DateTimeOffset End, int Count, Guid? Last, DateTimeOffset Written)> Buckets { get; } = [];
    public List<(ReferenceTrigger Child, int Order, DateTimeOffset At)> Kept { get; set; } = [];
    public ReferenceTrigger? Parent { get; set; }

    public IEnumerable<ReferenceTrigger> Leaves => Kind == "event" ? [this] : Children.SelectMany(static child => child.Leaves);

    public string ToJson()
    {
        var within = Within is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) : "null";
        if (Kind != "event")
        {
            var require = Kind == "compound" ? $",\"require\":{Required}" : "";
            return $$"""{"type":"{{Kind}}","within":{{within}}{{require}},"triggers":[{{string.Join(',', Children.Select(static child => child.ToJson()))}}]}""";
        }
        var match = Resource is null ? "{}" : $"{{\"prefect.resource.id\":\"{Resource}\"}}";
        var forEach = ForEach ? "[\"prefect.resource.id\"]" : "[]";
        return $$"""
            {"type":"event","posture":"{{(Proactive ? "Proactive" : "Reactive")}}","expect":{{List(Expect)}},"after":{{List(After)}},"match":{{match}},
             "for_each":{{forEach}},"threshold":{{Threshold}},"within":{{within}}}
            """;
    }

    public static ReferenceTrigger Random(Random random, int depth)
    {
        if (depth > 0 && random.Next(3) == 0)
        {
            var children = Enumerable.Range(0, 2 + random.Next(2)).Select(_ => Random(random, depth - 1)).ToList();
            var sequence = random.Next(2) == 0;
            var made = new ReferenceTrigger
            {
                Kind = sequence ? "sequence" : "compound", Children = children, Required = sequence ? children.Count : 1 + random.Next(children.Count),
                Within = random.Next(2) == 0 ? null : 60.5,
            };
            foreach (var child in children) child.Parent = made;
            return made;
        }
        var proactive = random.Next(4) == 0;
        return new ReferenceTrigger
        {
            Expect = Some(random, 1 + random.Next(2)), After = random.Next(3) == 0 ? Some(random, 1) : [], Proactive = proactive,
            ForEach = random.Next(2) == 0, Resource = random.Next(2) == 0 ? "thing." + random.Next(4) : null, Threshold = 1 + random.Next(3),
            Within = proactive ? 10 + random.Next(40) : random.Next(2) == 0 ? 0 : random.Next(1, 60),
        };
    }

    private static List<string> Some(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => "e." + random.Next(6)).Distinct()];

    private static string List(List<string> names) => $"[{string.Join(',', names.Select(static name => $"\"{name}\""))}]";
}
