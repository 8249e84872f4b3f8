-- Questions by resource alone.
create index reeve_ix_events__resource_id_occurred on events (resource_id, occurred);
-- Background task runs that wait for a worker.
create index reeve_ix_task_run__waiting on task_run (task_key, state_timestamp) where flow_run_id is null and state_type = 'SCHEDULED';
