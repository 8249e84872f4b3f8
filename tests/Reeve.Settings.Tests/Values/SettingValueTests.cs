namespace Reeve.Settings.Tests.Values;

public sealed class SettingValueTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    [InlineData("t", true)]
    [InlineData("Yes", true)]
    [InlineData("y", true)]
    [InlineData("On", true)]
    [InlineData("0", false)]
    [InlineData("False", false)]
    [InlineData("F", false)]
    [InlineData("no", false)]
    [InlineData("N", false)]
    [InlineData("off", false)]
    [InlineData("", null)]
    [InlineData("2", null)]
    [InlineData("enabled", null)]
    public void A_bool_has_twelve_spellings_in_any_case(string text, bool? expected) =>
        Expect("server.database.echo", text, expected);

    [Theory]
    [InlineData("5", 5L)]
    [InlineData(" 5 ", 5L)]
    [InlineData("-1", -1L)]
    [InlineData("1_000", 1000L)]
    [InlineData("5.0", 5L)]
    [InlineData("5.5", null)]
    [InlineData("0x10", null)]
    [InlineData("", null)]
    public void An_int_is_a_whole_number(string text, long? expected) => Expect("server.database.sqlalchemy.max_overflow", text, expected);

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("-1", null)]
    [InlineData("nan", null)]
    [InlineData("inf", null)]
    [InlineData("1,5", null)]
    public void A_float_is_finite_and_within_its_limits(string text, double? expected) => Expect("client.retry_jitter_factor", text, expected);

    [Theory]
    [InlineData("PT1H", 3600.0)]
    [InlineData("pt1h", 3600.0)]
    [InlineData("P7D", 604800.0)]
    [InlineData("P1W", 604800.0)]
    [InlineData("P1DT2H3M4.5S", 93784.5)]
    [InlineData("-PT5S", -5.0)]
    [InlineData("01:00:00", 3600.0)]
    [InlineData("00:00:00.25", 0.25)]
    [InlineData("01:30", 5400.0)]
    [InlineData("1 day 02:00:00", 93600.0)]
    [InlineData("2 days, 00:00:01", 172801.0)]
    [InlineData("3d", 259200.0)]
    [InlineData("3600", null)]
    [InlineData("PT", null)]
    [InlineData("P", null)]
    [InlineData("P1H", null)]
    [InlineData("1:60:00", null)]
    [InlineData("1 fortnight", null)]
    [InlineData("", null)]
    public void A_duration_is_ISO_8601_or_clock_text_and_never_a_bare_number(string text, double? seconds) =>
        Expect("server.events.retention_period", text, seconds is { } value ? TimeSpan.FromSeconds(value) : null);

    [Theory]
    [InlineData("server.services.late_runs.after_seconds", "15", 15.0)]
    [InlineData("server.services.late_runs.after_seconds", "0.5", 0.5)]
    [InlineData("server.services.late_runs.after_seconds", "PT1M", 60.0)]
    [InlineData("server.services.db_vacuum.retention_period", "3600", null)]
    [InlineData("server.services.db_vacuum.retention_period", "3601", 3601.0)]
    [InlineData("redis.messaging.consumer.block", "2", 2.0)]
    public void Some_durations_also_take_seconds(string name, string text, double? seconds) =>
        Expect(name, text, seconds is { } value ? TimeSpan.FromSeconds(value) : null);

    [Fact]
    public void A_number_in_TOML_counts_seconds_for_every_duration()
    {
        using var sandbox = new SettingsSandbox().File("prefect.toml", "server.events.retention_period = 60\n");
        Assert.Equal(TimeSpan.FromMinutes(1), sandbox.Load().Duration("server.events.retention_period"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a, b ,,c", "a|b|c")]
    [InlineData("[\"a\",\"b,c\"]", "a|b,c")]
    [InlineData("[\"a\"", null)]
    public void A_list_is_comma_separated_or_JSON(string text, string? expected) =>
        Expect("logging.extra_loggers", text, expected?.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void A_list_in_TOML_is_an_array_and_a_map_is_a_table()
    {
        using var sandbox = new SettingsSandbox().File("prefect.toml", "[logging]\nextra_loggers = ['a', 'b']\n[client.custom_headers]\nX-A = '1'\n");
        var settings = sandbox.Load();
        Assert.Empty(settings.Errors);
        Assert.Equal(["a", "b"], settings.List("logging.extra_loggers"));
        Assert.Equal("1", settings.Value<IReadOnlyDictionary<string, string>>("client.custom_headers")["X-A"]);
    }

    [Theory]
    [InlineData("429, 500", "429|500")]
    [InlineData("", "")]
    [InlineData("99", null)]
    [InlineData("600", null)]
    [InlineData("x", null)]
    public void Status_codes_are_whole_numbers_within_limits(string text, string? expected) =>
        Expect("client.retry_extra_codes", text, expected?.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray());

    [Theory]
    [InlineData("{\"a\": \"1\"}", "1")]
    [InlineData("{\"a\": 1}", null)]
    [InlineData("a=1", null)]
    public void A_map_is_a_JSON_object_of_strings(string text, string? expected)
    {
        var settings = SettingsSandbox.Resolve(("PREFECT_CLIENT_CUSTOM_HEADERS", text));
        if (expected is null) Assert.Single(settings.Errors);
        else Assert.Equal(expected, settings.Value<IReadOnlyDictionary<string, string>>("client.custom_headers")["a"]);
    }

    [Theory]
    [InlineData("true", true, true)]
    [InlineData("1", true, true)]
    [InlineData("false", true, false)]
    [InlineData("", true, false)]
    [InlineData("null", false, false)]
    [InlineData("flow_runs", false, true)]
    [InlineData("events, flow_runs", true, true)]
    public void What_is_vacuumed_is_a_set_or_an_older_bool(string text, bool events, bool flowRuns)
    {
        var vacuum = new Settings.Views.VacuumSettings(SettingsSandbox.Resolve(("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", text)));
        Assert.Equal((events, flowRuns), (vacuum.Events, vacuum.FlowRuns));
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("events,logs")]
    public void Unknown_words_of_a_set_are_refused(string text) => Expect("server.services.db_vacuum.enabled", text, null);

    [Theory]
    [InlineData("3", "3")]
    [InlineData("1, 2.5", "1|2.5")]
    [InlineData("[1,2]", "1|2")]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Retry_delays_are_one_number_or_several(string text, string? expected) =>
        Expect("tasks.default_retry_delay_seconds", text, expected?.Split('|').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray());

    [Theory]
    [InlineData("debug", "DEBUG")]
    [InlineData("Warning", "WARNING")]
    [InlineData("TRACE", null)]
    public void An_enum_takes_its_words(string text, string? expected) => Expect("logging.level", text, expected);

    [Fact]
    public void Text_is_taken_as_it_is_and_nothing_counts_as_unset()
    {
        var settings = SettingsSandbox.Resolve(("PREFECT_API_URL", ""), ("PREFECT_SERVER_API_HOST", " x "));
        Assert.Null(settings.OptionalText("api.url"));
        Assert.Equal(" x ", settings.Text("server.api.host"));
    }

    private static void Expect(string name, string text, object? expected)
    {
        var settings = SettingsSandbox.Resolve((SettingsCatalogue.Current.Find(name)!.Variable, text));
        if (expected is null) Assert.Single(settings.Errors);
        else
        {
            Assert.Empty(settings.Errors);
            Assert.Equal(expected, settings[name].Value);
        }
    }
}
