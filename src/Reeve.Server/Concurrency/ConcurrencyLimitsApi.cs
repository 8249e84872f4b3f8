using System.Globalization;
using Reeve.Contract.Concurrency;
using Reeve.Contract.OpenApi;
using Reeve.Core.Orchestration.Concurrency;
using Reeve.Server.Http;

namespace Reeve.Server.Concurrency;

/// <summary><c>/v2/concurrency_limits</c>.</summary>
internal sealed class ConcurrencyLimitsApi(ConcurrencyLimitStore limits, SlotStore slots)
{
    public void Map(ApiRoutes api)
    {
        api.Post("/v2/concurrency_limits/", CreateAsync);
        api.Get("/v2/concurrency_limits/{id_or_name}", ReadAsync);
        api.Post("/v2/concurrency_limits/filter", FilterAsync);
        api.Patch("/v2/concurrency_limits/{id_or_name}", UpdateAsync);
        api.Delete("/v2/concurrency_limits/{id_or_name}", DeleteAsync);
        api.Post("/v2/concurrency_limits/increment", IncrementAsync);
        api.Post("/v2/concurrency_limits/increment-with-lease", IncrementWithLeaseAsync);
        api.Post("/v2/concurrency_limits/decrement", DecrementAsync);
        api.Post("/v2/concurrency_limits/decrement-with-lease", DecrementWithLeaseAsync);
        api.Post("/v2/concurrency_limits/leases/{lease_id}/renew", RenewAsync);
    }

    private async Task<ApiResult> CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLimitV2Create>();
        var limit = await limits.CreateAsync(body, call.Now, call.Cancel);
        return limit is null ? throw Taken(body.Name) : ApiResult.Json(limit, 201);
    }

    private async Task<ApiResult> ReadAsync(ApiCall call) => ApiResult.Json(Shown(await FindAsync(call), call.Now));

    private async Task<ApiResult> FilterAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLimitV2FilterRequest>();
        var found = await limits.ListAsync(call.Limit(body.Limit), body.Offset, call.Cancel);
        return ApiResult.Json(found.ConvertAll(limit => Shown(limit, call.Now)));
    }

    private async Task<ApiResult> UpdateAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLimitV2Update>();
        RefuseNulls(body);
        return await limits.UpdateAsync(await FindAsync(call), body, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();
    }

    private async Task<ApiResult> DeleteAsync(ApiCall call) =>
        await limits.DeleteAsync(await FindAsync(call), revoke: false, call.Now, call.Cancel) ? ApiResult.NoContent : throw Missing();

    private async Task<ApiResult> IncrementAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencySlotIncrementRequest>();
        return ApiResult.Json(Named(await slots.TakeAsync(body.Names, body.Slots, body.Mode, lease: null, call.Cancel)));
    }

    private async Task<ApiResult> IncrementWithLeaseAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLeaseAcquireRequest>();
        var lease = new WantedLease(Guid.NewGuid(), TimeSpan.FromSeconds(body.LeaseDuration), Holder(body.Holder));
        var taken = await slots.TakeAsync(body.Names, body.Slots, body.Mode, lease, call.Cancel);
        return ApiResult.Json(new ConcurrencyLimitWithLeaseResponse { LeaseId = lease.Id, Limits = Named(taken) });
    }

    private async Task<ApiResult> DecrementAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencySlotDecrementRequest>();
        return ApiResult.Json(Named(await slots.GiveBackAsync(body.Names, body.Slots, body.OccupancySeconds, call.Cancel)));
    }

    private async Task<ApiResult> DecrementWithLeaseAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLeaseReleaseRequest>();
        await slots.ReleaseAsync(body.LeaseId, call.Cancel);
        return ApiResult.NoContent;
    }

    private async Task<ApiResult> RenewAsync(ApiCall call)
    {
        var body = await call.BodyAsync<ConcurrencyLeaseRenewRequest>();
        return await slots.RenewAsync(LeaseId(call), TimeSpan.FromSeconds(body.LeaseDuration), call.Cancel)
            ? ApiResult.NoContent
            : throw ApiException.Detail(410, "Lease not found - it may have expired or been revoked");
    }

    private static Guid LeaseId(ApiCall call)
    {
        if (Guid.TryParse(call.Route("lease_id"), CultureInfo.InvariantCulture, out var id)) return id;
        var errors = new ValidationErrors();
        errors.Add("uuid_parsing", ["path", "lease_id"], "Input should be a valid UUID");
        throw new RequestInvalidException(errors, default);
    }

    /// <summary>What looks like an id is one; everything else is a name.</summary>
    private async Task<ConcurrencyLimitV2> FindAsync(ApiCall call)
    {
        var key = call.Route("id_or_name");
        var found = Guid.TryParse(key, CultureInfo.InvariantCulture, out var id)
            ? await limits.FindAsync(id, call.Cancel)
            : await limits.FindByNameAsync(key, call.Cancel);
        return found ?? throw Missing();
    }

    /// <summary>Reading a limit shows its slots after decay and keeps its statistics to itself.</summary>
    private static GlobalConcurrencyLimitResponse Shown(ConcurrencyLimitV2 limit, DateTimeOffset now) => new()
    {
        Id = limit.Id,
        Created = limit.Created,
        Updated = limit.Updated,
        Active = limit.Active,
        Name = limit.Name,
        Limit = limit.Limit,
        ActiveSlots = SlotMath.ActiveAfterDecay(ConcurrencyLimitStore.ToSlots(limit), now),
        SlotDecayPerSecond = limit.SlotDecayPerSecond,
    };

    private static List<MinimalConcurrencyLimitResponse> Named(List<ConcurrencyLimitV2> limits) => limits.ConvertAll(
        static limit => new MinimalConcurrencyLimitResponse { Id = limit.Id, Name = limit.Name, Limit = limit.Limit });

    private static LeaseHolder? Holder(ConcurrencyLeaseHolder? holder) => holder?.Type switch
    {
        null => null,
        ConcurrencyLeaseHolderType.FlowRun => LeaseHolder.FlowRun(holder.Id),
        ConcurrencyLeaseHolderType.TaskRun => LeaseHolder.TaskRun(holder.Id),
        _ => new LeaseHolder("deployment", holder.Id),
    };

    private static void RefuseNulls(ConcurrencyLimitV2Update body)
    {
        RefuseNull("active", body.Active is { HasValue: true, Value: null });
        RefuseNull("name", body.Name is { HasValue: true, Value: null });
        RefuseNull("limit", body.Limit is { HasValue: true, Value: null });
        RefuseNull("active_slots", body.ActiveSlots is { HasValue: true, Value: null });
        RefuseNull("denied_slots", body.DeniedSlots is { HasValue: true, Value: null });
        RefuseNull("slot_decay_per_second", body.SlotDecayPerSecond is { HasValue: true, Value: null });
    }

    private static void RefuseNull(string field, bool isNull)
    {
        if (isNull) throw ApiException.Detail(409, $"'{field}' cannot be null. Leave it out to keep its value.");
    }

    private static ApiException Taken(string name) => ApiException.Detail(409, $"A concurrency limit named '{name}' already exists.");

    private static ApiException Missing() => ApiException.Detail(404, "Concurrency Limit not found");
}
