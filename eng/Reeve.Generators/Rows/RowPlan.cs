using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reeve.Generators.Rows;

/// <summary>All that the writer needs to know of one mapper.</summary>
internal sealed class RowPlan
{
    public INamedTypeSymbol Mapper { get; }

    public INamedTypeSymbol Target { get; }

    /// <summary>The columns in the order they are selected and read.</summary>
    public List<RowColumn> Columns { get; } = [];

    /// <summary>Properties without a column that the compiler insists on being set.</summary>
    public List<string> RequiredDefaults { get; } = [];

    /// <summary>Constructor arguments: parameter name and the property that fills it.</summary>
    public List<KeyValuePair<string, string>> Arguments { get; } = [];

    /// <summary>Enums for which a reader from stored text is needed.</summary>
    public Dictionary<string, INamedTypeSymbol> Enums { get; } = new(StringComparer.Ordinal);

    private RowPlan(INamedTypeSymbol mapper, INamedTypeSymbol target)
    {
        Mapper = mapper;
        Target = target;
    }

    public static RowPlan? Build(
        INamedTypeSymbol mapper, ClassDeclarationSyntax syntax, AttributeData attribute, ImmutableArray<RowProblem>.Builder problems)
    {
        var location = syntax.Identifier.GetLocation();
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword) || mapper.ContainingType is not null || mapper.IsGenericType)
        {
            problems.Add(RowProblem.Of(RowDiagnostics.NotPartial, location, mapper.Name));
            return null;
        }

        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not INamedTypeSymbol target)
            return null; // the compiler already complains about the attribute itself

        var plan = new RowPlan(mapper, target);
        var except = new HashSet<string>(Strings(attribute, "Except"), StringComparer.Ordinal);
        var renames = Renames(attribute, location, problems);
        var constructor = Constructor(target);
        var properties = Properties(target, constructor);

        Check(except, "Except");
        Check(renames.Keys, "Rename");

        var types = new ColumnTypes(plan);
        foreach (var property in properties)
        {
            if (except.Contains(property.Name))
            {
                if (property.IsRequired)
                    plan.RequiredDefaults.Add(property.Name);
                continue;
            }

            var column = renames.TryGetValue(property.Name, out var renamed) ? renamed : ColumnNames.Snake(property.Name);
            if (types.Expression(property, column, location, problems) is { } read)
                plan.Columns.Add(new RowColumn(property.Name, ColumnNames.Sql(column), read));
        }

        plan.Match(constructor, properties, location, problems);
        return plan;

        void Check(IEnumerable<string> names, string where)
        {
            foreach (var name in names.Where(n => properties.All(p => p.Name != n)))
                problems.Add(RowProblem.Of(RowDiagnostics.UnknownProperty, location, target.Name, name, where));
        }
    }

    private void Match(
        IMethodSymbol? constructor, List<IPropertySymbol> properties, Location location, ImmutableArray<RowProblem>.Builder problems)
    {
        if (constructor is null)
        {
            problems.Add(RowProblem.Of(RowDiagnostics.NoConstructor, location, Target.Name, "none"));
            return;
        }

        foreach (var parameter in constructor.Parameters)
        {
            var property = properties.FirstOrDefault(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (property is not null)
                Arguments.Add(new(parameter.Name, property.Name));
            else if (!parameter.IsOptional)
                problems.Add(RowProblem.Of(RowDiagnostics.NoConstructor, location, Target.Name, parameter.Name));
        }
    }

    private static IMethodSymbol? Constructor(INamedTypeSymbol target)
    {
        var usable = target.InstanceConstructors
            .Where(c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .Where(c => !(c.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, target)));
        return usable.OrderBy(c => c.Parameters.Length == 0 ? 0 : 1).ThenByDescending(c => c.Parameters.Length).FirstOrDefault();
    }

    // Declaration order, base types first, as they stand on the wire.
    private static List<IPropertySymbol> Properties(INamedTypeSymbol target, IMethodSymbol? constructor)
    {
        var found = new List<IPropertySymbol>();
        var chain = new Stack<INamedTypeSymbol>();
        for (var type = target; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
            chain.Push(type);
        foreach (var property in chain.SelectMany(type => type.GetMembers().OfType<IPropertySymbol>()))
        {
            if (property.IsStatic || property.IsIndexer || property.DeclaredAccessibility != Accessibility.Public)
                continue;
            var settable = property.SetMethod?.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
                || (constructor?.Parameters.Any(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase)) ?? false);
            if (!settable)
                continue;
            var inherited = found.FindIndex(p => p.Name == property.Name);
            if (inherited >= 0)
                found[inherited] = property;
            else
                found.Add(property);
        }

        return found;
    }

    private static Dictionary<string, string> Renames(
        AttributeData attribute, Location location, ImmutableArray<RowProblem>.Builder problems)
    {
        var renames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Strings(attribute, "Rename"))
        {
            var at = entry.IndexOf('=');
            if (at > 0 && at < entry.Length - 1)
                renames[entry.Substring(0, at).Trim()] = entry.Substring(at + 1).Trim();
            else
                problems.Add(RowProblem.Of(RowDiagnostics.BadRename, location, entry));
        }

        return renames;
    }

    private static IEnumerable<string> Strings(AttributeData attribute, string name)
    {
        var value = attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value;
        return value.Kind == TypedConstantKind.Array && !value.IsNull ? value.Values.Select(v => v.Value as string ?? "") : [];
    }
}
