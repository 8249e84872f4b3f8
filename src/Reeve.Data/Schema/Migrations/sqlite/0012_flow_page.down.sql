drop index reeve_flow_run_flow;
