using Reeve.Core.Orchestration;
using Reeve.Data;

namespace Reeve.Generators.Tests.Rows;

public sealed class RowMapperTests
{
    private static readonly Guid Id = new("3f2b0b9e-6e0c-4e0e-9c6f-0d7f2a8f5a11");

    private static readonly object?[] Full =
    [
        Id, new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), "nightly", "text", "RUNNING", TimeSpan.FromSeconds(3), 7, 8L, 0.5, true,
        """{"x":1}""", """["a","b"]""", """{"retries":3}""",
    ];

    private static readonly object?[] Sparse =
        [Id, null, "nightly", null, null, TimeSpan.Zero, 0, 0L, null, false, "{}", "[]", null];

    [Fact]
    public void Columns_stand_in_declaration_order_base_type_first_and_reserved_words_are_quoted()
    {
        Assert.Equal(
            "id, created, name, description, state_type, total_run_time, \"order\", byte_count, decay, active, parameters, tags, empirical_policy",
            SampleRow.ColumnNames);
        Assert.Equal(13, SampleRow.Count);
    }

    [Fact]
    public void Columns_of_an_alias_are_built_once()
    {
        Assert.Equal("p.flow_id, p.name, p.count", PositionalRow.Columns("p"));
        Assert.Same(PositionalRow.Columns("p"), PositionalRow.Columns("p"));
    }

    [Fact]
    public void A_full_row_fills_every_property()
    {
        var sample = SampleRow.Read(new DbRow(Full));
        Assert.Equal(Id, sample.Id);
        Assert.Equal(2026, sample.Created!.Value.Year);
        Assert.Equal("nightly", sample.Name);
        Assert.Equal(StateType.Running, sample.StateType);
        Assert.Equal(8L, sample.Size);
        Assert.Equal(["a", "b"], sample.Tags);
        Assert.Equal(3, sample.EmpiricalPolicy!.Retries);
        Assert.Equal("{\"x\":1}", sample.Parameters.ToString());
    }

    [Fact]
    public void Nulls_become_nulls()
    {
        var sample = SampleRow.Read(new DbRow(Sparse));
        Assert.Null(sample.Created);
        Assert.Null(sample.Description);
        Assert.Null(sample.StateType);
        Assert.Null(sample.Decay);
        Assert.Null(sample.EmpiricalPolicy);
        Assert.Empty(sample.Tags);
    }

    [Fact]
    public void Reading_may_start_at_any_ordinal_and_go_through_a_constructor()
    {
        var row = PositionalRow.Read(new DbRow("before", Id, "name", null), at: 1);
        Assert.Equal(new Positional(Id, "name", null), row);
    }

    [Fact]
    public void Text_that_is_no_member_of_the_enum_is_named_in_the_error()
    {
        object?[] values = [.. Full];
        values[4] = "ODD";
        var error = Assert.Throws<InvalidDataException>(() => SampleRow.Read(new DbRow(values)));
        Assert.Contains("'ODD'", error.Message);
        Assert.Contains("SCHEDULED", error.Message);
    }
}
