using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Reeve.Generators.Rows;

/// <summary>From a property's type to the expression that reads it; <c>{0}</c> stands for the ordinal.</summary>
internal sealed class ColumnTypes(RowPlan plan)
{
    public string? Expression(IPropertySymbol property, string column, Location location, ImmutableArray<RowProblem>.Builder problems)
    {
        var type = property.Type;
        var nullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapper)
        {
            nullable = true;
            type = wrapper.TypeArguments[0];
        }

        var read = Scalar(type);
        if (read is null && (type is IArrayTypeSymbol || type.TypeKind is TypeKind.Class or TypeKind.Interface))
        {
            read = "global::System.Text.Json.JsonSerializer.Deserialize(row.GetJson({0}).Utf8.Span, global::Reeve.Contract.ReeveJson.TypeInfo<" + Full(type) + ">())";
            if (!nullable)
                read += " ?? throw Missing(\"" + column + "\")";
        }

        if (read is null)
        {
            problems.Add(RowProblem.Of(RowDiagnostics.UnsupportedType, location, plan.Target.Name, property.Name, type.ToDisplayString()));
            return null;
        }

        return nullable ? "row.IsNull({0}) ? null : " + read : read;
    }

    private string? Scalar(ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String: return "row.GetString({0})";
            case SpecialType.System_Int32: return "row.GetInt32({0})";
            case SpecialType.System_Int64: return "row.GetInt64({0})";
            case SpecialType.System_Double: return "row.GetDouble({0})";
            case SpecialType.System_Boolean: return "row.GetBoolean({0})";
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            var name = type.Name;
            plan.Enums[name] = (INamedTypeSymbol)type;
            return "Read" + name + "(row.GetString({0}))";
        }

        return type.ToDisplayString() switch
        {
            "System.Guid" => "row.GetGuid({0})",
            "System.DateTimeOffset" => "row.GetInstant({0})",
            "System.TimeSpan" => "row.GetDuration({0})",
            "Reeve.Core.RawJson" => "row.GetJson({0})",
            _ => null,
        };
    }

    private static string Full(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
