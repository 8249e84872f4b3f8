using Reeve.Contract.OpenApi;
using Reeve.Core;
using Reeve.Server.Http;

namespace Reeve.Server.Events;

/// <summary><c>/events</c>.</summary>
internal sealed class EventsApi(EventReader reader, EventIngest ingest)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/events", CreateAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<RawJson>();
        var errors = new ValidationErrors();
        using var document = body.ToDocument();
        var events = reader.ReadMany(document.RootElement, errors) ?? throw new RequestInvalidException(errors, body.Utf8);
        await ingest.TakeAsync(events, call.Now, call.Cancel);
        return ApiResult.NoContent;
    }
}
