-- The tables of a Prefect 3.8 server on PostgreSQL, at revision 9e9dadc36797.
-- Keys, names and defaults are what that server expects to find; they are not ours to change.
create extension if not exists pg_trgm;

create type deployment_status as enum ('READY', 'NOT_READY');
create type state_type as enum ('SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED', 'PAUSED', 'CANCELLING');
create type work_pool_status as enum ('READY', 'NOT_READY', 'PAUSED');
create type work_queue_status as enum ('READY', 'NOT_READY', 'PAUSED');
create type worker_status as enum ('ONLINE', 'OFFLINE');

create table if not exists alembic_version (
    version_num varchar(32) not null,
    constraint alembic_version_pkc primary key (version_num)
);

create table agent (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    last_activity_time timestamptz default current_timestamp not null,
    work_queue_id uuid not null,
    constraint pk_agent primary key (id),
    constraint uq_agent__name unique (name)
);
create index ix_agent__updated on agent (updated);
create index ix_agent__work_queue_id on agent (work_queue_id);

create table artifact (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    key varchar,
    type varchar,
    data json,
    metadata_ json,
    task_run_id uuid,
    flow_run_id uuid,
    description varchar,
    constraint pk_artifact primary key (id)
);
create index ix_artifact__flow_run_id on artifact (flow_run_id);
create index ix_artifact__key on artifact (key);
create index ix_artifact__key_created_desc on artifact (key, created desc) include (id, updated, type, task_run_id, flow_run_id);
create index ix_artifact__task_run_id on artifact (task_run_id);
create index ix_artifact__updated on artifact (updated);

create table artifact_collection (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    key varchar not null,
    latest_id uuid not null,
    task_run_id uuid,
    flow_run_id uuid,
    type varchar,
    data json,
    description varchar,
    metadata_ json,
    constraint pk_artifact_collection primary key (id),
    constraint uq_artifact_collection__key unique (key)
);
create index ix_artifact_collection__key_latest_id on artifact_collection (key, latest_id);
create index ix_artifact_collection__updated on artifact_collection (updated);

create table automation (
    name varchar not null,
    description varchar not null,
    enabled boolean default true not null,
    "trigger" jsonb not null,
    actions jsonb not null,
    actions_on_trigger jsonb default '[]' not null,
    actions_on_resolve jsonb default '[]' not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    tags jsonb default '[]' not null,
    constraint pk_automation primary key (id)
);
create index ix_automation__updated on automation (updated);

create table automation_bucket (
    automation_id uuid not null,
    trigger_id uuid not null,
    bucketing_key jsonb not null,
    last_event jsonb,
    start timestamptz not null,
    "end" timestamptz not null,
    count integer not null,
    last_operation varchar,
    triggered_at timestamptz,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_automation_bucket primary key (id)
);
create index ix_automation_bucket__automation_id__end on automation_bucket (automation_id, "end");
create index ix_automation_bucket__updated on automation_bucket (updated);
create unique index uq_automation_bucket__automation_id__trigger_id__bucketing_key on automation_bucket (automation_id, trigger_id, bucketing_key);

create table automation_event_follower (
    leader_event_id uuid not null,
    follower_event_id uuid not null,
    received timestamptz not null,
    follower jsonb not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    scope varchar not null,
    constraint pk_automation_event_follower primary key (id)
);
create index ix_ae_follower_scope_leader on automation_event_follower (scope, leader_event_id);
create index ix_automation_event_follower__leader_event_id on automation_event_follower (leader_event_id);
create index ix_automation_event_follower__received on automation_event_follower (received);
create index ix_automation_event_follower__scope on automation_event_follower (scope);
create index ix_automation_event_follower__updated on automation_event_follower (updated);
create unique index uq_follower_for_scope on automation_event_follower (scope, follower_event_id);

