using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reeve.Server.Events;
using Reeve.Server.Notifications.Apprise;

namespace Reeve.Server.Notifications;

/// <summary>What a notification block makes of a message: the requests to send. Pure.</summary>
internal static class NotificationRequests
{
    /// <summary>How we are called where a sender has a name.</summary>
    public const string Application = "Prefect Notifications";
    private const string Blue = "#3AA3E3";

    /// <exception cref="NotificationInvalidException">The block cannot be used.</exception>
    public static IReadOnlyList<OutgoingRequest> Of(NotificationBlock block, string? subject, string body) => block.Slug switch
    {
        "slack-webhook" when IsOfAnother(block.Text("url")) => [.. AppriseRequests.Of(block.Text("url"), subject, body, block.OptionalText("notify_type") ?? "info")
            .Select(request => request with { AllowPrivate = block.Flag("allow_private_urls", true) })],
        "slack-webhook" => [Slack(block, subject, body)],
        "ms-teams-webhook" => [Teams(block, subject, body)],
        "pager-duty-webhook" => [PagerDuty(block, subject, body)],
        "twilio-sms" => [.. block.Texts("to_phone_numbers").Select(number => Twilio(block, number, Joined(subject, body)))],
        "opsgenie-webhook" => [Opsgenie(block, subject, body)],
        "mattermost-webhook" => [.. Mattermost(block, Joined(subject, body))],
        "discord-webhook" => [Discord(block, Joined(subject, body))],
        "sendgrid-email" => [Sendgrid(block, subject, body)],
        "custom-webhook" => [CustomWebhook.Of(block, subject, body)],
        _ => throw new NotificationInvalidException($"This server cannot send by blocks of the type {block.Slug}."),
    };

    /// <summary>Whether the address is of another service than Slack, which Apprise tells by its scheme.</summary>
    private static bool IsOfAnother(string url) =>
        !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static OutgoingRequest Slack(NotificationBlock block, string? subject, string body) => Json(
        block.Text("url"), new JsonObject
        {
            ["username"] = Application, ["mrkdwn"] = true,
            ["attachments"] = new JsonArray(new JsonObject { ["title"] = subject, ["text"] = body, ["color"] = Blue, ["footer"] = Application, ["mrkdwn_in"] = new JsonArray("text") }),
        }) with { AllowPrivate = block.Flag("allow_private_urls", true) };

