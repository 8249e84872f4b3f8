-- The tables of a Prefect 3.8 server on SQLite, at revision f416ea180ae1.
-- Keys, names and defaults are what that server expects to find; they are not ours to change.

create table if not exists alembic_version (
    version_num VARCHAR(32) not null,
    constraint alembic_version_pkc primary key (version_num)
);

create table agent (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    last_activity_time DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    work_queue_id CHAR(36) not null,
    constraint pk_agent primary key (id),
    constraint uq_agent__name unique (name),
    constraint fk_agent__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id)
);
create index ix_agent__updated on agent (updated);
create index ix_agent__work_queue_id on agent (work_queue_id);

create table artifact (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    key VARCHAR,
    type VARCHAR,
    data JSON,
    metadata_ JSON,
    task_run_id CHAR(36),
    flow_run_id CHAR(36),
    description VARCHAR,
    constraint pk_artifact primary key (id)
);
create index ix_artifact__flow_run_id on artifact (flow_run_id);
create index ix_artifact__key on artifact (key);
create index ix_artifact__key_created_desc on artifact (key, created desc);
create index ix_artifact__task_run_id on artifact (task_run_id);
create index ix_artifact__updated on artifact (updated);

create table artifact_collection (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    key VARCHAR not null,
    latest_id CHAR(36) not null,
    task_run_id CHAR(36),
    flow_run_id CHAR(36),
    type VARCHAR,
    data JSON,
    description VARCHAR,
    metadata_ JSON,
    constraint pk_artifact_collection primary key (id),
    constraint uq_artifact_collection__key unique (key)
);
create index ix_artifact_collection__key_latest_id on artifact_collection (key, latest_id);
create index ix_artifact_collection__updated on artifact_collection (updated);

create table automation (
    name VARCHAR not null,
    description VARCHAR not null,
    enabled BOOLEAN default '1' not null,
    "trigger" JSON not null,
    actions JSON not null,
    actions_on_trigger JSON default '[]' not null,
    actions_on_resolve JSON default '[]' not null,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    tags JSON default '[]' not null,
    constraint pk_automation primary key (id)
);
create index ix_automation__updated on automation (updated);

create table automation_bucket (
    automation_id CHAR(36) not null,
    trigger_id CHAR(36) not null,
    bucketing_key JSON not null,
    last_event JSON,
    start DATETIME not null,
    "end" DATETIME not null,
    count INTEGER not null,
    last_operation VARCHAR,
    triggered_at DATETIME,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    constraint pk_automation_bucket primary key (id),
    constraint fk_automation_bucket__automation_id__automation foreign key (automation_id) references automation (id) on delete cascade
);
create index ix_automation_bucket__automation_id__end on automation_bucket (automation_id, "end");
create index ix_automation_bucket__updated on automation_bucket (updated);
create unique index uq_automation_bucket__automation_id__trigger_id__bucketing_key on automation_bucket (automation_id, trigger_id, bucketing_key);

create table automation_event_follower (
    leader_event_id CHAR(36) not null,
    follower_event_id CHAR(36) not null,
    received DATETIME not null,
    follower JSON not null,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    scope VARCHAR not null,
    constraint pk_automation_event_follower primary key (id)
);
create index ix_ae_follower_scope_leader on automation_event_follower (scope, leader_event_id);
create index ix_automation_event_follower__leader_event_id on automation_event_follower (leader_event_id);
create index ix_automation_event_follower__received on automation_event_follower (received);
create index ix_automation_event_follower__scope on automation_event_follower (scope);
create index ix_automation_event_follower__updated on automation_event_follower (updated);
create unique index uq_follower_for_scope on automation_event_follower (scope, follower_event_id);

create table automation_related_resource (
    automation_id CHAR(36) not null,
    resource_id VARCHAR,
    automation_owned_by_resource BOOLEAN default '0' not null,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    constraint pk_automation_related_resource primary key (id),
    constraint fk_automation_related_resource__automation_id__automation foreign key (automation_id) references automation (id) on delete cascade
);
create index ix_automation_related_resource__resource_id on automation_related_resource (resource_id);
create index ix_automation_related_resource__updated on automation_related_resource (updated);
create unique index uq_automation_related_resource__automation_id__resource_id on automation_related_resource (automation_id, resource_id);

