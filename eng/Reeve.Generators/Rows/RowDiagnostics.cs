using Microsoft.CodeAnalysis;

namespace Reeve.Generators.Rows;

/// <summary>What a row mapper can complain about. All are errors: a mapper that guesses reads wrong data.</summary>
internal static class RowDiagnostics
{
    public static readonly DiagnosticDescriptor UnsupportedType = Describe(
        "REEVE001",
        "Property type has no column type",
        "{0}.{1} has type '{2}', which no column can be read into; use a Guid, DateTimeOffset, TimeSpan, string, int, long, double, bool, RawJson, enum or class, or list the property in Except");

    public static readonly DiagnosticDescriptor UnknownProperty = Describe(
        "REEVE003",
        "Row attribute names an unknown property",
        "{0} has no settable public property '{1}', which {2} names");

    public static readonly DiagnosticDescriptor BadRename = Describe(
        "REEVE004",
        "Rename entry cannot be read",
        "Rename entry '{0}' is not of the form Property=column");

    public static readonly DiagnosticDescriptor NotPartial = Describe(
        "REEVE005",
        "Row mapper class must be partial and top-level",
        "'{0}' needs to be a partial class that is neither nested nor generic, so that the mapper can be added to it");

    public static readonly DiagnosticDescriptor NoConstructor = Describe(
        "REEVE006",
        "Row type cannot be constructed",
        "{0} needs a public constructor without parameters, or one whose parameters are named after its properties (parameter '{1}' is not)");

    private static DiagnosticDescriptor Describe(string id, string title, string message) =>
        new(id, title, message, "Reeve.Rows", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
