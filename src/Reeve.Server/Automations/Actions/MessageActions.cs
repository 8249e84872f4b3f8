using System.Text;
using Reeve.Contract.Automations;
using Reeve.Contract.Blocks;
using Reeve.Core.JsonSchema;
using Reeve.Data;
using Reeve.Server.Blocks;
using Reeve.Server.Events;
using Reeve.Server.Http;
using Reeve.Server.Notifications;

namespace Reeve.Server.Automations.Actions;

/// <summary>Actions that tell somebody outside.</summary>
internal sealed class MessageActions(Db db, BlockDocumentStore blocks, ActionTemplates templates, OutgoingSender sender, MailSender mails, TimeProvider clock)
{
    private const int MostAnswerCharacters = 1000;

    private static readonly string[] HiddenHeaders = ["authorization", "traceparent", "via"];
    private static readonly string[] HiddenPrefixes = ["x-forwarded", "x-b3", "x-cloud-trace", "x-envoy", "x-prefect"];

    /// <summary>Any answer is a success, whatever its status: what the other side thinks of the call is in the event.</summary>
    public async Task CallAsync(TriggeredAction action, CallWebhook call, ActionReport report, CancellationToken cancel)
    {
        var (document, data) = await LoadAsync(action, call.BlockDocumentId, report, cancel);
        if (document.BlockType?.Slug != "webhook") throw new ActionFailure("The referenced block was not a webhook block");
        var payload = call.Payload is null ? null : (await templates.RenderAsync(action, report, cancel, call.Payload))[0];
        OutgoingRequest request;
        try
        {
            request = new OutgoingRequest(data.OptionalText("method") ?? "POST", data.Text("url"))
            {
                Headers = [.. (data.Map("headers") ?? []).Select(static header => KeyValuePair.Create(header.Key, header.Value?.ToString() ?? ""))],
                Body = string.IsNullOrEmpty(payload) ? null : Encoding.UTF8.GetBytes(payload),
                AllowPrivate = data.Flag("allow_private_urls", true), Verify = data.Flag("verify", true), Retry = false,
            };
        }
        catch (NotificationInvalidException error)
        {
            throw new ActionFailure($"The webhook block was invalid: {error.Repr}");
        }
        try
        {
            var answer = await sender.SendAsync(request, cancel);
            report.StatusCode = answer.Status;
            report.Details["response_body"] = Cut(answer.Body);
            var headers = new JsonMap();
            foreach (var (name, value) in answer.Headers)
            {
                if (!IsHidden(name)) headers[name] = value;
            }
            report.Details["response_headers"] = headers;
        }
        catch (OutgoingException error)
        {
            throw new ActionFailure($"Webhook call failed: {error.Repr}");
        }
    }

    public async Task NotifyAsync(TriggeredAction action, SendNotification send, ActionReport report, CancellationToken cancel)
    {
        var (document, data) = await LoadAsync(action, send.BlockDocumentId, report, cancel);
        if (document.BlockSchema?.Capabilities.Contains("notify") != true && data.Slug != MailBlocks.CredentialsSlug) throw new ActionFailure("The referenced block was not a notification block");
        var texts = await templates.RenderAsync(action, report, cancel, send.Subject, send.Body);
        var log = new List<string>();
        try
        {
            await SendAsync(data, texts[0], texts[1], log, cancel);
        }
        catch (NotificationInvalidException error)
        {
            throw new ActionFailure($"The notification block was invalid: {error.Repr}");
        }
        catch (OutgoingException error)
        {
            log.Add(error.Repr);
        }
        if (log.Count == 0) return;
        report.Details["notification_log"] = string.Join('\n', log);
        if (data.Slug == "custom-webhook") throw new InvalidOperationException($"Notification failed: {string.Join("; ", log)}");
        throw new ActionFailure("Notification failed");
    }

    private async Task SendAsync(NotificationBlock block, string? subject, string body, List<string> log, CancellationToken cancel)
    {
        if (MailBlocks.Of(block, subject, body) is { } mail)
        {
            await mails.SendAsync(mail, cancel);
            return;
        }
        foreach (var request in NotificationRequests.Of(block, subject, body))
        {
            var answer = await sender.SendAsync(request, cancel);
            if (!answer.IsSuccess) log.Add($"{new Uri(request.Url).Host} answered {answer.Status}");
        }
    }

    private static string Cut(string body)
    {
        var end = 0;
        var characters = 0;
        foreach (var rune in body.EnumerateRunes())
        {
            if (characters++ == MostAnswerCharacters) return body[..end] + "... (truncated)";
            end += rune.Utf16SequenceLength;
        }
        return body;
    }

    private static bool IsHidden(string header) =>
        HiddenHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(HiddenPrefixes, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private async Task<(BlockDocument Document, NotificationBlock Data)> LoadAsync(
        TriggeredAction action, Guid id, ActionReport report, CancellationToken cancel)
    {
        var document = await blocks.FindAsync(id, includeSecrets: true, cancel) ?? throw ApiException.Detail(404, "Block document not found");
        var slug = document.BlockType?.Slug ?? "";
        report.Add("prefect.block-document", id, "block", document.Name);
        report.Related.Add(new Dictionary<string, string>
        {
            [EventLabels.Id] = $"prefect.block-type.{slug}", [EventLabels.Role] = "block-type",
        });
        var now = clock.GetUtcNow();
        await ActionRunner.NoteAsync(db, action, now, cancel, $"prefect.block-document.{id}");
        var told = EventDraft.Of($"prefect.block.{slug}.loaded", "prefect.block-document", id, document.Name ?? "", now);
        told.Related.Add(new Dictionary<string, string> { [EventLabels.Id] = $"prefect.block-type.{slug}", [EventLabels.Role] = "block-type" });
        var batch = new SqlBatch();
        Outbox.Add(batch, told);
        await db.WriteAsync(batch, cancel);
        return (document, new NotificationBlock(slug, BlockJson.Parse(document.Data)));
    }
}