create table block_document (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    data JSON default '{}' not null,
    block_schema_id CHAR(36) not null,
    block_type_id CHAR(36) not null,
    is_anonymous BOOLEAN default '0' not null,
    block_type_name VARCHAR,
    constraint pk_block_document primary key (id),
    constraint fk_block__block_schema_id__block_schema foreign key (block_schema_id) references block_schema (id) on delete cascade,
    constraint fk_block_document__block_type_id__block_type foreign key (block_type_id) references block_type (id) on delete cascade
);
create index ix_block_document__block_type_name__name on block_document (block_type_name, name);
create index ix_block_document__is_anonymous on block_document (is_anonymous);
create index ix_block_document__name on block_document (name);
create index ix_block_document__updated on block_document (updated);
create index ix_block_document_name_case_insensitive on block_document (name collate NOCASE);
create unique index uq_block__type_id_name on block_document (block_type_id, name);

create table block_document_reference (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    parent_block_document_id CHAR(36) not null,
    reference_block_document_id CHAR(36) not null,
    constraint pk_block_document_reference primary key (id),
    constraint ck_block_document_reference__ck_block_document_reference__no_self_reference check (parent_block_document_id != reference_block_document_id),
    constraint fk_block_document_reference__parent_block_document_id__block_document foreign key (parent_block_document_id) references block_document (id) on delete cascade,
    constraint fk_block_document_reference__reference_block_document_id__block_document foreign key (reference_block_document_id) references block_document (id) on delete cascade
);
create index ix_block_document_reference__updated on block_document_reference (updated);

create table block_schema (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    fields JSON default '{}' not null,
    checksum VARCHAR not null,
    block_type_id CHAR(36) not null,
    capabilities JSON default '[]' not null,
    version VARCHAR default 'non-versioned' not null,
    constraint pk_block_schema primary key (id),
    constraint fk_block_schema__block_type_id__block_type foreign key (block_type_id) references block_type (id) on delete cascade
);
create index ix_block_schema__block_type_id on block_schema (block_type_id);
create index ix_block_schema__created on block_schema (created);
create index ix_block_schema__updated on block_schema (updated);
create unique index uq_block_schema__checksum_version on block_schema (checksum, version);

create table block_schema_reference (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    parent_block_schema_id CHAR(36) not null,
    reference_block_schema_id CHAR(36) not null,
    constraint pk_block_schema_reference primary key (id),
    constraint fk_block_schema_reference__parent_block_schema_id__block_schema foreign key (parent_block_schema_id) references block_schema (id) on delete cascade,
    constraint fk_block_schema_reference__reference_block_schema_id__block_schema foreign key (reference_block_schema_id) references block_schema (id) on delete cascade
);
create index ix_block_schema_reference__updated on block_schema_reference (updated);

create table block_type (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    logo_url VARCHAR,
    documentation_url VARCHAR,
    description VARCHAR,
    code_example VARCHAR,
    is_protected BOOLEAN default '0' not null,
    slug VARCHAR not null,
    constraint pk_block_type primary key (id)
);
create index ix_block_type__updated on block_type (updated);
create index ix_block_type_name_case_insensitive on block_type (name);
create unique index uq_block_type__slug on block_type (slug);

create table composite_trigger_child_firing (
    automation_id CHAR(36) not null,
    parent_trigger_id CHAR(36) not null,
    child_trigger_id CHAR(36) not null,
    child_firing_id CHAR(36) not null,
    child_fired_at DATETIME,
    child_firing JSON not null,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    constraint pk_composite_trigger_child_firing primary key (id),
    constraint fk_composite_trigger_child_firing__automation_id__automation foreign key (automation_id) references automation (id) on delete cascade
);
create index ix_composite_trigger_child_firing__updated on composite_trigger_child_firing (updated);
create unique index uq_composite_trigger_child_firing__a_id__pt_id__ct__id on composite_trigger_child_firing (automation_id, parent_trigger_id, child_trigger_id);

create table concurrency_limit (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    tag VARCHAR not null,
    concurrency_limit INTEGER not null,
    active_slots JSON default '[]' not null,
    constraint pk_concurrency_limit primary key (id)
);
create index ix_concurrency_limit__updated on concurrency_limit (updated);
create unique index uq_concurrency_limit__tag on concurrency_limit (tag);

create table concurrency_limit_v2 (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    active BOOLEAN not null,
    name VARCHAR not null,
    "limit" INTEGER not null,
    active_slots INTEGER not null,
    denied_slots INTEGER not null,
    slot_decay_per_second FLOAT not null,
    avg_slot_occupancy_seconds FLOAT not null,
    constraint pk_concurrency_limit_v2 primary key (id),
    constraint uq_concurrency_limit_v2__name unique (name)
);
create index ix_concurrency_limit_v2__updated on concurrency_limit_v2 (updated);

