namespace Reeve.Contract;

/// <summary>Lets an <see cref="Optional{T}"/> be asked whether it is present without knowing its type.</summary>
internal interface IOptional
{
    public bool HasValue { get; }
}
