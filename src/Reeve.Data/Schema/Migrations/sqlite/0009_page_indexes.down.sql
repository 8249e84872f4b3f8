drop index reeve_flow_run_start;
drop index reeve_flow_run_state_expected;
