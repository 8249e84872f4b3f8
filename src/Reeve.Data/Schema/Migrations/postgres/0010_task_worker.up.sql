-- Task workers that are connected to some server. A row belongs to one connection and is renewed while that lasts.
create table reeve_task_worker (
    connection_id uuid not null,
    client_id varchar not null,
    task_keys jsonb not null,
    seen timestamptz not null,
    leased_until timestamptz not null,
    constraint pk_reeve_task_worker primary key (connection_id)
);
create index reeve_ix_task_worker__leased_until on reeve_task_worker (leased_until);
