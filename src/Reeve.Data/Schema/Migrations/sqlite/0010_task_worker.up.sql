-- Task workers that are connected to some server. A row belongs to one connection and is renewed while that lasts.
create table reeve_task_worker (
    connection_id CHAR(36) not null,
    client_id VARCHAR not null,
    task_keys JSON not null,
    seen DATETIME not null,
    leased_until DATETIME not null,
    constraint pk_reeve_task_worker primary key (connection_id)
);
create index reeve_ix_task_worker__leased_until on reeve_task_worker (leased_until);
