using Microsoft.CodeAnalysis;

namespace Reeve.Generators.Rows;

/// <summary>A diagnostic kept by value, so that an unchanged mapper is not generated again.</summary>
internal sealed record RowProblem(DiagnosticDescriptor Descriptor, Location Location, string Arguments)
{
    private const char Separator = '\u001f';

    public static RowProblem Of(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        new(descriptor, location, string.Join(Separator.ToString(), arguments));

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location, Arguments.Split(Separator));
}