create table configuration (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    key VARCHAR not null,
    value JSON not null,
    constraint pk_configuration primary key (id),
    constraint uq_configuration__key unique (key)
);
create index ix_configuration__key on configuration (key);
create index ix_configuration__updated on configuration (updated);

create table csrf_token (
    token VARCHAR not null,
    client VARCHAR not null,
    expiration DATETIME not null,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    constraint pk_csrf_token primary key (id),
    constraint uq_csrf_token__client unique (client)
);
create index ix_csrf_token__updated on csrf_token (updated);

create table deployment (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    tags JSON default '[]' not null,
    parameters JSON default '{}' not null,
    flow_id CHAR(36) not null,
    infrastructure_document_id CHAR(36),
    description TEXT,
    parameter_openapi_schema JSON,
    storage_document_id CHAR(36),
    version VARCHAR,
    infra_overrides JSON default '{}' not null,
    path VARCHAR,
    entrypoint VARCHAR,
    work_queue_name VARCHAR,
    created_by JSON,
    updated_by JSON,
    work_queue_id CHAR(36),
    pull_steps JSON,
    enforce_parameter_schema BOOLEAN default '0' not null,
    last_polled DATETIME,
    paused BOOLEAN default '0' not null,
    status VARCHAR(9) default 'NOT_READY' not null,
    concurrency_limit INTEGER,
    concurrency_options JSON,
    concurrency_limit_id CHAR(36),
    labels JSON,
    version_id CHAR(36),
    constraint pk_deployment primary key (id),
    constraint fk_deployment__concurrency_limit_id__concurrency_limit_v2 foreign key (concurrency_limit_id) references concurrency_limit_v2 (id) on delete set null,
    constraint fk_deployment__flow_id__flow foreign key (flow_id) references flow (id) on delete cascade,
    constraint fk_deployment__infrastructure_document_id__block_document foreign key (infrastructure_document_id) references block_document (id) on delete cascade,
    constraint fk_deployment__storage_document_id__block_document foreign key (storage_document_id) references block_document (id) on delete cascade,
    constraint fk_deployment__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id) on delete set null
);
create index ix_deployment__created on deployment (created);
create index ix_deployment__flow_id on deployment (flow_id);
create index ix_deployment__paused on deployment (paused);
create index ix_deployment__updated on deployment (updated);
create index ix_deployment__version_id on deployment (version_id);
create index ix_deployment__work_queue_id on deployment (work_queue_id);
create index ix_deployment__work_queue_name on deployment (work_queue_name);
create index ix_deployment_name_case_insensitive on deployment (name);
create unique index uq_deployment__flow_id_name on deployment (flow_id, name);

create table deployment_schedule (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    schedule JSON not null,
    active BOOLEAN not null,
    deployment_id CHAR(36) not null,
    max_scheduled_runs INTEGER,
    parameters JSON default '{}' not null,
    slug VARCHAR,
    constraint pk_deployment_schedule primary key (id),
    constraint fk_deployment_schedule__deployment_id__deployment foreign key (deployment_id) references deployment (id) on delete cascade
);
create index ix_deployment_schedule__deployment_id on deployment_schedule (deployment_id);
create unique index ix_deployment_schedule__deployment_id__slug on deployment_schedule (deployment_id, slug) where slug IS NOT NULL;
create index ix_deployment_schedule__slug on deployment_schedule (slug);
create index ix_deployment_schedule__updated on deployment_schedule (updated);

create table deployment_version (
    deployment_id CHAR(36) not null,
    branch VARCHAR,
    version_info JSON default '{}' not null,
    description TEXT,
    tags JSON default '[]' not null,
    labels JSON,
    entrypoint VARCHAR,
    pull_steps JSON,
    parameters JSON default '{}' not null,
    parameter_openapi_schema JSON,
    enforce_parameter_schema BOOLEAN default '0' not null,
    work_queue_id CHAR(36),
    work_queue_name VARCHAR,
    infra_overrides JSON default '{}' not null,
    id CHAR(36) default (GEN_RANDOM_UUID()) not null,
    created DATETIME default CURRENT_TIMESTAMP not null,
    updated DATETIME default CURRENT_TIMESTAMP not null,
    constraint pk_deployment_version primary key (id),
    constraint fk_deployment_version__deployment_id__deployment foreign key (deployment_id) references deployment (id) on delete cascade,
    constraint fk_deployment_version__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id) on delete set null
);
create index ix_deployment_version__deployment_id on deployment_version (deployment_id);
create index ix_deployment_version__updated on deployment_version (updated);
create index ix_deployment_version__work_queue_id on deployment_version (work_queue_id);
create index ix_deployment_version__work_queue_name on deployment_version (work_queue_name);
create unique index uq_deployment_version__deployment__branch on deployment_version (deployment_id, branch);

