namespace Reeve.Data;

/// <summary>What a statement of a batch answered; filled when the batch has run.</summary>
public sealed class DbResult<T>
{
    public T Value { get; internal set; } = default!;
}
