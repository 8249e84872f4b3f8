namespace Reeve.Load;

/// <summary>A route by its name in the contract and the request it gets in a turn.</summary>
internal sealed record HotRoute(string Name, Func<Turn, Call> Next)
{
    /// <summary>Given the id of what a turn created, where later routes need it.</summary>
    public Action<Turn, Guid>? Keep { get; init; }
}
