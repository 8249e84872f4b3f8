namespace Reeve.Contract;

/// <summary>A request member that may be absent, which is not the same as null. Absent members are not written.</summary>
public readonly struct Optional<T> : IOptional, IEquatable<Optional<T>>
{
    public Optional(T value)
    {
        Value = value;
        HasValue = true;
    }

    /// <summary>True when the member was sent, null included.</summary>
    public bool HasValue { get; }

    /// <summary>What was sent; the type's default when the member is absent.</summary>
    public T Value { get; }

    public T Or(T fallback) => HasValue ? Value : fallback;

    public bool Equals(Optional<T> other) => HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => obj is Optional<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(HasValue, Value);

    public override string ToString() => HasValue ? $"{Value}" : "(absent)";

    public static implicit operator Optional<T>(T value) => new(value);

    public static bool operator ==(Optional<T> left, Optional<T> right) => left.Equals(right);

    public static bool operator !=(Optional<T> left, Optional<T> right) => !left.Equals(right);
}
