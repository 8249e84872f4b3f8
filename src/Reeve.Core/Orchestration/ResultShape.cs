namespace Reeve.Core.Orchestration;

/// <summary>What kind of value a state's data is, as far as rules care.</summary>
internal enum ResultShape
{
    /// <summary>None, or JSON null.</summary>
    None,

    /// <summary>An array or scalar that is empty, zero or false.</summary>
    FalsyValue,

    /// <summary>Any other array or scalar.</summary>
    Value,

    /// <summary>An object that says it was not persisted.</summary>
    Unpersisted,

    /// <summary>The object without members.</summary>
    EmptyObject,

    /// <summary>Any other object: a reference to a result.</summary>
    Object,
}
