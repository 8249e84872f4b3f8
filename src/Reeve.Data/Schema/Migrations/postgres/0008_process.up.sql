-- The processes that use this database: each says every few seconds that it lives. Nothing depends on a row being there.
create table reeve_process (
    id uuid not null,
    host varchar not null,
    pid integer not null,
    version varchar not null,
    role varchar not null,
    address varchar,
    services varchar not null,
    settings varchar not null,
    clock_skew double precision not null,
    started timestamptz not null,
    beat timestamptz not null,
    constraint pk_reeve_process primary key (id)
);
create index reeve_ix_process__beat on reeve_process (beat);
