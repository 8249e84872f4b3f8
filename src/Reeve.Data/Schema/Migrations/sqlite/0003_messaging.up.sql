-- Events that a consumer could not digest, kept until an operator replays or deletes them.
create table reeve_dead_letter (
    id CHAR(36) not null,
    consumer VARCHAR not null,
    event_id CHAR(36) not null,
    event_name VARCHAR not null,
    event JSON not null,
    received DATETIME not null,
    error VARCHAR not null,
    attempts INTEGER not null,
    created DATETIME not null,
    updated DATETIME not null,
    constraint pk_reeve_dead_letter primary key (id),
    constraint uq_reeve_dead_letter__consumer_event_id unique (consumer, event_id)
);
create index reeve_ix_dead_letter__created on reeve_dead_letter (created, id);
-- Background task runs that were handed to a task worker and have not begun yet. A lease that runs out frees the run for another.
create table reeve_task_delivery (
    task_run_id CHAR(36) not null,
    state_id CHAR(36) not null,
    connection_id CHAR(36) not null,
    client_id VARCHAR not null,
    acknowledged BOOLEAN not null,
    leased_until DATETIME not null,
    constraint pk_reeve_task_delivery primary key (task_run_id),
    constraint fk_reeve_task_delivery__task_run_id foreign key (task_run_id) references task_run (id) on delete cascade
);
create index reeve_ix_task_delivery__connection_id on reeve_task_delivery (connection_id);
create index reeve_ix_task_delivery__leased_until on reeve_task_delivery (leased_until);
