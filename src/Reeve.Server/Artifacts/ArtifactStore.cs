using Reeve.Contract.Artifacts;
using Reeve.Contract.Events;
using Reeve.Data;
using Reeve.Server.Events;
using Reeve.Server.Filters;
using Reeve.Server.Http;

namespace Reeve.Server.Artifacts;

/// <summary>All SQL on <c>artifact</c> and <c>artifact_collection</c>, which holds the newest artifact of each key.</summary>
internal sealed class ArtifactStore(Db db)
{
    private static readonly SqlText Columns = new(ArtifactRow.Columns("a"));
    private static readonly SqlText CollectionColumns = new(ArtifactCollectionRow.Columns("c"));

    public Task<Artifact?> FindAsync(Guid id, CancellationToken cancel) =>
        db.OneAsync($"select {Columns} from artifact a where a.id = {id}", static row => ArtifactRow.Read(row), cancel);

    public Task<ArtifactCollection?> FindLatestAsync(string key, CancellationToken cancel) =>
        db.OneAsync(
            $"select {CollectionColumns} from artifact_collection c where c.key = {key}",
            static row => ArtifactCollectionRow.Read(row), cancel);

    public async Task<Artifact> CreateAsync(ArtifactCreate create, DateTimeOffset now, CancellationToken cancel)
    {
        var artifact = new Artifact
        {
            Id = Guid.NewGuid(), Created = now, Updated = now, Key = create.Key, Type = create.Type, Description = create.Description,
            Data = create.Data, Metadata = ArtifactMetadata.Shorten(create.Metadata),
            FlowRunId = create.FlowRunId, TaskRunId = create.TaskRunId,
        };
        var batch = new SqlBatch();
        batch.Execute(
            $"""
            insert into artifact (id, created, updated, key, type, description, data, metadata_, flow_run_id, task_run_id)
            values ({artifact.Id}, {now}, {now}, {artifact.Key}, {artifact.Type}, {artifact.Description},
                {artifact.Data}, {artifact.Metadata}, {artifact.FlowRunId}, {artifact.TaskRunId})
            """);
        if (artifact.Key is { } key) MakeLatest(batch, artifact, key, now);
        await db.WriteAsync(batch, cancel);
        return artifact;
    }

    public async Task<bool> UpdateAsync(Guid id, ArtifactUpdate update, DateTimeOffset now, CancellationToken cancel)
    {
        Sql set = $"updated = {now}";
        if (update.Data.HasValue) set.Add($", data = {update.Data.Value}");
        if (update.Description.HasValue) set.Add($", description = {update.Description.Value}");
        if (update.Metadata.HasValue) set.Add($", metadata_ = {ArtifactMetadata.Shorten(update.Metadata.Value)}");
        var batch = new SqlBatch();
        var changed = batch.Execute($"update artifact set {set} where id = {id}");
        var latest = batch.Execute($"update artifact_collection set {set} where latest_id = {id}");
        await db.WriteAsync(batch, cancel);
        return changed.Value + latest.Value > 0;
    }

    public Task<bool> DeleteAsync(Guid id, DateTimeOffset now, CancellationToken cancel) => Db.DecideAsync(() => DecideDeletionAsync(id, now, cancel));

    private async Task<bool> DecideDeletionAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var read = new SqlBatch();
        var latestOf = read.One(
            $"select {CollectionColumns} from artifact_collection c where c.latest_id = {id}",
            static row => ArtifactCollectionRow.Read(row));
        var next = read.One(
            $"""
            select {Columns} from artifact a
            where a.id <> {id} and a.key = (select gone.key from artifact gone where gone.id = {id})
            order by a.created desc limit 1
            """,
            static row => ArtifactRow.Read(row));
        await db.ReadAsync(read, cancel);

