namespace Reeve.Core.JsonSchema;

/// <summary>How a schema is bent before a value is judged by it.</summary>
/// <param name="Preprocess">Make optional typed properties nullable and repair old tuple and block definitions (<see cref="SchemaPreprocessor"/>).</param>
/// <param name="IgnoreRequired">Drop every <c>required</c>: for values that are only part of the whole.</param>
/// <param name="AllowNullWithDefault">While preprocessing, let null stand for an optional property even where it has a default.</param>
public readonly record struct SchemaOptions(bool Preprocess = true, bool IgnoreRequired = false, bool AllowNullWithDefault = false)
{
    public SchemaOptions()
        : this(Preprocess: true)
    {
    }
}
