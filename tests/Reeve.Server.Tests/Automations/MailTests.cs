using System.Text.Json.Nodes;
using Reeve.Server.Notifications;
using Reeve.Testing;
using static Reeve.Server.Tests.Automations.ActionParts;

namespace Reeve.Server.Tests.Automations;

public sealed class MailTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task An_automation_sends_mail_by_server_credentials(DatabaseKind kind)
    {
        await using var bench = await AutomationBench.StartAsync(kind);
        await using var sink = SmtpSink.Start(login: true);
        var block = await BlockAsync(
            bench, "email-server-credentials", [],
            $$"""{"username":"me@x.io","password":"right","smtp_server":"127.0.0.1","smtp_type":"INSECURE","smtp_port":{{sink.Port}},"email_to":["a@x.io","b@x.io"]}""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", Send(block));
        await bench.TellAsync("a");

        await bench.SettleAsync();

        Assert.Single(await bench.EventsAsync("prefect.automation.action.executed"));
        Assert.Equal(["MAIL FROM:<me@x.io>", "RCPT TO:<a@x.io>", "RCPT TO:<b@x.io>"], Envelope(sink));
        var message = Assert.Single(sink.Messages);
        Assert.Contains("\nSubject: About thing.1\n", message, StringComparison.Ordinal);
        Assert.Contains("\nFrom: me@x.io\n", "\n" + message, StringComparison.Ordinal);
        Assert.EndsWith("\n\nIt is a\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_goes_by_an_address_in_a_webhook_block_too()
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await using var sink = SmtpSink.Start();
        var block = await BlockAsync(
            bench, "slack-webhook", ["notify"], $$"""{"url":"mailto://127.0.0.1:{{sink.Port}}/to@x.io?from=me@x.io&name=Reeve&cc=c@x.io&format=html"}""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", Send(block));
        await bench.TellAsync("a");

        await bench.SettleAsync();

        Assert.Equal(["MAIL FROM:<me@x.io>", "RCPT TO:<to@x.io>", "RCPT TO:<c@x.io>"], Envelope(sink));
        Assert.Contains("From: Reeve <me@x.io>", sink.Messages[0], StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html", sink.Messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "a@x.io", "SMTPAuthenticationError('127.0.0.1: ")]
    [InlineData("right", "nobody@x.io", "SMTPException('127.0.0.1: ")]
    public async Task A_mail_that_is_not_taken_is_told_with_the_servers_answer_and_without_the_password(string password, string to, string log)
    {
        await using var bench = await AutomationBench.StartAsync(DatabaseKind.Sqlite);
        await using var sink = SmtpSink.Start(login: true);
        var block = await BlockAsync(
            bench, "email-server-credentials", [],
            $$"""{"username":"me@x.io","password":"{{password}}","smtp_server":"127.0.0.1","smtp_type":"INSECURE","smtp_port":{{sink.Port}},"email_to":"{{to}}"}""");
        await bench.CreateAsync("""{"type":"event","posture":"Reactive","expect":["a"]}""", Send(block));
        await bench.TellAsync("a");

        await bench.SettleAsync();

        var failed = Assert.Single(await bench.EventsAsync("prefect.automation.action.failed"));
        Assert.Equal("Notification failed", failed["payload"]!["reason"]!.GetValue<string>());
        Assert.StartsWith(log, failed["payload"]!["notification_log"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(password == "wrong" ? "\"wrong\"" : "right", failed.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_server_that_cannot_encrypt_gets_no_mail_that_must_be()
    {
        await using var sink = SmtpSink.Start();
        var mail = new OutgoingMail("127.0.0.1", sink.Port, MailSecurity.StartTls, "me@x.io", ["a@x.io"], "S", "B");
        await Assert.ThrowsAsync<OutgoingException>(() => new MailSender(TimeProvider.System).SendAsync(mail, CancellationToken.None));
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_private_address_is_refused_where_the_block_says_so()
    {
        await using var sink = SmtpSink.Start();
        var mail = new OutgoingMail("127.0.0.1", sink.Port, MailSecurity.None, "me@x.io", ["a@x.io"], "S", "B") { AllowPrivate = false };
        var error = await Assert.ThrowsAsync<OutgoingException>(() => new MailSender(TimeProvider.System).SendAsync(mail, CancellationToken.None));
        Assert.Contains("private address 127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Empty(sink.Commands);
    }

    [Theory]
    [InlineData("mailto://me:pw@gmail.com", "smtp.gmail.com", 587, MailSecurity.StartTls, "me@gmail.com", "me@gmail.com", "me@gmail.com")]
    [InlineData("mailtos://me:pw@x.io?smtp=mail.x.io&mode=ssl&to=a@y.io", "mail.x.io", 465, MailSecurity.Tls, "me", "me@x.io", "a@y.io")]
    [InlineData("mailtos://me:p%40w@x.io/a", "x.io", 587, MailSecurity.StartTls, "me", "me@x.io", "a@x.io")]
    [InlineData("mailto://x.io:2525/a@x.io?from=Reeve", "x.io", 2525, MailSecurity.None, null, "a@x.io", "a@x.io")]
    public void An_address_tells_the_server_the_protection_and_the_people(
        string url, string host, int port, object security, string? user, string from, string to)
    {
        var mail = MailUrl.Parse(url, "S", "B");
        Assert.Equal((host, port, (MailSecurity)security, user, from, to), (mail.Host, mail.Port, mail.Security, mail.User, mail.From, Assert.Single(mail.To)));
    }

    [Theory]
    [InlineData("email-server-credentials", """{"username":"me"}""", "The block has no email_to, and its username is no address.")]
    [InlineData("email-server-credentials", """{"username":"me@x.io","smtp_type":"odd"}""", "The block's smtp_type is odd; it must be SSL, STARTTLS or INSECURE.")]
    [InlineData("slack-webhook", """{"url":"mailto://x.io"}""", "The mail address names nobody to send to; add ?to=.")]
    public void A_block_that_lacks_something_says_what(string slug, string data, string message) => Assert.Equal(
        message, Assert.Throws<NotificationInvalidException>(() => MailBlocks.Of(Block(slug, data), "S", "B")).Message);

    [Fact]
    public void Credentials_know_the_usual_servers()
    {
        var mail = MailBlocks.Of(Block("email-server-credentials", """{"username":"me@gmail.com","password":"p"}"""), null, "B")!;
        Assert.Equal(("smtp.gmail.com", 465, MailSecurity.Tls, "me@gmail.com", "Prefect Notifications"), (mail.Host, mail.Port, mail.Security, Assert.Single(mail.To), mail.Subject));
    }

    private static NotificationBlock Block(string slug, string data) => new(slug, JsonNode.Parse(data)!.AsObject());

    private static string Send(string block) =>
        $$$"""[{"type":"send-notification","block_document_id":"{{{block}}}","subject":"About {{ event.resource.id }}","body":"It is {{ event.event }}"}]""";

    private static List<string> Envelope(SmtpSink sink) =>
        [.. sink.Commands.Where(static line => line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("RCPT", StringComparison.Ordinal)).Select(static line => line.Split(" SIZE")[0].Split(" BODY")[0])];
}
