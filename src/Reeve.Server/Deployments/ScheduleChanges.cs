using Reeve.Contract.Deployments;
using Reeve.Core;
using Reeve.Data;
using Reeve.Server.Http;

namespace Reeve.Server.Deployments;

/// <summary>
/// What an update of a deployment does to its schedules. Where all have slugs it is aimed: schedules that are not named
/// stay. Otherwise the sent list replaces the stored one.
/// </summary>
internal sealed class ScheduleChanges
{
    private readonly List<(Guid Id, DeploymentScheduleUpdate Update)> _patch = [];
    private readonly List<DeploymentScheduleCreate> _create = [];
    private bool _replacesAll;

    /// <exception cref="ApiException">422: the slugs contradict each other or what is stored.</exception>
    public static ScheduleChanges Of(DeploymentRecord stored, DeploymentUpdate body)
    {
        var changes = new ScheduleChanges();
        var sent = body.Schedules.Or([]);
        var existing = stored.Wire.Schedules;
        var haveSlugs = existing.Count > 0 && existing.TrueForAll(static schedule => schedule.Slug is not null);
        if (haveSlugs && sent.TrueForAll(static schedule => schedule.Slug.Or(null) is not null))
        {
            changes.Aim(existing, sent);
        }
        else if (haveSlugs)
        {
            throw ApiException.Detail(422, "Please provide a slug for each schedule in your request to ensure schedules are updated correctly.");
        }
        else if (body.Schedules.HasValue)
        {
            changes._replacesAll = true;
            foreach (var schedule in sent)
            {
                if (schedule.Schedule.Or(null) is not null) changes._create.Add(New(schedule));
            }
        }
        return changes;
    }

    public void AddTo(SqlBatch batch, Guid deployment, DateTimeOffset now)
    {
        if (_replacesAll) batch.Execute($"delete from deployment_schedule where deployment_id = {deployment}");
        // Renamed ones first lose their slugs, so that two may swap them.
        var renamed = _patch.FindAll(static change => change.Update.Replaces.Or(null) is not null).ConvertAll(static change => change.Id);
        if (renamed.Count > 0) batch.Execute($"update deployment_schedule set slug = null where deployment_id = {deployment} and id = any({renamed})");
        var at = now;
        foreach (var (id, update) in _patch)
        {
            DeploymentScheduleStore.Change(batch, deployment, id, update, at);
            at = at.AddMicroseconds(1);
        }
        DeploymentScheduleStore.Add(batch, $"{deployment}", _create, keepMaxRuns: false, at);
    }

    private void Aim(List<DeploymentSchedule> existing, List<DeploymentScheduleUpdate> sent)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var schedule in sent)
        {
            if (Replaces(schedule) is { } target && !replaced.Add(target))
                throw ApiException.Detail(422, $"Multiple schedules have 'replaces' targeting the same slug: {target}");
        }
        foreach (var schedule in sent)
        {
            var slug = schedule.Slug.Value!;
            if (Replaces(schedule) is { } target && slug.Length > 0 && !replaced.Contains(slug) && existing.Exists(known => known.Slug == slug))
                throw ApiException.Detail(422, $"Cannot rename schedule from '{target}' to '{slug}': a schedule with slug '{slug}' already exists.");
        }
        foreach (var schedule in sent)
        {
            var aim = Replaces(schedule) ?? schedule.Slug.Value;
            if (existing.Find(known => known.Slug == aim) is { } known) _patch.Add((known.Id, schedule));
            else if (schedule.Schedule.Or(null) is not null) _create.Add(New(schedule));
            else throw ApiException.Detail(422, "Unable to create new deployment schedules without a schedule configuration.");
        }
    }

    private static string? Replaces(DeploymentScheduleUpdate schedule) => schedule.Replaces.Or(null) is { Length: > 0 } slug ? slug : null;

    private static DeploymentScheduleCreate New(DeploymentScheduleUpdate schedule) => new()
    {
        Schedule = schedule.Schedule.Value!,
        Active = schedule.Active.Or(null) ?? true,
        Parameters = schedule.Parameters.Or(RawJson.EmptyObject).OrEmptyObject(),
        Slug = schedule.Slug.Or(null),
    };
}
