using Reeve.Contract.Automations;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Http;

namespace Reeve.Server.Automations;

/// <summary>All SQL on <c>automation</c> and what it is related to.</summary>
internal sealed class AutomationStore(Db db)
{
    private static readonly SqlText Columns = new(AutomationRow.Columns("a"));

    public Task<Automation?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from automation a where a.id = {id}", static row => AutomationRow.Read(row), cancel);

    public Task<List<Automation>> ListAsync(AutomationFilter? filter, AutomationSort sort, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from automation a where {AutomationPredicate.Where(filter, "a", db.Dialect).ToSql()}
            order by {Order(sort)} limit {limit} offset {offset}
            """,
            static row => AutomationRow.Read(row), cancel);

    /// <summary>How many there are in all.</summary>
    public Task<int> CountAsync(CancellationToken cancel) =>
        db.OneAsync($"select count(*) from automation", static row => row.GetInt32(0), cancel);

    /// <summary>Those that a resource owns or that act on it.</summary>
    public Task<List<Automation>> RelatedAsync(string resource, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from automation a
            where exists (select 1 from automation_related_resource r where r.automation_id = a.id and r.resource_id = {resource})
            order by a.name
            """,
            static row => AutomationRow.Read(row), cancel);

    public async Task CreateAsync(Automation automation, string? owner, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into automation (id, created, updated, name, description, enabled, tags, trigger, actions, actions_on_trigger, actions_on_resolve)
            values ({automation.Id}, {now}, {now}, {automation.Name}, {automation.Description}, {automation.Enabled}, {JsonText.Of(automation.Tags)},
                {JsonText.Of(automation.Trigger)}, {JsonText.Of(automation.Actions)}, {JsonText.Of(automation.ActionsOnTrigger)}, {JsonText.Of(automation.ActionsOnResolve)})
            """);
        if (owner is not null) Relate(batch, automation.Id, owner, owned: true, now);
        RelateDeployments(batch, automation, now);
        Outbox.Add(batch, AutomationEvents.Created(automation, now));
        batch.Signal(DbTopics.Automations);
        await db.WriteAsync(batch, cancel);
    }

    /// <summary>
    /// Reads an automation, changes it and writes it; again from the start when somebody else has changed it meanwhile, whose change would be lost otherwise. False when there is none.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="change">Gives it as it is to be; null stands for one that is not there.</param>
    /// <param name="now">The time of the change.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<bool> ChangeAsync(Guid id, Func<Automation?, Task<Automation>> change, DateTimeOffset now, CancellationToken cancel) => Db.DecideAsync(async () =>
    {
        var known = await FindAsync(id, cancel);
        var updated = known?.Updated;
        var automation = await change(known);
        if (known is null) return false;
        // Later than the change before, whoever made that by whatever clock: by it others know that there was another.
        automation.Updated = now > updated ? now : updated?.AddMicroseconds(1) ?? now;
        return await UpdateAsync(automation, updated, cancel);
    });

    /// <summary>Replaces an automation by its changed copy; the relations to deployments follow its actions.</summary>
    private async Task<bool> UpdateAsync(Automation automation, DateTimeOffset? known, CancellationToken cancel)
    {
        var now = automation.Updated!.Value;
        var batch = new SqlBatch();
        batch.Require(
            $"""
            not exists (select 1 from (select a.updated from automation a where a.id = {automation.Id} for update) held
                where held.updated is distinct from {known:timestamptz})
            """);
        var changed = batch.Execute(
            $"""
            update automation set updated = {now}, name = {automation.Name}, description = {automation.Description}, enabled = {automation.Enabled},
                tags = {JsonText.Of(automation.Tags)}, trigger = {JsonText.Of(automation.Trigger)}, actions = {JsonText.Of(automation.Actions)},
                actions_on_trigger = {JsonText.Of(automation.ActionsOnTrigger)}, actions_on_resolve = {JsonText.Of(automation.ActionsOnResolve)}
            where id = {automation.Id}
            """);
        batch.Execute(
            $"""
            delete from automation_related_resource
            where automation_id = {automation.Id} and automation_owned_by_resource = {false} and resource_id like 'prefect.deployment.%'
            """);
        RelateDeployments(batch, automation, now);
        Outbox.AddIf(batch, AutomationEvents.Updated(automation, now), $"exists (select 1 from automation where id = {automation.Id})");
        batch.Signal(DbTopics.Automations);
        await db.WriteAsync(batch, cancel);
        return changed.Value == 1;
    }

    /// <summary>Buckets, firings and relations go by their foreign keys.</summary>
    public async Task<bool> DeleteAsync(Automation automation, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.One($"select id from automation where id = {automation.Id} for update", static row => row.GetGuid(0));
        Outbox.AddIf(batch, AutomationEvents.Deleted(automation, now), $"exists (select 1 from automation where id = {automation.Id})");
        var deleted = batch.Execute($"delete from automation where id = {automation.Id}");
        batch.Signal(DbTopics.Automations);
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    /// <summary>Deletes what a resource owns; nothing is told of it.</summary>
    public async Task DeleteOwnedAsync(string resource, DateTimeOffset now, CancellationToken cancel)
    {
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            delete from automation where created <= {now} and id in (
                select r.automation_id from automation_related_resource r
                where r.resource_id = {resource} and r.automation_owned_by_resource = {true})
            """);
        batch.Signal(DbTopics.Automations);
        await db.WriteAsync(batch, cancel);
    }

    private static void RelateDeployments(SqlBatch batch, Automation automation, DateTimeOffset now)
    {
        foreach (var id in automation.Actions.OfType<RunDeployment>().Select(static action => action.DeploymentId).OfType<Guid>().Distinct())
        {
            Relate(batch, automation.Id, $"prefect.deployment.{id}", owned: false, now);
        }
    }

    private static void Relate(SqlBatch batch, Guid automation, string resource, bool owned, DateTimeOffset now) => batch.Execute(
        $"""
        insert into automation_related_resource (id, created, updated, automation_id, resource_id, automation_owned_by_resource)
        select {Guid.NewGuid()}, {now}, {now}, {automation}, {resource:text}, {owned}
        where exists (select 1 from automation where id = {automation})
        on conflict (automation_id, resource_id) do update
        set automation_owned_by_resource = (automation_related_resource.automation_owned_by_resource or excluded.automation_owned_by_resource),
            updated = excluded.updated
        """);

    private static SqlText Order(AutomationSort sort) => new(sort switch
    {
        AutomationSort.CreatedDesc => "a.created desc, a.id",
        AutomationSort.UpdatedDesc => "a.updated desc, a.id",
        AutomationSort.NameDesc => "a.name desc",
        _ => "a.name",
    });
}
