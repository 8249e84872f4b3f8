using System.Text.Json.Nodes;

namespace Reeve.Server.Notifications.Apprise;

/// <summary>Addresses of services that blocks exist for, as those blocks.</summary>
internal static class AppriseBlocks
{
    public static readonly IReadOnlyDictionary<string, Func<AppriseUrl, NotificationBlock>> All = new Dictionary<string, Func<AppriseUrl, NotificationBlock>>(StringComparer.Ordinal)
    {
        ["slack"] = static url => Block("slack-webhook", ("url", $"https://hooks.slack.com/services/{Part(url, -1)}/{Part(url, 0)}/{Part(url, 1)}")),
        ["discord"] = static url => Block(
            "discord-webhook", ("webhook_id", Part(url, -1)), ("webhook_token", Part(url, 0)), ("botname", url.User), ("tts", url.Flag("tts", false)), ("avatar_url", url.Query("avatar_url"))),
        ["workflow"] = Teams,
        ["workflows"] = Teams,
        ["pagerduty"] = static url => Block(
            "pager-duty-webhook", ("integration_key", url.User ?? throw Lacks("the integration key before the @")), ("api_key", Part(url, -1)), ("source", url.Path.ElementAtOrDefault(0)),
            ("component", url.Path.ElementAtOrDefault(1)), ("region_name", url.Query("region")), ("group", url.Query("group")), ("class_id", url.Query("class"))),
        ["opsgenie"] = static url => Block(
            "opsgenie-webhook", ("apikey", Part(url, -1)), ("target_user", Targets(url, '@')), ("target_team", Targets(url, '#')), ("target_schedule", Targets(url, '*')),
            ("target_escalation", Targets(url, '^')), ("region_name", url.Query("region")), ("alias", url.Query("alias")), ("entity", url.Query("entity")),
            ("priority", int.TryParse(url.Query("priority"), out var priority) ? (double)priority : 3.0)),
        ["twilio"] = static url => Block(
            "twilio-sms", ("account_sid", url.User ?? throw Lacks("the account")), ("auth_token", url.Password ?? throw Lacks("the token")), ("from_phone_number", Part(url, -1)),
            ("to_phone_numbers", List(url.Path.Count > 0 ? url.Path : [Part(url, -1)]))),
        ["mmost"] = static url => Mattermost(url, secure: false),
        ["mmosts"] = static url => Mattermost(url, secure: true),
        ["sendgrid"] = static url => Block(
            "sendgrid-email", ("api_key", url.User?.Split(':')[0] ?? throw Lacks("the key")), ("sender_email", $"{url.Password ?? throw Lacks("the sender")}@{url.Host}"),
            ("to_emails", List(url.Path.Count > 0 ? url.Path : [$"{url.Password}@{url.Host}"]))),
    };

    private static NotificationBlock Teams(AppriseUrl url) => Block(
        "ms-teams-webhook",
        ("url", $"https://{url.Authority}/workflows/{Uri.EscapeDataString(Part(url, 0))}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={Uri.EscapeDataString(Part(url, 1))}"),
        ("wrap", url.Flag("wrap", true)));

    private static NotificationBlock Mattermost(AppriseUrl url, bool secure) => Block(
        "mattermost-webhook", ("hostname", url.Host), ("secure", secure), ("token", url.Path.LastOrDefault() ?? throw Lacks("the token")), ("botname", url.User),
        ("path", string.Join('/', url.Path.SkipLast(1))), ("port", (double)(url.Port ?? (secure ? 443 : 80))),
        ("channels", List((url.Query("channel") ?? url.Query("channels") ?? url.Query("to") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));

    private static NotificationBlock Block(string slug, params (string Name, JsonNode? Value)[] fields)
    {
        var data = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null) data[name] = value;
        }
        return new NotificationBlock(slug, data);
    }

    /// <summary>A part of the path; the host is number -1.</summary>
    private static string Part(AppriseUrl url, int number) => (number < 0 ? url.Host : url.Path.ElementAtOrDefault(number)) is { Length: > 0 } part ? part : throw Lacks($"part {number + 2}");

    private static JsonArray Targets(AppriseUrl url, char mark) => List(url.Path.Where(part => part[0] == mark).Select(static part => part[1..]));

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(static text => (JsonNode)JsonValue.Create(text))]);

    private static NotificationInvalidException Lacks(string what) => new($"The address lacks {what}.");
}
