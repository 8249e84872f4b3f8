using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Reeve.Generators.Rows;

namespace Reeve.Generators.Tests.Rows;

public sealed class RowDiagnosticTests
{
    [Theory]
    [InlineData("REEVE001", "[Row(typeof(X))] static partial class R; class X { public decimal Price { get; set; } }")]
    [InlineData("REEVE003", "[Row(typeof(X), Except = [\"Nmae\"])] static partial class R; class X { public string Name { get; set; } = \"\"; }")]
    [InlineData("REEVE003", "[Row(typeof(X), Rename = [\"Nmae=n\"])] static partial class R; class X { public string Name { get; set; } = \"\"; }")]
    [InlineData("REEVE004", "[Row(typeof(X), Rename = [\"Name\"])] static partial class R; class X { public string Name { get; set; } = \"\"; }")]
    [InlineData("REEVE005", "[Row(typeof(X))] static class R; class X { public string Name { get; set; } = \"\"; }")]
    [InlineData("REEVE006", "[Row(typeof(X))] static partial class R; class X(string other) { public string Name { get; set; } = other; }")]
    public void A_mapper_that_cannot_be_right_is_refused(string id, string code)
    {
        var result = Run(code);
        Assert.Equal(id, Assert.Single(result.Diagnostics).Id);
    }

    [Fact]
    public void A_sound_mapper_is_generated_without_complaint()
    {
        var result = Run("[Row(typeof(X))] static partial class R; class X { public string? Name { get; set; } }");
        Assert.Empty(result.Diagnostics);
        Assert.Contains(result.GeneratedTrees, t => t.FilePath.EndsWith("Sample.R.Row.g.cs", StringComparison.Ordinal));
    }

    private static GeneratorDriverRunResult Run(string code)
    {
        var source = "#nullable enable\nusing System.Collections.Generic; using Reeve.Data; namespace Sample;\n" + code;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            "Sample", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return CSharpGeneratorDriver.Create(new RowGenerator()).RunGenerators(compilation).GetRunResult();
    }
}
