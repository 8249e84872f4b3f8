using Reeve.Contract.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Events.Queries;

/// <summary>Asking for events: <c>/events/filter</c>, its next pages, <c>/events/count-by</c>.</summary>
internal sealed class EventQueriesApi(EventStore events)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/events/filter", FilterAsync);
        api.Get("/events/filter/next", NextAsync);
        api.Post("/events/count-by/{countable}", CountAsync);
    }

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<EventFilterRequest>();
        var filter = (body.Filter ?? new EventFilter()).Resolve(call.Now);
        var (page, total) = await events.FirstAsync(filter, body.Limit, call.Cancel);
        return Page(call, page, new EventPageToken(filter, total, body.Limit, 0));
    }

    private async Task<ApiResult> NextAsync(ApiCall call)
    {
        if (call.Query("page-token") is not { } text || EventPageToken.Decode(text) is not { } token) throw ApiException.Detail(403, "Forbidden");
        var page = await events.PageAsync(token.Filter, token.PageSize, token.Offset, call.Cancel);
        return Page(call, page, token);
    }

    private async Task<ApiResult> CountAsync(ApiCall call)
    {
        var body = await call.BodyAsync<EventCountRequest>();
        var filter = body.Filter.Resolve(call.Now);
        var (since, until) = (filter.Occurred.Since!.Value, filter.Occurred.Until!.Value);
        if (EventBuckets.Problem(since, until, body.TimeUnit, body.TimeInterval) is { } problem) throw ApiException.Detail(422, problem);
        return ApiResult.Json(call.Route("countable") switch
        {
            "event" => await events.CountByNameAsync(filter, call.Cancel),
            "resource" => await events.CountByResourceAsync(filter, call.Cancel),
            // The older name of counting by time; whatever unit is sent with it, it means days.
            "day" => await events.CountByTimeAsync(filter, EventBuckets.Of(since, until, TimeUnit.Day, 1, call.Now), call.Cancel),
            _ => await events.CountByTimeAsync(filter, EventBuckets.Of(since, until, body.TimeUnit, body.TimeInterval, call.Now), call.Cancel),
        });
    }

    private static ApiResult Page(ApiCall call, List<ReceivedEvent> page, EventPageToken token) => ApiResult.Json(new EventPage
    {
        Events = page,
        Total = token.Count,
        NextPage = token.Next is { } next ? Link(call, next) : null,
    });

    private static string Link(ApiCall call, EventPageToken token) =>
        $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Settings.Api.BasePath}/events/filter/next?page-token={token.Encode()}";
}
