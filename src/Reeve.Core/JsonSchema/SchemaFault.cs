namespace Reeve.Core.JsonSchema;

/// <summary>Why a schema could not be used to judge a value.</summary>
public enum SchemaFault
{
    /// <summary>The document is not a valid draft 2020-12 schema.</summary>
    Invalid,

    /// <summary>A <c>$ref</c> leads back to itself, or nests deeper than any sensible value.</summary>
    Circular,

    /// <summary>A <c>$ref</c> names nothing within the document; other documents are never fetched.</summary>
    Unresolvable,

    /// <summary>Judging the value would take more steps or message text than allowed.</summary>
    TooComplex,
}
