-- One statement, because the tables refer to each other in circles. The extension stays: others may use it.
drop table
    alembic_version,
    agent,
    artifact,
    artifact_collection,
    automation,
    automation_bucket,
    automation_event_follower,
    automation_related_resource,
    block_document,
    block_document_reference,
    block_schema,
    block_schema_reference,
    block_type,
    composite_trigger_child_firing,
    concurrency_limit,
    concurrency_limit_v2,
    configuration,
    csrf_token,
    deployment,
    deployment_schedule,
    deployment_version,
    event_resources,
    events,
    flow,
    flow_run,
    flow_run_input,
    flow_run_state,
    log,
    saved_search,
    task_run,
    task_run_state,
    task_run_state_cache,
    variable,
    work_pool,
    work_queue,
    worker;

drop type deployment_status;
drop type state_type;
drop type work_pool_status;
drop type work_queue_status;
drop type worker_status;
