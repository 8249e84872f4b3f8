drop index if exists reeve_ix_worker__online;
drop index if exists reeve_ix_deployment__ready;
drop index if exists reeve_ix_task_run__unfinished;
drop index if exists reeve_ix_flow_run__subflow;
drop index if exists reeve_ix_flow_run__cancelled;
drop index if exists reeve_ix_flow_run__cancelling;
drop index if exists reeve_ix_flow_run__paused;
drop index if exists reeve_ix_flow_run__late;
