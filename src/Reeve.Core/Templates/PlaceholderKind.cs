namespace Reeve.Core.Templates;

/// <summary>What a <c>{{ name }}</c> in a job template refers to.</summary>
public enum PlaceholderKind
{
    /// <summary>A job variable.</summary>
    Value,

    /// <summary>A block document: <c>prefect.blocks.type-slug.name</c>, then a path into its data.</summary>
    Block,

    /// <summary>A variable of the server: <c>prefect.variables.name</c>.</summary>
    Variable,

    /// <summary>An environment variable of the worker: <c>$NAME</c>.</summary>
    Environment,
}