create table automation_related_resource (
    automation_id uuid not null,
    resource_id varchar,
    automation_owned_by_resource boolean default false not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_automation_related_resource primary key (id)
);
create index ix_automation_related_resource__resource_id on automation_related_resource (resource_id);
create index ix_automation_related_resource__updated on automation_related_resource (updated);
create unique index uq_automation_related_resource__automation_id__resource_id on automation_related_resource (automation_id, resource_id);

create table block_document (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    data jsonb default '{}' not null,
    block_schema_id uuid not null,
    block_type_id uuid not null,
    is_anonymous boolean default false not null,
    block_type_name varchar,
    constraint pk_block_document primary key (id)
);
create index ix_block_document__block_type_name__name on block_document (block_type_name, name);
create index ix_block_document__is_anonymous on block_document (is_anonymous);
create index ix_block_document__name on block_document (name);
create index ix_block_document__updated on block_document (updated);
create index trgm_ix_block_document_name on block_document using gin (name gin_trgm_ops);
create unique index uq_block__type_id_name on block_document (block_type_id, name);

create table block_document_reference (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    parent_block_document_id uuid not null,
    reference_block_document_id uuid not null,
    constraint pk_block_document_reference primary key (id),
    constraint ck_block_document_reference__ck_block_document_referenc_824f check (parent_block_document_id != reference_block_document_id)
);
create index ix_block_document_reference__updated on block_document_reference (updated);

create table block_schema (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    fields jsonb default '{}' not null,
    checksum varchar not null,
    block_type_id uuid not null,
    capabilities jsonb default '[]' not null,
    version varchar default 'non-versioned' not null,
    constraint pk_block_schema primary key (id)
);
create index ix_block_schema__block_type_id on block_schema (block_type_id);
create index ix_block_schema__capabilities on block_schema using gin (capabilities);
create index ix_block_schema__created on block_schema (created);
create index ix_block_schema__updated on block_schema (updated);
create unique index uq_block_schema__checksum_version on block_schema (checksum, version);

create table block_schema_reference (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    parent_block_schema_id uuid not null,
    reference_block_schema_id uuid not null,
    constraint pk_block_schema_reference primary key (id)
);
create index ix_block_schema_reference__updated on block_schema_reference (updated);

create table block_type (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    logo_url varchar,
    documentation_url varchar,
    description varchar,
    code_example varchar,
    is_protected boolean default false not null,
    slug varchar not null,
    constraint pk_block_type primary key (id)
);
create index ix_block_type__updated on block_type (updated);
create index trgm_ix_block_type_name on block_type using gin (name gin_trgm_ops);
create unique index uq_block_type__slug on block_type (slug);

create table composite_trigger_child_firing (
    automation_id uuid not null,
    parent_trigger_id uuid not null,
    child_trigger_id uuid not null,
    child_firing_id uuid not null,
    child_fired_at timestamptz,
    child_firing jsonb not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_composite_trigger_child_firing primary key (id)
);
create index ix_composite_trigger_child_firing__updated on composite_trigger_child_firing (updated);
create unique index uq_composite_trigger_child_firing__a_id__pt_id__ct__id on composite_trigger_child_firing (automation_id, parent_trigger_id, child_trigger_id);

create table concurrency_limit (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    tag varchar not null,
    concurrency_limit integer not null,
    active_slots jsonb default '[]' not null,
    constraint pk_concurrency_limit primary key (id)
);
create index ix_concurrency_limit__updated on concurrency_limit (updated);
create unique index uq_concurrency_limit__tag on concurrency_limit (tag);

create table concurrency_limit_v2 (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    active boolean not null,
    name varchar not null,
    "limit" integer not null,
    active_slots integer not null,
    denied_slots integer not null,
    slot_decay_per_second double precision not null,
    avg_slot_occupancy_seconds double precision not null,
    constraint pk_concurrency_limit_v2 primary key (id),
    constraint uq_concurrency_limit_v2__name unique (name)
);
create index ix_concurrency_limit_v2__updated on concurrency_limit_v2 (updated);