create table event_resources (
    occurred DATETIME not null,
    resource_id TEXT not null,
    resource_role TEXT not null,
    resource JSON not null,
    event_id CHAR(36) not null,
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    constraint pk_event_resources primary key (id)
);
create index ix_event_resources__event_id on event_resources (event_id);
create index ix_event_resources__occurred on event_resources (occurred);
create index ix_event_resources__resource_id__occurred on event_resources (resource_id, occurred);
create index ix_event_resources__updated on event_resources (updated);

create table events (
    occurred DATETIME not null,
    event TEXT not null,
    resource_id TEXT not null,
    resource JSON not null,
    related_resource_ids JSON default '[]' not null,
    related JSON default '[]' not null,
    payload JSON not null,
    received DATETIME not null,
    recorded DATETIME not null,
    follows CHAR(36),
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    constraint pk_events primary key (id)
);
create index ix_events__event__id on events (event, id);
create index ix_events__event_occurred_id on events (event, occurred, id);
create index ix_events__event_related_occurred on events (event, related, occurred);
create index ix_events__event_resource_id_occurred on events (event, resource_id, occurred);
create index ix_events__occurred on events (occurred);
create index ix_events__occurred_id on events (occurred, id);
create index ix_events__related_resource_ids on events (related_resource_ids);
create index ix_events__updated on events (updated);

create table flow (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    tags JSON default '[]' not null,
    labels JSON,
    constraint pk_flow primary key (id),
    constraint uq_flow__name unique (name)
);
create index ix_flow__created on flow (created);
create index ix_flow__updated on flow (updated);
create index ix_flow_name_case_insensitive on flow (name collate NOCASE);

create table flow_run (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    state_type VARCHAR(9),
    run_count INTEGER default '0' not null,
    expected_start_time DATETIME,
    next_scheduled_start_time DATETIME,
    start_time DATETIME,
    end_time DATETIME,
    total_run_time DATETIME default '0' not null,
    flow_version VARCHAR,
    parameters JSON default '{}' not null,
    idempotency_key VARCHAR,
    context JSON default '{}' not null,
    empirical_policy JSON default '{}' not null,
    tags JSON default '[]' not null,
    auto_scheduled BOOLEAN default '0' not null,
    flow_id CHAR(36) not null,
    deployment_id CHAR(36),
    parent_task_run_id CHAR(36),
    state_id CHAR(36),
    state_name VARCHAR,
    infrastructure_document_id CHAR(36),
    work_queue_name VARCHAR,
    state_timestamp DATETIME,
    created_by JSON,
    infrastructure_pid VARCHAR,
    work_queue_id CHAR(36),
    job_variables JSON default '{}',
    deployment_version VARCHAR,
    labels JSON,
    constraint pk_flow_run primary key (id),
    constraint fk_flow_run__flow_id__flow foreign key (flow_id) references flow (id) on delete cascade,
    constraint fk_flow_run__infrastructure_document_id__block_document foreign key (infrastructure_document_id) references block_document (id) on delete cascade,
    constraint fk_flow_run__parent_task_run_id__task_run foreign key (parent_task_run_id) references task_run (id) on delete set null,
    constraint fk_flow_run__state_id__flow_run_state foreign key (state_id) references flow_run_state (id) on delete set null,
    constraint fk_flow_run__work_queue_id__work_queue foreign key (work_queue_id) references work_queue (id) on delete set null
);
create index ix_flow_run__deployment_id on flow_run (deployment_id);
create index ix_flow_run__deployment_version on flow_run (deployment_version);
create index ix_flow_run__end_time_desc on flow_run (end_time);
create index ix_flow_run__expected_start_time_desc on flow_run (expected_start_time);
create index ix_flow_run__flow_id on flow_run (flow_id);
create index ix_flow_run__flow_version on flow_run (flow_version);
create index ix_flow_run__infrastructure_document_id on flow_run (infrastructure_document_id);
create index ix_flow_run__name on flow_run (name);
create index ix_flow_run__next_scheduled_start_time_asc on flow_run (next_scheduled_start_time);
create index ix_flow_run__parent_task_run_id on flow_run (parent_task_run_id);
create index ix_flow_run__schedule_id_scheduler on flow_run (deployment_id, json_extract(created_by, '$.id'), next_scheduled_start_time) where state_type = 'SCHEDULED' AND auto_scheduled = 1;
create index ix_flow_run__scheduler_deployment_id_auto_scheduled_next_schedu on flow_run (deployment_id, auto_scheduled, next_scheduled_start_time) where state_type = 'SCHEDULED';
create index ix_flow_run__start_time on flow_run (start_time);
create index ix_flow_run__state_id on flow_run (state_id);
create index ix_flow_run__state_name on flow_run (state_name);
create index ix_flow_run__state_timestamp on flow_run (state_timestamp);
create index ix_flow_run__state_type on flow_run (state_type);
create index ix_flow_run__updated on flow_run (updated);
create index ix_flow_run__work_queue_id on flow_run (work_queue_id);
create index ix_flow_run__work_queue_name on flow_run (work_queue_name);
create index ix_flow_run_name_case_insensitive on flow_run (name);
create unique index uq_flow_run__flow_id_idempotency_key on flow_run (flow_id, idempotency_key);

