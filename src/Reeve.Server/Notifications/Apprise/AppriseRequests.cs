using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json.Nodes;

namespace Reeve.Server.Notifications.Apprise;

/// <summary>What the address of a service makes of a message: the requests to send. Pure. docs/operate.md lists what is understood.</summary>
internal static class AppriseRequests
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Dictionary<string, Func<AppriseUrl, Message, IEnumerable<OutgoingRequest>>> Services = new(StringComparer.Ordinal)
    {
        ["tgram"] = Telegram, ["pover"] = Pushover, ["pbul"] = Pushbullet, ["gchat"] = GoogleChat,
        ["ntfy"] = Ntfy, ["ntfys"] = Ntfy, ["gotify"] = Gotify, ["gotifys"] = Gotify, ["rocket"] = Rocket, ["rockets"] = Rocket,
        ["json"] = Plain, ["jsons"] = Plain, ["xml"] = Plain, ["xmls"] = Plain, ["form"] = Plain, ["forms"] = Plain,
    };

    /// <summary>The schemes that are understood, mail included, in order.</summary>
    public static IReadOnlyList<string> Schemes { get; } = [.. Services.Keys.Concat(AppriseBlocks.All.Keys).Concat(["mailto", "mailtos"]).Order(StringComparer.Ordinal)];

    /// <param name="text">The address.</param>
    /// <param name="subject">The title; may be null.</param>
    /// <param name="body">The text.</param>
    /// <param name="kind">info, success, warning or failure.</param>
    /// <exception cref="NotificationInvalidException">It is no address, of an unknown service, or lacks something. The message holds no part of it: it may hold a key.</exception>
    public static IReadOnlyList<OutgoingRequest> Of(string text, string? subject, string body, string kind)
    {
        var url = AppriseUrl.TryParse(text) ?? throw new NotificationInvalidException("The address is not a valid URL.");
        if (AppriseBlocks.All.TryGetValue(url.Scheme, out var block)) return NotificationRequests.Of(block(url), subject, body);
        if (!Services.TryGetValue(url.Scheme, out var service))
        {
            throw new NotificationInvalidException(
                $"This server cannot send to addresses of the scheme {url.Scheme}. It understands {string.Join(", ", Schemes)}, and https for webhooks of Slack's form.");
        }
        return [.. service(url, new Message(subject, body, kind))];
    }

    private static IEnumerable<OutgoingRequest> Telegram(AppriseUrl url, Message message)
    {
        // The token is 123:abc, which reads as host and port.
        var token = url.Port is { } port ? $"{url.Host}:{port}" : url.Host;
        return Each(url.Path, "a chat", chat => Post(
            $"https://api.telegram.org/bot{token}/sendMessage", new JsonObject { ["chat_id"] = chat, ["text"] = message.Joined("\n"), ["disable_web_page_preview"] = !url.Flag("preview", false) }));
    }

    private static IEnumerable<OutgoingRequest> Pushover(AppriseUrl url, Message message)
    {
        var user = url.User ?? throw Lacks("the user's key before the @");
        List<(string, string)> fields =
        [
            ("token", url.Host), ("user", user), ("title", message.Title), ("message", message.Body), ("priority", url.Query("priority") ?? (message.Kind == "failure" ? "1" : "0")),
        ];
        if (url.Path.Count > 0) fields.Add(("device", string.Join(',', url.Path)));
        if (url.Query("sound") is { } sound) fields.Add(("sound", sound));
        return [Post("https://api.pushover.net/1/messages.json", NotificationRequests.Form(fields), Form)];
    }

    private static IEnumerable<OutgoingRequest> Pushbullet(AppriseUrl url, Message message) => (url.Path.Count == 0 ? [""] : url.Path).Select(target =>
    {
        var push = new JsonObject { ["type"] = "note", ["title"] = message.Title, ["body"] = message.Body };
        if (target.Contains('@', StringComparison.Ordinal)) push["email"] = target;
        else if (target.StartsWith('#')) push["channel_tag"] = target[1..];
        else if (target.Length > 0) push["device_iden"] = target;
        return Post("https://api.pushbullet.com/v2/pushes", push, ("Access-Token", url.Host));
    });

    private static IEnumerable<OutgoingRequest> GoogleChat(AppriseUrl url, Message message) => url.Path.Count < 2
        ? throw Lacks("the key or the token")
        :
        [
            Post(
                $"https://chat.googleapis.com/v1/spaces/{Uri.EscapeDataString(url.Host)}/messages?key={Uri.EscapeDataString(url.Path[0])}&token={Uri.EscapeDataString(url.Path[1])}",
                new JsonObject { ["text"] = message.Joined("\n") }),
        ];

    private static IEnumerable<OutgoingRequest> Ntfy(AppriseUrl url, Message message)
    {
        // With a host alone the host is the topic, at the public server.
        var isPublic = url.Path.Count == 0;
        var server = isPublic ? "https://ntfy.sh" : $"{(url.Scheme == "ntfys" || url.Host == "ntfy.sh" ? "https" : "http")}://{url.Authority}";
        return Each(isPublic ? [url.Host] : url.Path, "a topic", topic =>
        {
            var note = new JsonObject { ["topic"] = topic, ["title"] = message.Title, ["message"] = message.Body };
            if (int.TryParse(url.Query("priority"), out var priority)) note["priority"] = priority;
            if (url.Query("tags") is { } tags) note["tags"] = new JsonArray([.. tags.Split(',').Select(static tag => (JsonNode)JsonValue.Create(tag.Trim()))]);
            var token = url.Query("token") ?? (url.Password is null ? url.User : null);
            return Post(server, note, Login(url) ?? (token is null ? null : ("Authorization", $"Bearer {token}")));
        });
    }

    private static IEnumerable<OutgoingRequest> Gotify(AppriseUrl url, Message message)
    {
        var token = url.Path.LastOrDefault() ?? throw Lacks("the token");
        var path = string.Concat(url.Path.SkipLast(1).Select(static part => "/" + Uri.EscapeDataString(part)));
        var note = new JsonObject { ["priority"] = int.TryParse(url.Query("priority"), out var priority) ? priority : 5, ["title"] = message.Title, ["message"] = message.Body };
        return [Post($"{Web(url)}://{url.Authority}{path}/message", note, ("X-Gotify-Key", token))];
    }

    private static IEnumerable<OutgoingRequest> Rocket(AppriseUrl url, Message message)
    {
        var hook = url.User ?? throw Lacks("the key of the webhook before the @");
        if (!hook.Contains('/', StringComparison.Ordinal) || url.Password is not null) throw new NotificationInvalidException("Rocket.Chat is understood by webhooks: rockets://KEY/TOKEN@host/#channel.");
        return (url.Path.Count == 0 ? [""] : url.Path).Select(channel =>
        {
            var note = new JsonObject { ["text"] = message.Joined("\n"), ["alias"] = NotificationRequests.Application };
            if (channel.Length > 0) note["channel"] = channel;
            return Post($"{Web(url)}://{url.Authority}/hooks/{hook}", note);
        });
    }

    /// <summary>Any receiver that takes JSON, XML or a form.</summary>
    private static IEnumerable<OutgoingRequest> Plain(AppriseUrl url, Message message)
    {
        if (url.Host.Length == 0) throw Lacks("the host");
        var kind = url.Scheme.TrimEnd('s');
        var (body, type) = kind switch
        {
            "json" => (NotificationRequests.Utf8(new JsonObject
            {
                ["version"] = "1.0", ["title"] = message.Title, ["message"] = message.Body, ["attachments"] = new JsonArray(), ["type"] = message.Kind,
            }), Json),
            "form" => (NotificationRequests.Form([("version", "1.0"), ("title", message.Title), ("message", message.Body), ("type", message.Kind)]), Form),
            _ => ((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Xml(message)), "application/xml"),
        };
        var sent = Post($"{Web(url)}://{url.Authority}{url.WebPath}", body, type, Login(url));
        return [sent with { Method = url.Query("method")?.ToUpperInvariant() ?? "POST", Headers = [.. sent.Headers, .. url.Headers], Verify = url.Flag("verify", true) }];
    }

    private static string Xml(Message message) => string.Create(CultureInfo.InvariantCulture,
        $"""
        <?xml version='1.0' encoding='utf-8'?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <soapenv:Body><Notification><Version>1.1</Version><Subject>{SecurityElement.Escape(message.Title)}</Subject><MessageType>{message.Kind}</MessageType><Message>{SecurityElement.Escape(message.Body)}</Message></Notification></soapenv:Body>
        </soapenv:Envelope>
        """);

    private static IEnumerable<OutgoingRequest> Each(IReadOnlyList<string> targets, string what, Func<string, OutgoingRequest> make) =>
        targets.Count == 0 ? throw Lacks(what) : targets.Select(make);

    /// <summary>The scheme of the web: those that end in an s are encrypted.</summary>
    private static string Web(AppriseUrl url) => url.Scheme.EndsWith('s') ? "https" : "http";

    private static (string, string)? Login(AppriseUrl url) => url.Password is null ? null : ("Authorization", NotificationRequests.Basic(url.User ?? "", url.Password));

    private static OutgoingRequest Post(string to, JsonObject body, (string Name, string Value)? header = null) => Post(to, NotificationRequests.Utf8(body), Json, header);

    private static OutgoingRequest Post(string to, ReadOnlyMemory<byte> body, string type, (string Name, string Value)? header = null) => new("POST", to)
    {
        Body = body, ContentType = type, Headers = NotificationRequests.Agent(header?.Name, header?.Value ?? ""),
    };

    private static NotificationInvalidException Lacks(string what) => new($"The address lacks {what}.");

    private sealed record Message(string? Subject, string Body, string Kind)
    {
        public string Title => Subject ?? "";

        public string Joined(string between) => string.IsNullOrEmpty(Subject) ? Body : Subject + between + Body;
    }
}
