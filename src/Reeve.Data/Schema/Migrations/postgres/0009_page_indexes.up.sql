-- transaction: none
-- The pages list runs of one state by when they are due: with state first, the ten next are the first ten of the index.
drop index concurrently if exists reeve_flow_run_state_expected;
create index concurrently reeve_flow_run_state_expected on flow_run (state_type, expected_start_time);
