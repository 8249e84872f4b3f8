using System.Text.Json.Nodes;
using Reeve.Server.Notifications;

namespace Reeve.Server.Tests.Automations;

/// <summary>What each kind of block puts on the wire. Services with fixed hosts are asked at the same path on a loopback port.</summary>
public sealed class NotificationRequestTests
{
    [Theory]
    [InlineData(
        "slack-webhook", """{"url":"https://hooks.slack.com/services/T/B/x"}""", "https://hooks.slack.com/", "POST /services/T/B/x",
        """{"username":"Prefect Notifications","mrkdwn":true,"attachments":[{"title":"S","text":"B \"ü\"","color":"#3AA3E3","footer":"Prefect Notifications","mrkdwn_in":["text"]}]}""")]
    [InlineData(
        "ms-teams-webhook", """{"url":"https://prod.logic.azure.com:443/workflows/w/triggers/manual/paths/invoke?sig=s","wrap":false}""",
        "https://prod.logic.azure.com/", "POST /workflows/w/triggers/manual/paths/invoke?sig=s",
        """{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,"content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json","type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"S","style":"heading","weight":"Bolder","size":"Large"},{"type":"TextBlock","text":"B \"ü\"","style":"default","wrap":false}],"msteams":{"width":"full"}}}]}""")]
    [InlineData(
        "pager-duty-webhook", """{"integration_key":"ik","api_key":"ak","region_name":"eu","notify_type":"failure","group":"g","class_id":"c","clickable_url":"https://l"}""",
        "https://events.eu.pagerduty.com/", "POST /v2/enqueue",
        """{"routing_key":"ik","event_action":"trigger","payload":{"summary":"S","severity":"critical","source":"Prefect","component":"Notification","group":"g","class":"c","custom_details":{"Prefect Notification Body":"B \"ü\""}},"client":"Prefect Notifications","links":[{"href":"https://l","text":"Prefect Notifications"}]}""",
        "Authorization: Token token=ak")]
    [InlineData(
        "opsgenie-webhook", """{"apikey":"k","target_user":["u"],"target_team":["t"],"tags":["a","b"],"priority":1,"alias":"al","entity":"en","details":{"d":"1"}}""",
        "https://api.opsgenie.com/", "POST /v2/alerts",
        """{"source":"Prefect Notifications","message":"S","description":"B \"ü\"","priority":"P1","responders":[{"type":"user","username":"u"},{"type":"team","name":"t"}],"tags":["a","b"],"alias":"al","entity":"en","details":{"d":"1"}}""",
        "Authorization: GenieKey k")]
    [InlineData(
        "discord-webhook", """{"webhook_id":"7","webhook_token":"t/k","botname":"bot","avatar_url":"https://a"}""",
        "https://discord.com/", "POST /api/webhooks/7/t%2Fk", """{"tts":false,"wait":true,"content":"S\r\nB \"ü\"","username":"bot","avatar_url":"https://a"}""")]
    [InlineData(
        "sendgrid-email", """{"api_key":"k","sender_email":"me@x.io","to_emails":["a@x.io","b@x.io"]}""", "https://api.sendgrid.com/", "POST /v3/mail/send",
        """{"personalizations":[{"to":[{"email":"a@x.io"}]},{"to":[{"email":"b@x.io"}]}],"from":{"email":"me@x.io"},"subject":"S","content":[{"type":"text/plain","value":"B \"ü\""}]}""",
        "Authorization: Bearer k")]
    public async Task A_message_is_sent_as_the_service_wants_it(string slug, string data, string host, string line, string body, string? header = null)
    {
        var request = Assert.Single(NotificationRequests.Of(new NotificationBlock(slug, JsonNode.Parse(data)!.AsObject()), "S", "B \"ü\""));
        Assert.StartsWith(host, new Uri(request.Url).GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal);

        var sent = await SentAsync(request);

        Assert.StartsWith(line + " HTTP/1.1\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: Prefect Notifications\r\n", sent, StringComparison.Ordinal);
        if (header is not null) Assert.Contains($"\r\n{header}\r\n", sent, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(Body(sent))), Body(sent));
    }

    [Fact]
    public async Task Each_number_gets_a_message_of_its_own()
    {
        var requests = NotificationRequests.Of(
            new NotificationBlock("twilio-sms", JsonNode.Parse("""{"account_sid":"AC1","auth_token":"tok","from_phone_number":"+100","to_phone_numbers":["+1","+2"]}""")!.AsObject()), "S", "B & C");
        Assert.Equal(2, requests.Count);
        Assert.Equal("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", requests[1].Url);

        var sent = await SentAsync(requests[1]);

        Assert.StartsWith("POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Basic QUMxOnRvaw==\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", sent, StringComparison.Ordinal);
        Assert.Equal("From=%2B100&To=%2B2&Body=S%0D%0AB%20%26%20C", Body(sent));
    }

    [Theory]
    [InlineData("slack-webhook", "{}", "The block has no url.")]
    [InlineData("ms-teams-webhook", """{"url":"https://x.io/other"}""", "Invalid Microsoft Teams Workflow URL provided.")]
    [InlineData("opsgenie-webhook", "{}", "The block has no apikey.")]
    [InlineData("sendgrid-email", """{"api_key":"k","sender_email":"a@x.io"}""", "The block has no to_emails.")]
    [InlineData("nobody-knows", "{}", "This server cannot send by blocks of the type nobody-knows.")]
    public void A_block_that_lacks_something_says_what(string slug, string data, string message) => Assert.Equal(
        message,
        Assert.Throws<NotificationInvalidException>(() => NotificationRequests.Of(new NotificationBlock(slug, JsonNode.Parse(data)!.AsObject()), "S", "B")).Message);

    private static async Task<string> SentAsync(OutgoingRequest request)
    {
        await using var listener = Listener.Start("HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n");
        using var sender = new OutgoingSender(TimeProvider.System);
        var answer = await sender.SendAsync(request with { Url = listener.Url + new Uri(request.Url).PathAndQuery }, CancellationToken.None);
        Assert.True(answer.IsSuccess);
        return Assert.Single(listener.Requests);
    }

    private static string Body(string sent) => sent[(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}
