using System.Text;
using System.Text.Json.Nodes;
using Reeve.Server.Notifications;
using Reeve.Server.Notifications.Apprise;

namespace Reeve.Server.Tests.Automations;

/// <summary>What addresses of services make of a message.</summary>
public sealed class AppriseTests
{
    [Theory]
    [InlineData("slack://TAbc/BDef/xYz", "https://hooks.slack.com/services/TAbc/BDef/xYz", "\"title\":\"S\",\"text\":\"B\"")]
    [InlineData("discord://bot@123/To-Ken?tts=yes", "https://discord.com/api/webhooks/123/To-Ken", "\"tts\":true,\"wait\":false,\"content\":\"S\\r\\nB\",\"username\":\"bot\"")]
    [InlineData(
        "workflows://prod-1.logic.azure.com:443/abc/sig~1", "https://prod-1.logic.azure.com/workflows/abc/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=sig~1",
        "AdaptiveCard")]
    [InlineData("pagerduty://ik@ak/src/comp?region=eu", "https://events.eu.pagerduty.com/v2/enqueue", "\"source\":\"src\",\"component\":\"comp\"")]
    [InlineData("opsgenie://key/@u/%23t?priority=1", "https://api.opsgenie.com/v2/alerts", "\"priority\":\"P1\",\"responders\":[{\"type\":\"user\",\"username\":\"u\"},{\"type\":\"team\",\"name\":\"t\"}]")]
    [InlineData("twilio://AC1:tok@+100/+1", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json", "From=%2B100&To=%2B1&Body=S%0D%0AB")]
    [InlineData("mmosts://bot@chat.io/sub/tok?channel=ops", "https://chat.io/sub/hooks/tok", "\"text\":\"S\\r\\nB\",\"icon_url\":null,\"username\":\"bot\",\"channel\":\"ops\"")]
    [InlineData("mmost://chat.io:8065/tok", "http://chat.io:8065/hooks/tok", "\"text\":\"S\\r\\nB\"")]
    [InlineData("sendgrid://key:me@x.io/a@y.io", "https://api.sendgrid.com/v3/mail/send", "\"to\":[{\"email\":\"a@y.io\"}]")]
    [InlineData("tgram://123:AbC/-100", "https://api.telegram.org/bot123:AbC/sendMessage", "\"chat_id\":\"-100\",\"text\":\"S\\nB\"")]
    [InlineData("pover://user@token/phone?sound=siren", "https://api.pushover.net/1/messages.json", "token=token&user=user&title=S&message=B&priority=1&device=phone&sound=siren")]
    [InlineData("pbul://Token/me@x.io", "https://api.pushbullet.com/v2/pushes", "\"body\":\"B\",\"email\":\"me@x.io\"", "Access-Token: Token")]
    [InlineData("gchat://space/key/tok", "https://chat.googleapis.com/v1/spaces/space/messages?key=key&token=tok", "{\"text\":\"S\\nB\"}")]
    [InlineData("ntfy://topic", "https://ntfy.sh/", "{\"topic\":\"topic\",\"title\":\"S\",\"message\":\"B\"}")]
    [InlineData("ntfys://u:p@n.io:8443/t?priority=4&tags=a,b", "https://n.io:8443/", "{\"topic\":\"t\",\"title\":\"S\",\"message\":\"B\",\"priority\":4,\"tags\":[\"a\",\"b\"]}", "Authorization: Basic dTpw")]
    [InlineData("gotifys://g.io/sub/tok?priority=8", "https://g.io/sub/message", "{\"priority\":8,\"title\":\"S\",\"message\":\"B\"}", "X-Gotify-Key: tok")]
    [InlineData("rockets://a1/b2@r.io/%23ops", "https://r.io/hooks/a1/b2", "\"channel\":\"#ops\"")]
    [InlineData("jsons://u:p@h.io:8443/in/x?+X-Key=v", "https://h.io:8443/in/x", "{\"version\":\"1.0\",\"title\":\"S\",\"message\":\"B\",\"attachments\":[],\"type\":\"failure\"}", "X-Key: v")]
    [InlineData("xml://h.io/in", "http://h.io/in", "<Subject>S</Subject><MessageType>failure</MessageType><Message>B</Message>")]
    [InlineData("form://h.io", "http://h.io/", "version=1.0&title=S&message=B&type=failure")]
    public void An_address_gives_the_request_that_its_service_wants(string address, string url, string part, string? header = null)
    {
        var block = new NotificationBlock("slack-webhook", new JsonObject { ["url"] = address, ["notify_type"] = "failure", ["allow_private_urls"] = false });

        var request = Assert.Single(NotificationRequests.Of(block, "S", "B"));

        Assert.Equal(url, new Uri(request.Url).AbsoluteUri);
        Assert.Contains(part, Encoding.UTF8.GetString(request.Body!.Value.Span), StringComparison.Ordinal);
        Assert.False(request.AllowPrivate);
        if (header is not null) Assert.Contains(header, request.Headers.Select(static one => $"{one.Key}: {one.Value}"));
    }

    [Theory]
    [InlineData("tgram://123:AbC/1/2")]
    [InlineData("ntfys://n.io/a/b")]
    [InlineData("twilio://AC1:tok@+100/+1/+2")]
    public void Each_target_gets_a_request_of_its_own(string address) => Assert.Equal(2, AppriseRequests.Of(address, "S", "B", "info").Count);

    [Theory]
    [InlineData("carrier-pigeon://coop", "cannot send to addresses of the scheme carrier-pigeon. It understands discord, form, ")]
    [InlineData("no address", "The address is not a valid URL.")]
    [InlineData("slack://only", "The address lacks part 2.")]
    [InlineData("tgram://1:a", "The address lacks a chat.")]
    [InlineData("pover://token", "The address lacks the user's key before the @.")]
    [InlineData("rocket://u:secret@host/room", "Rocket.Chat is understood by webhooks")]
    public void An_address_that_cannot_be_used_says_why_and_tells_no_secret(string address, string message)
    {
        var error = Assert.Throws<NotificationInvalidException>(() => AppriseRequests.Of(address, "S", "B", "info"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_lists_every_scheme()
    {
        var guide = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operate.md"));
        Assert.All(AppriseRequests.Schemes, scheme => Assert.Contains($"`{scheme}://", guide, StringComparison.Ordinal));
    }
}
