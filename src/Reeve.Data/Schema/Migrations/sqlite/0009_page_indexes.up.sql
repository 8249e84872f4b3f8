-- Prefect has no index for the order of its own runs page on SQLite; with the id, equal instants have an order too.
create index reeve_flow_run_start on flow_run (coalesce(start_time, expected_start_time), id);
create index reeve_flow_run_state_expected on flow_run (state_type, expected_start_time);