        var batch = new SqlBatch();
        RequireSame(batch, id, latestOf.Value, next.Value);
        if (latestOf.Value is { } collection) Succeed(batch, collection, next.Value, now);
        var deleted = batch.Execute($"delete from artifact where id = {id}");
        await db.WriteAsync(batch, cancel);
        return deleted.Value == 1;
    }

    public Task<List<Artifact>> ListAsync(
        ArtifactFilter? filter, RelatedFilters related, ArtifactSort sort, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {Columns} from artifact a where {ArtifactPredicate.Where(filter, related, "a", db.Dialect)}
            order by {Order("a", sort)} limit {limit} offset {offset}
            """,
            static row => ArtifactRow.Read(row), cancel);

    public Task<int> CountAsync(ArtifactFilter? filter, RelatedFilters related, CancellationToken cancel) =>
        db.OneAsync(
            $"select count(*) from artifact a where {ArtifactPredicate.Where(filter, related, "a", db.Dialect)}",
            static row => row.GetInt32(0), cancel);

    public Task<List<ArtifactCollection>> ListLatestAsync(
        ArtifactCollectionFilter? filter, RelatedFilters related, ArtifactSort sort, int limit, int offset, CancellationToken cancel) =>
        db.ListAsync(
            $"""
            select {CollectionColumns} from artifact_collection c where {ArtifactPredicate.Where(filter, related, "c", db.Dialect)}
            order by {Order("c", sort)} limit {limit} offset {offset}
            """,
            static row => ArtifactCollectionRow.Read(row), cancel);

    public Task<int> CountLatestAsync(ArtifactCollectionFilter? filter, RelatedFilters related, CancellationToken cancel) =>
        db.OneAsync(
            $"select count(*) from artifact_collection c where {ArtifactPredicate.Where(filter, related, "c", db.Dialect)}",
            static row => row.GetInt32(0), cancel);

    /// <summary>Makes an artifact the newest of its key, and tells of the key's first or next artifact.</summary>
    private static void MakeLatest(SqlBatch batch, Artifact artifact, string key, DateTimeOffset now)
    {
        var collection = new ArtifactCollection
        {
            Id = Guid.NewGuid(), Key = key, LatestId = artifact.Id, Type = artifact.Type, Description = artifact.Description,
            Data = artifact.Data, FlowRunId = artifact.FlowRunId, TaskRunId = artifact.TaskRunId,
        };
        batch.Execute(
            $"""
            insert into artifact_collection
                (id, created, updated, key, latest_id, type, description, data, metadata_, flow_run_id, task_run_id)
            values ({collection.Id}, {now}, {now}, {key}, {artifact.Id}, {artifact.Type}, {artifact.Description},
                {artifact.Data}, {artifact.Metadata}, {artifact.FlowRunId}, {artifact.TaskRunId})
            on conflict (key) do update set updated = excluded.updated, latest_id = excluded.latest_id, type = excluded.type,
                description = excluded.description, data = excluded.data, metadata_ = excluded.metadata_,
                flow_run_id = excluded.flow_run_id, task_run_id = excluded.task_run_id
            """);
        Outbox.AddIf(batch, ArtifactEvents.Created(collection, now), $"exists (select 1 from artifact_collection where id = {collection.Id})");
        TellOfExisting(batch, ArtifactEvents.Updated(collection, now), collection.Id, key);
    }

    /// <summary>
    /// Whether the key had a row already, and which, is known only to the statement before: the id the event was written
    /// with is replaced by that row's.
    /// </summary>
    private static void TellOfExisting(SqlBatch batch, Event told, Guid proposed, string key)
    {
        batch.Execute(
            $"""
            insert into reeve_outbox (occurred, event)
            select {told.Occurred}, replace({JsonText.Of(told).ToString():text}, {proposed.ToString():text}, c.id::text)::jsonb
            from artifact_collection c where c.key = {key} and c.id <> {proposed}
            """);
        batch.SignalHere(DbTopics.Outbox);
    }

    /// <summary>The collection shows an artifact that stays: neither it nor its successor goes meanwhile, and no other artifact comes to be the newest.</summary>
    private static void RequireSame(SqlBatch batch, Guid gone, ArtifactCollection? latestOf, Artifact? next)
    {
        Guid[] ids = next is null ? [gone] : [gone, next.Id];
        batch.List($"select a.id from artifact a where a.id = any({ids}) order by a.id for update", static row => row.GetGuid(0));
        if (latestOf is null)
        {
            batch.Require($"not exists (select 1 from artifact_collection c where c.latest_id = {gone})");
            return;
        }
        batch.Require($"exists (select 1 from (select c.id from artifact_collection c where c.id = {latestOf.Id} and c.latest_id = {gone} for update) held)");
        batch.Require(next is null
            ? (Sql)$"not exists (select 1 from artifact a where a.key = {latestOf.Key} and a.id <> {gone})"
            : $"exists (select 1 from artifact a where a.id = {next.Id})");
    }

    /// <summary>The newest artifact of a key goes: the one before it takes its place, or the key ends.</summary>
    private static void Succeed(SqlBatch batch, ArtifactCollection collection, Artifact? next, DateTimeOffset now)
    {
        if (next is null)
        {
            Outbox.Add(batch, ArtifactEvents.Deleted(collection, now));
            batch.Execute($"delete from artifact_collection where id = {collection.Id}");
            return;
        }
        collection.LatestId = next.Id;
        (collection.Type, collection.Description, collection.Data) = (next.Type, next.Description, next.Data);
        (collection.FlowRunId, collection.TaskRunId) = (next.FlowRunId, next.TaskRunId);
        Outbox.Add(batch, ArtifactEvents.Updated(collection, now));
        batch.Execute(
            $"""
            update artifact_collection set created = {next.Created}, updated = {next.Updated}, latest_id = {next.Id}, type = {next.Type},
                description = {next.Description}, data = {next.Data}, metadata_ = {next.Metadata},
                flow_run_id = {next.FlowRunId}, task_run_id = {next.TaskRunId}
            where id = {collection.Id}
            """);
    }

    private static SqlText Order(string row, ArtifactSort sort) => new(sort switch
    {
        ArtifactSort.CreatedDesc => $"{row}.created desc, {row}.id",
        ArtifactSort.UpdatedDesc => $"{row}.updated desc, {row}.id",
        ArtifactSort.KeyDesc => $"{row}.key desc, {row}.id",
        ArtifactSort.KeyAsc => $"{row}.key, {row}.id",
        _ => $"{row}.id desc",
    });
}
