-- Events that a consumer could not digest, kept until an operator replays or deletes them.
create table reeve_dead_letter (
    id uuid not null,
    consumer varchar not null,
    event_id uuid not null,
    event_name varchar not null,
    event jsonb not null,
    received timestamptz not null,
    error varchar not null,
    attempts integer not null,
    created timestamptz not null,
    updated timestamptz not null,
    constraint pk_reeve_dead_letter primary key (id),
    constraint uq_reeve_dead_letter__consumer_event_id unique (consumer, event_id)
);
create index reeve_ix_dead_letter__created on reeve_dead_letter (created, id);
-- Background task runs that were handed to a task worker and have not begun yet. A lease that runs out frees the run for another.
create table reeve_task_delivery (
    task_run_id uuid not null,
    state_id uuid not null,
    connection_id uuid not null,
    client_id varchar not null,
    acknowledged boolean not null,
    leased_until timestamptz not null,
    constraint pk_reeve_task_delivery primary key (task_run_id),
    constraint fk_reeve_task_delivery__task_run_id foreign key (task_run_id) references task_run (id) on delete cascade
);
create index reeve_ix_task_delivery__connection_id on reeve_task_delivery (connection_id);
create index reeve_ix_task_delivery__leased_until on reeve_task_delivery (leased_until);