create table configuration (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    key varchar not null,
    value jsonb not null,
    constraint pk_configuration primary key (id),
    constraint uq_configuration__key unique (key)
);
create index ix_configuration__key on configuration (key);
create index ix_configuration__updated on configuration (updated);

create table csrf_token (
    token varchar not null,
    client varchar not null,
    expiration timestamptz not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_csrf_token primary key (id),
    constraint uq_csrf_token__client unique (client)
);
create index ix_csrf_token__updated on csrf_token (updated);

create table deployment (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    tags jsonb default '[]' not null,
    parameters jsonb default '{}' not null,
    flow_id uuid not null,
    infrastructure_document_id uuid,
    description text,
    parameter_openapi_schema jsonb,
    storage_document_id uuid,
    version varchar,
    infra_overrides jsonb default '{}' not null,
    path varchar,
    entrypoint varchar,
    work_queue_name varchar,
    created_by jsonb,
    updated_by jsonb,
    work_queue_id uuid,
    pull_steps jsonb,
    enforce_parameter_schema boolean default false not null,
    last_polled timestamptz,
    paused boolean default false not null,
    status deployment_status default 'NOT_READY' not null,
    concurrency_limit integer,
    concurrency_options jsonb,
    concurrency_limit_id uuid,
    labels jsonb,
    version_id uuid,
    constraint pk_deployment primary key (id)
);
create index ix_deployment__created on deployment (created);
create index ix_deployment__flow_id on deployment (flow_id);
create index ix_deployment__paused on deployment (paused);
create index ix_deployment__updated on deployment (updated);
create index ix_deployment__version_id on deployment (version_id);
create index ix_deployment__work_queue_id on deployment (work_queue_id);
create index ix_deployment__work_queue_name on deployment (work_queue_name);
create index trgm_ix_deployment_name on deployment using gin (name gin_trgm_ops);
create unique index uq_deployment__flow_id_name on deployment (flow_id, name);

create table deployment_schedule (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    schedule jsonb not null,
    active boolean not null,
    deployment_id uuid not null,
    max_scheduled_runs integer,
    parameters jsonb default '{}' not null,
    slug varchar,
    constraint pk_deployment_schedule primary key (id)
);
create index ix_deployment_schedule__deployment_id on deployment_schedule (deployment_id);
create unique index ix_deployment_schedule__deployment_id__slug on deployment_schedule (deployment_id, slug) where slug is not null;
create index ix_deployment_schedule__slug on deployment_schedule (slug);
create index ix_deployment_schedule__updated on deployment_schedule (updated);

create table deployment_version (
    deployment_id uuid not null,
    branch varchar,
    version_info jsonb default '{}' not null,
    description text,
    tags jsonb default '[]' not null,
    labels jsonb,
    entrypoint varchar,
    pull_steps jsonb,
    parameters jsonb default '{}' not null,
    parameter_openapi_schema jsonb,
    enforce_parameter_schema boolean default false not null,
    work_queue_id uuid,
    work_queue_name varchar,
    infra_overrides jsonb default '{}' not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_deployment_version primary key (id)
);
create index ix_deployment_version__deployment_id on deployment_version (deployment_id);
create index ix_deployment_version__updated on deployment_version (updated);
create index ix_deployment_version__work_queue_id on deployment_version (work_queue_id);
create index ix_deployment_version__work_queue_name on deployment_version (work_queue_name);
create unique index uq_deployment_version__deployment__branch on deployment_version (deployment_id, branch);

create table event_resources (
    occurred timestamptz not null,
    resource_id text not null,
    resource_role text not null,
    resource json not null,
    event_id uuid not null,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_event_resources primary key (id)
);
create index ix_event_resources__event_id on event_resources (event_id);
create index ix_event_resources__occurred on event_resources (occurred);
create index ix_event_resources__resource_id__occurred on event_resources (resource_id, occurred);
create index ix_event_resources__updated on event_resources (updated);

