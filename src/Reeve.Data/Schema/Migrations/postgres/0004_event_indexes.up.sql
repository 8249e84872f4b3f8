-- transaction: none
-- Questions by prefix, which Prefect's own indexes answer only in a database with the C collation, and by resource alone.
drop index concurrently if exists reeve_ix_events__event_pattern_occurred;
create index concurrently reeve_ix_events__event_pattern_occurred on events (event text_pattern_ops, occurred);
drop index concurrently if exists reeve_ix_events__resource_id_occurred;
create index concurrently reeve_ix_events__resource_id_occurred on events (resource_id text_pattern_ops, occurred);
drop index concurrently if exists reeve_ix_event_resources__resource_id_pattern_occurred;
create index concurrently reeve_ix_event_resources__resource_id_pattern_occurred on event_resources (resource_id text_pattern_ops, occurred);
-- Background task runs that wait for a worker.
drop index concurrently if exists reeve_ix_task_run__waiting;
create index concurrently reeve_ix_task_run__waiting on task_run (task_key, state_timestamp) where flow_run_id is null and state_type = 'SCHEDULED';
