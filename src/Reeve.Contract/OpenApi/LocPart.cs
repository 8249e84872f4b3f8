namespace Reeve.Contract.OpenApi;

/// <summary>One step of the way to a value: a member's name, or where <see cref="Name"/> is null an index.</summary>
public readonly record struct LocPart(string? Name, int Index)
{
    public static implicit operator LocPart(string name) => new(name, 0);
}