create table events (
    occurred timestamptz not null,
    event text not null,
    resource_id text not null,
    resource jsonb not null,
    related_resource_ids jsonb default '[]' not null,
    related jsonb default '[]' not null,
    payload jsonb not null,
    received timestamptz not null,
    recorded timestamptz not null,
    follows uuid,
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    constraint pk_events primary key (id)
);
create index ix_events__event__id on events (event, id);
create index ix_events__event_occurred on events (event, occurred);
create index ix_events__event_occurred_id on events (event, occurred, id);
create index ix_events__event_resource_id_occurred on events (event, resource_id, occurred);
create index ix_events__occurred on events (occurred);
create index ix_events__occurred_id on events (occurred, id);
create index ix_events__related_gin on events using gin (related);
create index ix_events__related_resource_ids_gin on events using gin (related_resource_ids);
create index ix_events__updated on events (updated);

create table flow (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    tags jsonb default '[]' not null,
    labels jsonb,
    constraint pk_flow primary key (id),
    constraint uq_flow__name unique (name)
);
create index ix_flow__created on flow (created);
create index ix_flow__updated on flow (updated);
create index trgm_ix_flow_name on flow using gin (name gin_trgm_ops);

create table flow_run (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    state_type state_type,
    run_count integer default 0 not null,
    expected_start_time timestamptz,
    next_scheduled_start_time timestamptz,
    start_time timestamptz,
    end_time timestamptz,
    total_run_time interval default '00:00:00' not null,
    flow_version varchar,
    parameters jsonb default '{}' not null,
    idempotency_key varchar,
    context jsonb default '{}' not null,
    empirical_policy jsonb default '{}' not null,
    tags jsonb default '[]' not null,
    auto_scheduled boolean default false not null,
    flow_id uuid not null,
    deployment_id uuid,
    parent_task_run_id uuid,
    state_id uuid,
    state_name varchar,
    infrastructure_document_id uuid,
    work_queue_name varchar,
    state_timestamp timestamptz,
    created_by jsonb,
    infrastructure_pid varchar,
    work_queue_id uuid,
    job_variables jsonb default '{}',
    deployment_version varchar,
    labels jsonb,
    constraint pk_flow_run primary key (id)
);
create index ix_flow_run__coalesce_start_time_expected_start_time_asc on flow_run (COALESCE(start_time, expected_start_time));
create index ix_flow_run__coalesce_start_time_expected_start_time_desc on flow_run (COALESCE(start_time, expected_start_time) desc);
create index ix_flow_run__deployment_id on flow_run (deployment_id);
create index ix_flow_run__deployment_version on flow_run (deployment_version);
create index ix_flow_run__end_time_desc on flow_run (end_time desc);
create index ix_flow_run__expected_start_time_desc on flow_run (expected_start_time desc);
create index ix_flow_run__flow_id on flow_run (flow_id);
create index ix_flow_run__flow_version on flow_run (flow_version);
create index ix_flow_run__infrastructure_document_id on flow_run (infrastructure_document_id);
create index ix_flow_run__name on flow_run (name);
create index ix_flow_run__next_scheduled_start_time_asc on flow_run (next_scheduled_start_time);
create index ix_flow_run__parent_task_run_id on flow_run (parent_task_run_id);
create index ix_flow_run__schedule_id_scheduler on flow_run (deployment_id, (created_by ->> 'id'), next_scheduled_start_time) where state_type = 'SCHEDULED' and auto_scheduled = true;
create index ix_flow_run__scheduler_deployment_id_auto_scheduled_next_schedu on flow_run (deployment_id, auto_scheduled, next_scheduled_start_time) where state_type = 'SCHEDULED';
create index ix_flow_run__start_time on flow_run (start_time);
create index ix_flow_run__state_id on flow_run (state_id);
create index ix_flow_run__state_name on flow_run (state_name);
create index ix_flow_run__state_timestamp on flow_run (state_timestamp);
create index ix_flow_run__state_type on flow_run (state_type);
create index ix_flow_run__updated on flow_run (updated);
create index ix_flow_run__work_queue_id on flow_run (work_queue_id);
create index ix_flow_run__work_queue_name on flow_run (work_queue_name);
create index trgm_ix_flow_run_name on flow_run using gin (name gin_trgm_ops);
create unique index uq_flow_run__flow_id_idempotency_key on flow_run (flow_id, idempotency_key);

