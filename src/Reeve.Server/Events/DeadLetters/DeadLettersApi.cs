using System.Globalization;
using System.Text.Json;
using Reeve.Server.Http;

namespace Reeve.Server.Events.DeadLetters;

/// <summary><c>/reeve/dead_letters</c>: events that a consumer could not digest.</summary>
internal sealed class DeadLettersApi(DeadLetterStore letters, DeadLetterReplay replay)
{
    private const int DefaultLimit = 50;
    private const int MostAtOnce = 200;

    public void Map(ApiRoutes api)
    {
        api.Get("/reeve/dead_letters", ListAsync);
        api.Get("/reeve/dead_letters/{id:uuid}", ReadAsync);
        api.Post("/reeve/dead_letters/{id:uuid}/replay", ReplayAsync);
        api.Delete("/reeve/dead_letters/{id:uuid}", DeleteAsync);
    }

    private async Task<ApiResult> ListAsync(ApiCall call)
    {
        var limit = Number(call, "limit", DefaultLimit, 1, MostAtOnce);
        var found = await letters.ListAsync(call.Query("consumer"), limit, Number(call, "offset", 0, 0, int.MaxValue), call.Cancel);
        return ApiResult.Written(writer =>
        {
            writer.WriteStartArray();
            foreach (var letter in found) Write(writer, letter, withEvent: false);
            writer.WriteEndArray();
        });
    }

    private async Task<ApiResult> ReadAsync(ApiCall call)
    {
        var letter = await letters.FindAsync(call.Id(), call.Cancel) ?? throw Missing(call);
        return ApiResult.Written(writer => Write(writer, letter, withEvent: true));
    }

    private async Task<ApiResult> ReplayAsync(ApiCall call)
    {
        if (await replay.RunAsync(call.Id(), call.Now, call.Cancel) is { } problem) throw ApiException.Detail(409, problem);
        return ApiResult.NoContent;
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) => await letters.DeleteAsync(call.Id(), call.Cancel) ? ApiResult.NoContent : throw Missing(call);

    private static int Number(ApiCall call, string name, int otherwise, int least, int most)
    {
        if (call.Query(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw ApiException.Detail(422, $"Invalid {name}: it is a whole number from {least} to {most}.");
    }

    private static ApiException Missing(ApiCall call) => ApiException.Detail(404, $"There is no dead letter {call.Id()}.");

    private static void Write(Utf8JsonWriter writer, DeadLetter letter, bool withEvent)
    {
        writer.WriteStartObject();
        writer.WriteString("id", letter.Id);
        writer.WriteString("consumer", letter.Consumer);
        writer.WriteString("event_id", letter.EventId);
        writer.WriteString("event_name", letter.EventName);
        writer.WriteString("received", letter.Received.UtcDateTime);
        writer.WriteString("error", letter.Error);
        writer.WriteNumber("attempts", letter.Attempts);
        writer.WriteString("created", letter.Created.UtcDateTime);
        writer.WriteString("updated", letter.Updated.UtcDateTime);
        if (withEvent) writer.WriteRaw("event", letter.Event);
        writer.WriteEndObject();
    }
}
