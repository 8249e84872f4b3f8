namespace Reeve.Settings.Tests;

public sealed class SettingsCatalogueTests
{
    [Fact]
    public void A_setting_is_found_by_variable_alias_and_path()
    {
        var catalogue = SettingsCatalogue.Current;
        var expected = catalogue.Find("PREFECT_SERVER_DATABASE_CONNECTION_URL");
        Assert.NotNull(expected);
        Assert.Same(expected, catalogue.Find("PREFECT_API_DATABASE_CONNECTION_URL"));
        Assert.Same(expected, catalogue.Find("prefect_api_database_connection_url"));
        Assert.Same(expected, catalogue.Find("server.database.connection_url"));
        Assert.Null(catalogue.Find("server.database.connection"));
    }

    [Theory]
    [InlineData("PREFECT_SERVER_API_PROT", "PREFECT_SERVER_API_PORT")]
    [InlineData("prefect_server_api_hots", "PREFECT_SERVER_API_HOST")]
    [InlineData("PREFECT_SOMETHING_ENTIRELY_DIFFERENT_FROM_ANY", null)]
    public void A_misspelt_name_brings_the_nearest_one_to_mind(string name, string? expected) =>
        Assert.Equal(expected, SettingsCatalogue.Current.Suggest(name));

    [Fact]
    public void Every_setting_has_a_description_and_a_reason_when_it_does_nothing()
    {
        Assert.All(SettingsCatalogue.Current.All, definition =>
        {
            Assert.EndsWith(".", definition.Description);
            Assert.NotEqual("", definition.NoEffectReason);
        });
    }

    [Fact]
    public void Groups_stand_together_so_that_the_tree_can_be_written_in_one_pass()
    {
        var closed = new HashSet<string>();
        var previous = "";
        foreach (var path in SettingsCatalogue.Current.All.Where(definition => definition.IsInTree).Select(definition => definition.Path!))
        {
            var group = path.Contains('.') ? path[..path.LastIndexOf('.')] : "";
            if (group != previous)
            {
                for (var left = previous; left.Length > 0 && !(group + ".").StartsWith(left + ".", StringComparison.Ordinal);)
                {
                    Assert.True(closed.Add(left), $"{left} is opened twice");
                    left = left.Contains('.') ? left[..left.LastIndexOf('.')] : "";
                }
            }

            previous = group;
        }
    }
}
