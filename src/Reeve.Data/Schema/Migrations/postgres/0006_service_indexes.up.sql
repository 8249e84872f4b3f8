-- transaction: none
-- What each background service looks for, so that an idle look costs one index probe however large the tables are.
drop index concurrently if exists reeve_ix_flow_run__late;
create index concurrently reeve_ix_flow_run__late on flow_run (next_scheduled_start_time, id) where state_type = 'SCHEDULED' and state_name = 'Scheduled';
drop index concurrently if exists reeve_ix_flow_run__paused;
create index concurrently reeve_ix_flow_run__paused on flow_run (id) where state_type = 'PAUSED';
drop index concurrently if exists reeve_ix_flow_run__cancelling;
create index concurrently reeve_ix_flow_run__cancelling on flow_run (state_timestamp, id) where state_type = 'CANCELLING';
drop index concurrently if exists reeve_ix_flow_run__cancelled;
create index concurrently reeve_ix_flow_run__cancelled on flow_run (end_time) where state_type = 'CANCELLED';
drop index concurrently if exists reeve_ix_flow_run__subflow;
create index concurrently reeve_ix_flow_run__subflow on flow_run (id) where parent_task_run_id is not null and state_type in ('PENDING', 'SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING');
drop index concurrently if exists reeve_ix_task_run__unfinished;
create index concurrently reeve_ix_task_run__unfinished on task_run (flow_run_id) where state_type in ('PENDING', 'SCHEDULED', 'RUNNING', 'PAUSED', 'CANCELLING');
drop index concurrently if exists reeve_ix_deployment__ready;
create index concurrently reeve_ix_deployment__ready on deployment (id) where status = 'READY';
drop index concurrently if exists reeve_ix_worker__online;
create index concurrently reeve_ix_worker__online on worker (last_heartbeat_time) where status = 'ONLINE';
