-- transaction: none
drop index concurrently if exists reeve_ix_event_resources__resource_id_pattern_occurred;
drop index concurrently if exists reeve_ix_events__resource_id_occurred;
drop index concurrently if exists reeve_ix_events__event_pattern_occurred;
drop index concurrently if exists reeve_ix_task_run__waiting;
