namespace Reeve.Contract.OpenApi;

/// <summary>The branches of a union, sorted into objects and the rest, with what tells the objects apart.</summary>
internal sealed class UnionBranches
{
    public UnionBranches(IReadOnlyList<SchemaNode> branches)
    {
        Plain = [.. branches.Where(static branch => Shape(branch) is null)];
        ObjectChecks = [.. branches.Where(static branch => Shape(branch) is not null)];
        Objects = [.. ObjectChecks.Select(static branch => Shape(branch)!)];
        Discriminator = new[] { "type", "input_type" }.FirstOrDefault(name => Objects.Length > 1 && Objects.All(branch => Constant(branch, name) is not null));
        Constants = Discriminator is null ? [] : [.. Objects.Select(branch => Constant(branch, Discriminator)!)];
    }

    public SchemaNode[] Plain { get; }

    public ObjectNode[] Objects { get; }

    /// <summary>The objects with their further rules.</summary>
    public SchemaNode[] ObjectChecks { get; }

    /// <summary>The member whose word tells the object; null where only the shape does.</summary>
    public string? Discriminator { get; }

    public string[] Constants { get; }

    private static ObjectNode? Shape(SchemaNode branch) => branch.Actual switch
    {
        ObjectNode node => node,
        CheckedNode node => Shape(node.Inner),
        _ => null,
    };

    private static string? Constant(ObjectNode branch, string name) =>
        branch.Members.FirstOrDefault(member => member.Name == name)?.Node is ChoiceNode { Constant: { } word } ? word : null;
}
