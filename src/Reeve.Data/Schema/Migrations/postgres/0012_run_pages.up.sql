-- transaction: none
-- The page of a flow asks for the tasks of all its runs: their ids come from the index alone, and not from as many pages of the table.
drop index concurrently if exists reeve_flow_run_flow;
create index concurrently reeve_flow_run_flow on flow_run (flow_id, id);
-- The page of a deployment lists its latest runs: they are the last of the index.
drop index concurrently if exists reeve_flow_run_deployment_expected;
create index concurrently reeve_flow_run_deployment_expected on flow_run (deployment_id, expected_start_time, id);
-- A worker asks for the next of what waits in its queues, however much waits there for another day.
drop index concurrently if exists reeve_flow_run_due;
create index concurrently reeve_flow_run_due on flow_run (work_queue_id, next_scheduled_start_time, id) where state_type = 'SCHEDULED';