create table flow_run_input (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    key VARCHAR not null,
    value TEXT not null,
    flow_run_id CHAR(36) not null,
    sender VARCHAR,
    constraint pk_flow_run_input primary key (id),
    constraint uq_flow_run_input__flow_run_id_key unique (flow_run_id, key),
    constraint fk_flow_run_input__flow_run_id__flow_run foreign key (flow_run_id) references flow_run (id) on delete cascade
);
create index ix_flow_run_input__updated on flow_run_input (updated);

create table flow_run_state (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    type VARCHAR(9) not null,
    timestamp DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    message VARCHAR,
    state_details JSON default '{}' not null,
    data JSON,
    flow_run_id CHAR(36) not null,
    result_artifact_id CHAR(36),
    constraint pk_flow_run_state primary key (id),
    constraint fk_flow_run_state__flow_run_id__flow_run foreign key (flow_run_id) references flow_run (id) on delete cascade,
    constraint fk_flow_run_state__result_artifact_id__artifact foreign key (result_artifact_id) references artifact (id) on delete set null
);
create index ix_flow_run_state__name on flow_run_state (name);
create index ix_flow_run_state__result_artifact_id on flow_run_state (result_artifact_id);
create index ix_flow_run_state__type on flow_run_state (type);
create index ix_flow_run_state__updated on flow_run_state (updated);
create unique index uq_flow_run_state__flow_run_id_timestamp_desc on flow_run_state (flow_run_id, timestamp);

create table log (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    level SMALLINT not null,
    flow_run_id CHAR(36),
    task_run_id CHAR(36),
    message TEXT not null,
    timestamp DATETIME not null,
    constraint pk_log primary key (id)
);
create index ix_log__flow_run_id on log (flow_run_id);
create index ix_log__flow_run_id_timestamp on log (flow_run_id, timestamp);
create index ix_log__level on log (level);
create index ix_log__task_run_id on log (task_run_id);
create index ix_log__timestamp on log (timestamp);
create index ix_log__updated on log (updated);

create table saved_search (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    filters JSON default '[]' not null,
    constraint pk_saved_search primary key (id),
    constraint uq_saved_search__name unique (name)
);
create index ix_saved_search__updated on saved_search (updated);

create table task_run (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    state_type VARCHAR(9),
    run_count INTEGER default '0' not null,
    expected_start_time DATETIME,
    next_scheduled_start_time DATETIME,
    start_time DATETIME,
    end_time DATETIME,
    total_run_time DATETIME default '0' not null,
    task_key VARCHAR not null,
    dynamic_key VARCHAR not null,
    cache_key VARCHAR,
    cache_expiration DATETIME,
    task_version VARCHAR,
    empirical_policy JSON default '{}' not null,
    task_inputs JSON default '{}' not null,
    tags JSON default '[]' not null,
    flow_run_id CHAR(36),
    state_id CHAR(36),
    state_name VARCHAR,
    state_timestamp DATETIME,
    flow_run_run_count INTEGER default '0' not null,
    labels JSON,
    constraint pk_task_run primary key (id),
    constraint fk_task_run__flow_run_id__flow_run foreign key (flow_run_id) references flow_run (id) on delete cascade
);
create index ix_task_run__end_time_desc on task_run (end_time);
create index ix_task_run__expected_start_time_desc on task_run (expected_start_time);
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
create index ix_task_run_name_case_insensitive on task_run (name);
create unique index uq_task_run__flow_run_id_task_key_dynamic_key on task_run (flow_run_id, task_key, dynamic_key);