create table flow_run_input (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    key varchar not null,
    value text not null,
    flow_run_id uuid not null,
    sender varchar,
    constraint pk_flow_run_input primary key (id),
    constraint uq_flow_run_input__flow_run_id_key unique (flow_run_id, key)
);
create index ix_flow_run_input__updated on flow_run_input (updated);

create table flow_run_state (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    type state_type not null,
    timestamp timestamptz default current_timestamp not null,
    name varchar not null,
    message varchar,
    state_details jsonb default '{}' not null,
    data jsonb,
    flow_run_id uuid not null,
    result_artifact_id uuid,
    constraint pk_flow_run_state primary key (id)
);
create index ix_flow_run_state__name on flow_run_state (name);
create index ix_flow_run_state__result_artifact_id on flow_run_state (result_artifact_id);
create index ix_flow_run_state__type on flow_run_state (type);
create index ix_flow_run_state__updated on flow_run_state (updated);
create unique index uq_flow_run_state__flow_run_id_timestamp_desc on flow_run_state (flow_run_id, timestamp desc);

create table log (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    level smallint not null,
    flow_run_id uuid,
    task_run_id uuid,
    message text not null,
    timestamp timestamptz not null,
    constraint pk_log primary key (id)
);
create index ix_log__flow_run_id on log (flow_run_id);
create index ix_log__flow_run_id_timestamp on log (flow_run_id, timestamp);
create index ix_log__level on log (level);
create index ix_log__task_run_id on log (task_run_id);
create index ix_log__timestamp on log (timestamp);
create index ix_log__updated on log (updated);

create table saved_search (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    filters jsonb default '[]' not null,
    constraint pk_saved_search primary key (id),
    constraint uq_saved_search__name unique (name)
);
create index ix_saved_search__updated on saved_search (updated);

create table task_run (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    state_type state_type,
    run_count integer default 0 not null,
    expected_start_time timestamptz,
    next_scheduled_start_time timestamptz,
    start_time timestamptz,
    end_time timestamptz,
    total_run_time interval default '00:00:00' not null,
    task_key varchar not null,
    dynamic_key varchar not null,
    cache_key varchar,
    cache_expiration timestamptz,
    task_version varchar,
    empirical_policy jsonb default '{}' not null,
    task_inputs jsonb default '{}' not null,
    tags jsonb default '[]' not null,
    flow_run_id uuid,
    state_id uuid,
    state_name varchar,
    state_timestamp timestamptz,
    flow_run_run_count integer default 0 not null,
    labels jsonb,
    constraint pk_task_run primary key (id)
);
create index ix_task_run__end_time_desc on task_run (end_time desc);
create index ix_task_run__expected_start_time_desc on task_run (expected_start_time desc);
create index ix_task_run__flow_run_id on task_run (flow_run_id);
create index ix_task_run__name on task_run (name);
create index ix_task_run__next_scheduled_start_time_asc on task_run (next_scheduled_start_time);
create index ix_task_run__start_time on task_run (start_time);
create index ix_task_run__state_id on task_run (state_id);
create index ix_task_run__state_name on task_run (state_name);
create index ix_task_run__state_timestamp on task_run (state_timestamp);
create index ix_task_run__state_type on task_run (state_type);
create index ix_task_run__state_type_start_time on task_run (state_type, start_time);
create index ix_task_run__updated on task_run (updated);
create index trgm_ix_task_run_name on task_run using gin (name gin_trgm_ops);
create unique index uq_task_run__flow_run_id_task_key_dynamic_key on task_run (flow_run_id, task_key, dynamic_key);

