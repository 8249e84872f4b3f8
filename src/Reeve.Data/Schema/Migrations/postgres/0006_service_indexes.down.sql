-- transaction: none
drop index concurrently if exists reeve_ix_worker__online;
drop index concurrently if exists reeve_ix_deployment__ready;
drop index concurrently if exists reeve_ix_task_run__unfinished;
drop index concurrently if exists reeve_ix_flow_run__subflow;
drop index concurrently if exists reeve_ix_flow_run__cancelled;
drop index concurrently if exists reeve_ix_flow_run__cancelling;
drop index concurrently if exists reeve_ix_flow_run__paused;
drop index concurrently if exists reeve_ix_flow_run__late;