create table task_run_state (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    type VARCHAR(9) not null,
    timestamp DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    message VARCHAR,
    state_details JSON default '{}' not null,
    data JSON,
    task_run_id CHAR(36) not null,
    result_artifact_id CHAR(36),
    constraint pk_task_run_state primary key (id),
    constraint fk_task_run_state__result_artifact_id__artifact foreign key (result_artifact_id) references artifact (id) on delete set null,
    constraint fk_task_run_state__task_run_id__task_run foreign key (task_run_id) references task_run (id) on delete cascade
);
create index ix_task_run_state__name on task_run_state (name);
create index ix_task_run_state__result_artifact_id on task_run_state (result_artifact_id);
create index ix_task_run_state__type on task_run_state (type);
create index ix_task_run_state__updated on task_run_state (updated);
create unique index uq_task_run_state__task_run_id_timestamp_desc on task_run_state (task_run_id, timestamp);

create table task_run_state_cache (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    cache_key VARCHAR not null,
    cache_expiration DATETIME,
    task_run_state_id CHAR(36) not null,
    constraint pk_task_run_state_cache primary key (id)
);
create index ix_task_run_state_cache__cache_key_created_desc on task_run_state_cache (cache_key, created desc);
create index ix_task_run_state_cache__updated on task_run_state_cache (updated);

create table variable (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    tags JSON default '[]' not null,
    value JSON,
    constraint pk_variable primary key (id),
    constraint uq_variable__name unique (name)
);
create index ix_variable__updated on variable (updated);

create table work_pool (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    description VARCHAR,
    type VARCHAR not null,
    base_job_template JSON default '{}' not null,
    is_paused BOOLEAN default '0' not null,
    concurrency_limit INTEGER,
    default_queue_id CHAR(36),
    status VARCHAR(9) default 'NOT_READY' not null,
    last_transitioned_status_at DATETIME,
    last_status_event_id CHAR(36),
    storage_configuration JSON default '{}' not null,
    constraint pk_work_pool primary key (id),
    constraint uq_work_pool__name unique (name),
    constraint fk_work_pool__default_queue_id__work_queue foreign key (default_queue_id) references work_queue (id) on delete restrict
);
create index ix_work_pool__type on work_pool (type);
create index ix_work_pool__updated on work_pool (updated);

create table work_queue (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    filter JSON,
    description VARCHAR default '' not null,
    is_paused BOOLEAN default '0' not null,
    concurrency_limit INTEGER,
    last_polled DATETIME,
    priority INTEGER default '1' not null,
    work_pool_id CHAR(36) not null,
    status VARCHAR(9) default 'NOT_READY' not null,
    constraint pk_work_queue primary key (id),
    constraint uq_work_queue__work_pool_id_name unique (work_pool_id, name),
    constraint fk_work_queue__work_pool_id__work_pool foreign key (work_pool_id) references work_pool (id) on delete cascade
);
create index ix_work_queue__updated on work_queue (updated);
create index ix_work_queue__work_pool_id on work_queue (work_pool_id);
create index ix_work_queue__work_pool_id_priority on work_queue (work_pool_id, priority);

create table worker (
    id CHAR(36) default (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))) not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    updated DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    name VARCHAR not null,
    last_heartbeat_time DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null,
    work_pool_id CHAR(36) not null,
    heartbeat_interval_seconds INTEGER,
    status VARCHAR(7) default 'OFFLINE' not null,
    constraint pk_worker primary key (id),
    constraint uq_worker__work_pool_id_name unique (work_pool_id, name),
    constraint fk_worker__work_pool_id__work_pool foreign key (work_pool_id) references work_pool (id) on delete cascade
);
create index ix_worker__updated on worker (updated);
create index ix_worker__work_pool_id on worker (work_pool_id);
create index ix_worker__work_pool_id_last_heartbeat_time on worker (work_pool_id, last_heartbeat_time);

-- An empty alembic_version is what a downgrade to the base leaves behind.
delete from alembic_version;
insert into alembic_version (version_num) values ('f416ea180ae1');
