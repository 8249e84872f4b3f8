using System.Text;
using System.Text.Json;

namespace Reeve.Settings.Tests;

public sealed class SettingsTreeTests
{
    [Fact]
    public void Secrets_are_masked_and_durations_are_ISO_8601()
    {
        var json = Write(SettingsSandbox.Resolve(
            ("PREFECT_API_KEY", "top"),
            ("PREFECT_SERVER_DOCKET_URL", "redis://:top@h"),
            ("PREFECT_API_DATABASE_PASSWORD", "top"),
            ("PREFECT_CLIENT_RETRY_EXTRA_CODES", "429")));
        Assert.DoesNotContain("top", json);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Assert.Equal("**********", root.GetProperty("api").GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("api").GetProperty("url").ValueKind);
        Assert.Equal("60.0", root.GetProperty("api").GetProperty("request_timeout").GetRawText());
        Assert.Equal("[429]", root.GetProperty("client").GetProperty("retry_extra_codes").GetRawText());
        var server = root.GetProperty("server");
        Assert.Equal("**********", server.GetProperty("database").GetProperty("connection_url").GetString());
        Assert.Equal("redis://:**********@h", server.GetProperty("docket").GetProperty("url").GetString());
        Assert.Equal("P7D", server.GetProperty("events").GetProperty("retention_period").GetString());
        var vacuum = server.GetProperty("services").GetProperty("db_vacuum");
        Assert.Equal("[\"events\"]", vacuum.GetProperty("enabled").GetRawText());
        Assert.Equal("{\"prefect.flow-run.heartbeat\":\"P7D\"}", vacuum.GetProperty("event_retention_overrides").GetRawText());
        Assert.Equal("0", root.GetProperty("tasks").GetProperty("default_retry_delay_seconds").GetRawText());
        Assert.False(root.TryGetProperty("reeve", out _));
        Assert.False(root.TryGetProperty("redis", out _));
    }

    [Fact]
    public void The_tree_has_the_members_of_the_contract_and_no_others()
    {
        if (ContractFolder.Find("openapi.json") is not { } file) return;
        using var contract = JsonDocument.Parse(File.ReadAllBytes(file));
        var schemas = contract.RootElement.GetProperty("components").GetProperty("schemas");
        using var tree = JsonDocument.Parse(Write(SettingsSandbox.Resolve()));
        Compare("", schemas.GetProperty("Settings"), tree.RootElement, schemas);
    }

    [Fact]
    public void The_report_names_source_and_effect()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            SettingsReport.Write(writer, SettingsSandbox.Resolve(("PREFECT_SERVER_ANALYTICS_ENABLED", "no")), onlySet: true);
        using var document = JsonDocument.Parse(buffer.ToArray());
        var entry = document.RootElement.GetProperty("settings").EnumerateArray().Single(item => item.GetProperty("source").GetString() == "env");
        Assert.Equal("PREFECT_SERVER_ANALYTICS_ENABLED", entry.GetProperty("name").GetString());
        Assert.Equal("none", entry.GetProperty("effect").GetString());
        Assert.Equal("no-effect", document.RootElement.GetProperty("notices")[0].GetProperty("kind").GetString());
    }

    private static void Compare(string path, JsonElement schema, JsonElement value, JsonElement schemas)
    {
        var expected = schema.GetProperty("properties").EnumerateObject().ToList();
        Assert.Equal(
            expected.Select(member => path + member.Name).Order(StringComparer.Ordinal),
            value.EnumerateObject().Select(member => path + member.Name).Order(StringComparer.Ordinal));
        foreach (var member in expected.Where(member => member.Value.TryGetProperty("$ref", out _)))
        {
            var name = member.Value.GetProperty("$ref").GetString()!.Split('/')[^1];
            Compare(path + member.Name + ".", schemas.GetProperty(name), value.GetProperty(member.Name), schemas);
        }
    }

    private static string Write(ResolvedSettings settings)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) SettingsTree.Write(writer, settings);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
