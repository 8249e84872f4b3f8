using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Reeve.Generators.Rows;

/// <summary>Writes the column list and the reader of each class marked <c>[Row(typeof(X))]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RowGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output =>
        {
            output.AddEmbeddedAttributeDefinition();
            output.AddSource(RowAttributeSource.HintName, SourceText.From(RowAttributeSource.Text, Encoding.UTF8));
        });

        var rows = context.SyntaxProvider.ForAttributeWithMetadataName(
            RowAttributeSource.MetadataName,
            static (node, _) => node is ClassDeclarationSyntax,
            static (attributed, _) => Generate(attributed));

        context.RegisterSourceOutput(rows, static (output, row) =>
        {
            foreach (var problem in row.Problems)
                output.ReportDiagnostic(problem.ToDiagnostic());
            if (row.Source is not null)
                output.AddSource(row.HintName, SourceText.From(row.Source, Encoding.UTF8));
        });
    }

    private static RowOutput Generate(GeneratorAttributeSyntaxContext attributed)
    {
        var mapper = (INamedTypeSymbol)attributed.TargetSymbol;
        var problems = ImmutableArray.CreateBuilder<RowProblem>();
        var plan = RowPlan.Build(mapper, (ClassDeclarationSyntax)attributed.TargetNode, attributed.Attributes[0], problems);
        var source = plan is null || problems.Count > 0 ? null : RowWriter.Write(plan);
        return new RowOutput(mapper.ToDisplayString() + ".Row.g.cs", source, problems.ToImmutable());
    }
}