create table task_run_state (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    type state_type not null,
    timestamp timestamptz default current_timestamp not null,
    name varchar not null,
    message varchar,
    state_details jsonb default '{}' not null,
    data jsonb,
    task_run_id uuid not null,
    result_artifact_id uuid,
    constraint pk_task_run_state primary key (id)
);
create index ix_task_run_state__name on task_run_state (name);
create index ix_task_run_state__result_artifact_id on task_run_state (result_artifact_id);
create index ix_task_run_state__type on task_run_state (type);
create index ix_task_run_state__updated on task_run_state (updated);
create unique index uq_task_run_state__task_run_id_timestamp_desc on task_run_state (task_run_id, timestamp desc);

create table task_run_state_cache (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    cache_key varchar not null,
    cache_expiration timestamptz,
    task_run_state_id uuid not null,
    constraint pk_task_run_state_cache primary key (id)
);
create index ix_task_run_state_cache__cache_key_created_desc on task_run_state_cache (cache_key, created desc);
create index ix_task_run_state_cache__updated on task_run_state_cache (updated);

create table variable (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    tags jsonb default '[]' not null,
    value jsonb,
    constraint pk_variable primary key (id),
    constraint uq_variable__name unique (name)
);
create index ix_variable__updated on variable (updated);

create table work_pool (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    description varchar,
    type varchar not null,
    base_job_template jsonb default '{}' not null,
    is_paused boolean default false not null,
    concurrency_limit integer,
    default_queue_id uuid,
    status work_pool_status default 'NOT_READY' not null,
    last_transitioned_status_at timestamptz,
    last_status_event_id uuid,
    storage_configuration jsonb default '{}' not null,
    constraint pk_work_pool primary key (id),
    constraint uq_work_pool__name unique (name)
);
create index ix_work_pool__type on work_pool (type);
create index ix_work_pool__updated on work_pool (updated);

create table work_queue (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    filter jsonb,
    description varchar default '' not null,
    is_paused boolean default false not null,
    concurrency_limit integer,
    last_polled timestamptz,
    priority integer default 1 not null,
    work_pool_id uuid not null,
    status work_queue_status default 'NOT_READY' not null,
    constraint pk_work_queue primary key (id),
    constraint uq_work_queue__work_pool_id_name unique (work_pool_id, name)
);
create index ix_work_queue__updated on work_queue (updated);
create index ix_work_queue__work_pool_id on work_queue (work_pool_id);
create index ix_work_queue__work_pool_id_priority on work_queue (work_pool_id, priority);
create index trgm_ix_work_queue_name on work_queue using gin (name gin_trgm_ops);

create table worker (
    id uuid default gen_random_uuid() not null,
    created timestamptz default current_timestamp not null,
    updated timestamptz default current_timestamp not null,
    name varchar not null,
    last_heartbeat_time timestamptz default current_timestamp not null,
    work_pool_id uuid not null,
    heartbeat_interval_seconds integer,
    status worker_status default 'OFFLINE' not null,
    constraint pk_worker primary key (id),
    constraint uq_worker__work_pool_id_name unique (work_pool_id, name)
);
create index ix_worker__updated on worker (updated);
create index ix_worker__work_pool_id on worker (work_pool_id);
create index ix_worker__work_pool_id_last_heartbeat_time on worker (work_pool_id, last_heartbeat_time);