    private static OutgoingRequest Teams(NotificationBlock block, string? subject, string body)
    {
        var url = block.Text("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.AbsolutePath.Contains("/workflows/", StringComparison.Ordinal)
            || !address.Query.Contains("sig=", StringComparison.Ordinal))
        {
            throw new NotificationInvalidException("Invalid Microsoft Teams Workflow URL provided.");
        }
        var parts = new JsonArray();
        if (!string.IsNullOrEmpty(subject))
            parts.Add((JsonNode)new JsonObject { ["type"] = "TextBlock", ["text"] = subject, ["style"] = "heading", ["weight"] = "Bolder", ["size"] = "Large" });
        parts.Add((JsonNode)new JsonObject { ["type"] = "TextBlock", ["text"] = body, ["style"] = "default", ["wrap"] = block.Flag("wrap", true) });
        return Json(url, new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null,
                ["content"] = new JsonObject
                {
                    ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["type"] = "AdaptiveCard", ["version"] = "1.4",
                    ["body"] = parts, ["msteams"] = new JsonObject { ["width"] = "full" },
                },
            }),
        }) with { AllowPrivate = block.Flag("allow_private_urls", true) };
    }

    private static OutgoingRequest PagerDuty(NotificationBlock block, string? subject, string body)
    {
        var details = (JsonObject?)block.Map("custom_details")?.DeepClone() ?? [];
        if (!string.IsNullOrEmpty(subject)) details["Prefect Notification Body"] = body;
        var payload = new JsonObject
        {
            ["summary"] = string.IsNullOrEmpty(subject) ? body : subject, ["severity"] = Severity(block),
            ["source"] = block.OptionalText("source") ?? "Prefect", ["component"] = block.OptionalText("component") ?? "Notification",
        };
        if (block.OptionalText("group") is { } group) payload["group"] = group;
        if (block.OptionalText("class_id") is { } kind) payload["class"] = kind;
        if (details.Count > 0) payload["custom_details"] = details;
        var told = new JsonObject
        {
            ["routing_key"] = block.Text("integration_key"), ["event_action"] = Severity(block) == "info" && block.OptionalText("notify_type") == "success" ? "resolve" : "trigger",
            ["payload"] = payload, ["client"] = Application,
        };
        if (block.OptionalText("clickable_url") is { } link) told["links"] = new JsonArray(new JsonObject { ["href"] = link, ["text"] = Application });
        var host = block.OptionalText("region_name") == "eu" ? "events.eu.pagerduty.com" : "events.pagerduty.com";
        return Json($"https://{host}/v2/enqueue", told) with { Headers = Agent("Authorization", $"Token token={block.OptionalText("api_key")}") };
    }

    private static string Severity(NotificationBlock block) => block.OptionalText("notify_type") switch
    {
        "warning" => "warning", "failure" => "critical", _ => "info",
    };

    private static OutgoingRequest Twilio(NotificationBlock block, string number, string text)
    {
        var account = block.Text("account_sid");
        var form = Form([("From", block.Text("from_phone_number")), ("To", number), ("Body", text)]);
        return new OutgoingRequest("POST", $"https://api.twilio.com/2010-04-01/Accounts/{Uri.EscapeDataString(account)}/Messages.json")
        {
            Body = form, ContentType = "application/x-www-form-urlencoded", Headers = Agent("Authorization", Basic(account, block.Text("auth_token"))),
        };
    }

    private static OutgoingRequest Opsgenie(NotificationBlock block, string? subject, string body)
    {
        var responders = new JsonArray();
        foreach (var (field, kind, by) in (ReadOnlySpan<(string, string, string)>)
            [("target_user", "user", "username"), ("target_team", "team", "name"), ("target_schedule", "schedule", "name"), ("target_escalation", "escalation", "name")])
        {
            foreach (var name in block.Texts(field)) responders.Add((JsonNode)new JsonObject { ["type"] = kind, [by] = name });
        }
        var alert = new JsonObject
        {
            ["source"] = Application, ["message"] = Shortened(string.IsNullOrEmpty(subject) ? body : subject, 130), ["description"] = body,
            ["priority"] = $"P{block.Number("priority", 3):0}",
        };
        if (responders.Count > 0) alert["responders"] = responders;
        if (block.Texts("tags") is { Count: > 0 } tags) alert["tags"] = new JsonArray([.. tags.Select(static tag => (JsonNode)JsonValue.Create(tag))]);
        if (block.OptionalText("alias") is { } alias) alert["alias"] = alias;
        if (block.OptionalText("entity") is { } entity) alert["entity"] = entity;
        if (block.Map("details") is { } details) alert["details"] = details.DeepClone();
        var host = block.OptionalText("region_name") == "eu" ? "api.eu.opsgenie.com" : "api.opsgenie.com";
        return Json($"https://{host}/v2/alerts", alert) with { Headers = Agent("Authorization", $"GenieKey {block.Text("apikey")}") };
    }

    private static IEnumerable<OutgoingRequest> Mattermost(NotificationBlock block, string text)
    {
        var scheme = block.Flag("secure", false) ? "https" : "http";
        var path = block.OptionalText("path")?.Trim('/') is { Length: > 0 } some ? "/" + some : "";
        var url = $"{scheme}://{block.Text("hostname")}:{block.Number("port", 8065):0}{path}/hooks/{block.Text("token")}";
        var channels = block.Texts("channels");
        foreach (var channel in channels.Count == 0 ? [null] : channels.Cast<string?>())
        {
            var message = new JsonObject { ["text"] = text, ["icon_url"] = null, ["username"] = block.OptionalText("botname") ?? Application };
            if (channel is not null) message["channel"] = channel.TrimStart('#');
            yield return Json(url, message);
        }
    }

    private static OutgoingRequest Discord(NotificationBlock block, string text)
    {
        var message = new JsonObject { ["tts"] = block.Flag("tts", false), ["wait"] = !block.Flag("tts", false), ["content"] = Shortened(text, 2000) };
        if (block.OptionalText("botname") is { } name) message["username"] = name;
        if (block.OptionalText("avatar_url") is { } avatar) message["avatar_url"] = avatar;
        return Json($"https://discord.com/api/webhooks/{Uri.EscapeDataString(block.Text("webhook_id"))}/{Uri.EscapeDataString(block.Text("webhook_token"))}", message);
    }

    private static OutgoingRequest Sendgrid(NotificationBlock block, string? subject, string body)
    {
        var to = block.Texts("to_emails");
        if (to.Count == 0) throw new NotificationInvalidException("The block has no to_emails.");
        var people = new JsonArray([.. to.Select(static one => (JsonNode)new JsonObject { ["to"] = new JsonArray(new JsonObject { ["email"] = one }) })]);
        return Json("https://api.sendgrid.com/v3/mail/send", new JsonObject
        {
            ["personalizations"] = people, ["from"] = new JsonObject { ["email"] = block.Text("sender_email") },
            ["subject"] = string.IsNullOrEmpty(subject) ? Application : subject,
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text/plain", ["value"] = body }),
        }) with { Headers = Agent("Authorization", $"Bearer {block.Text("api_key")}") };
    }

    internal static ReadOnlyMemory<byte> Form(IEnumerable<(string Name, string Value)> fields) => Encoding.UTF8.GetBytes(
        string.Join('&', fields.Select(static field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));

    internal static ReadOnlyMemory<byte> Utf8(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, EventPayload.Options)) node.WriteTo(writer);
        return stream.ToArray();
    }

    private static OutgoingRequest Json(string url, JsonObject body) => new("POST", url)
    {
        Body = Utf8(body), ContentType = "application/json", Headers = Agent(),
    };

    internal static List<KeyValuePair<string, string>> Agent(string? name = null, string value = "")
    {
        List<KeyValuePair<string, string>> headers = [KeyValuePair.Create("User-Agent", Application)];
        if (name is not null) headers.Add(KeyValuePair.Create(name, value));
        return headers;
    }

    internal static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static string Joined(string? subject, string body) => string.IsNullOrEmpty(subject) ? body : $"{subject}\r\n{body}";

    private static string Shortened(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
