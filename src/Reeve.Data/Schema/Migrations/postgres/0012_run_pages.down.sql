-- transaction: none
drop index concurrently if exists reeve_flow_run_due;
drop index concurrently if exists reeve_flow_run_deployment_expected;
drop index concurrently if exists reeve_flow_run_flow;