-- The tables refer to each other in circles, so the foreign keys come last.
alter table agent add constraint fk_agent__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id);
alter table automation_bucket add constraint fk_automation_bucket__automation_id__automation foreign key (automation_id) references automation (id) on delete cascade;
alter table automation_related_resource add constraint fk_automation_related_resource__automation_id__automation foreign key (automation_id) references automation (id) on delete cascade;
alter table block_document add constraint fk_block__block_schema_id__block_schema foreign key (block_schema_id) references block_schema (id) on delete cascade;
alter table block_document add constraint fk_block_document__block_type_id__block_type foreign key (block_type_id) references block_type (id) on delete cascade;
alter table block_document_reference add constraint fk_block_document_reference__parent_block_document_id___328f foreign key (parent_block_document_id) references block_document (id) on delete cascade;
alter table block_document_reference add constraint fk_block_document_reference__reference_block_document_i_5759 foreign key (reference_block_document_id) references block_document (id) on delete cascade;
alter table block_schema add constraint fk_block_schema__block_type_id__block_type foreign key (block_type_id) references block_type (id) on delete cascade;
alter table block_schema_reference add constraint fk_block_schema_reference__parent_block_schema_id__block_schema foreign key (parent_block_schema_id) references block_schema (id) on delete cascade;
alter table block_schema_reference add constraint fk_block_schema_reference__reference_block_schema_id__b_6e5d foreign key (reference_block_schema_id) references block_schema (id) on delete cascade;
alter table composite_trigger_child_firing add constraint fk_composite_trigger_child_firing__automation_id__automation foreign key (automation_id) references automation (id) on delete cascade;
alter table deployment add constraint fk_deployment__concurrency_limit_id__concurrency_limit_v2 foreign key (concurrency_limit_id) references concurrency_limit_v2 (id) on delete set null;
alter table deployment add constraint fk_deployment__flow_id__flow foreign key (flow_id) references flow (id) on delete cascade;
alter table deployment add constraint fk_deployment__infrastructure_document_id__block_document foreign key (infrastructure_document_id) references block_document (id) on delete cascade;
alter table deployment add constraint fk_deployment__storage_document_id__block_document foreign key (storage_document_id) references block_document (id) on delete cascade;
alter table deployment add constraint fk_deployment__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id) on delete set null;
alter table deployment_schedule add constraint fk_deployment_schedule__deployment_id__deployment foreign key (deployment_id) references deployment (id) on delete cascade;
alter table deployment_version add constraint fk_deployment_version__deployment_id__deployment foreign key (deployment_id) references deployment (id) on delete cascade;
alter table deployment_version add constraint fk_deployment_version__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id) on delete set null;
alter table flow_run add constraint fk_flow_run__flow_id__flow foreign key (flow_id) references flow (id) on delete cascade;
alter table flow_run add constraint fk_flow_run__infrastructure_document_id__block_document foreign key (infrastructure_document_id) references block_document (id) on delete cascade;
alter table flow_run add constraint fk_flow_run__parent_task_run_id__task_run foreign key (parent_task_run_id) references task_run (id) on delete set null;
alter table flow_run add constraint fk_flow_run__state_id__flow_run_state foreign key (state_id) references flow_run_state (id) on delete set null;
alter table flow_run add constraint fk_flow_run__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id) on delete set null;
alter table flow_run_input add constraint fk_flow_run_input__flow_run_id__flow_run foreign key (flow_run_id) references flow_run (id) on delete cascade;
alter table flow_run_state add constraint fk_flow_run_state__flow_run_id__flow_run foreign key (flow_run_id) references flow_run (id) on delete cascade;
alter table flow_run_state add constraint fk_flow_run_state__result_artifact_id__artifact foreign key (result_artifact_id) references artifact (id) on delete set null;
alter table task_run add constraint fk_task_run__flow_run_id__flow_run foreign key (flow_run_id) references flow_run (id) on delete cascade;
alter table task_run_state add constraint fk_task_run_state__result_artifact_id__artifact foreign key (result_artifact_id) references artifact (id) on delete set null;
alter table task_run_state add constraint fk_task_run_state__task_run_id__task_run foreign key (task_run_id) references task_run (id) on delete cascade;
alter table work_pool add constraint fk_work_pool__default_queue_id__work_queue foreign key (default_queue_id) references work_queue (id) on delete restrict;
alter table work_queue add constraint fk_work_queue__work_pool_id__work_pool foreign key (work_pool_id) references work_pool (id) on delete cascade;
alter table worker add constraint fk_worker__work_pool_id__work_pool foreign key (work_pool_id) references work_pool (id) on delete cascade;

-- An empty alembic_version is what a downgrade to the base leaves behind.
delete from alembic_version;
insert into alembic_version (version_num) values ('9e9dadc36797');
