namespace Reeve.Core.Orchestration;

/// <summary>A set of state types that may also hold "no state".</summary>
internal readonly record struct StateSet(int Bits)
{
    /// <summary>How many members there can be: nine types and "no state".</summary>
    public const int Size = 10;

    private const int NoState = 9;

    /// <summary>Every type, and no state.</summary>
    public static readonly StateSet All = new((1 << Size) - 1);

    public static readonly StateSet Terminal = Of(StateType.Completed, StateType.Failed, StateType.Cancelled, StateType.Crashed);

    public static StateSet Of(params ReadOnlySpan<StateType> types)
    {
        var bits = 0;
        foreach (var type in types)
        {
            bits |= 1 << (int)type;
        }

        return new StateSet(bits);
    }

    /// <summary>The number a member stands for, 0 to 9.</summary>
    public static int IndexOf(StateType? type) => type is { } some ? (int)some : NoState;

    public StateSet Except(StateType type) => new(Bits & ~(1 << (int)type));

    public StateSet WithNoState() => new(Bits | (1 << NoState));

    public bool Contains(StateType? type) => ContainsIndex(IndexOf(type));

    public bool ContainsIndex(int index) => (Bits & (1 << index)) != 0;
}
