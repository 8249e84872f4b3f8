using System;
using System.Collections.Immutable;
using System.Linq;

namespace Reeve.Generators.Rows;

/// <summary>What one attributed class comes to: a source file, or the reasons there is none.</summary>
internal sealed class RowOutput(string hintName, string? source, ImmutableArray<RowProblem> problems) : IEquatable<RowOutput>
{
    public string HintName { get; } = hintName;

    public string? Source { get; } = source;

    public ImmutableArray<RowProblem> Problems { get; } = problems;

    public bool Equals(RowOutput? other) =>
        other is not null && HintName == other.HintName && Source == other.Source && Problems.SequenceEqual(other.Problems);

    public override bool Equals(object? obj) => Equals(obj as RowOutput);

    public override int GetHashCode() => HintName.GetHashCode() ^ (Source?.GetHashCode() ?? 0);
}
