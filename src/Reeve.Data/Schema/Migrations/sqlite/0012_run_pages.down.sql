drop index reeve_flow_run_due;
drop index reeve_flow_run_deployment_expected;
drop index reeve_flow_run_flow;
