-- The processes that use this database: each says every few seconds that it lives. Nothing depends on a row being there.
create table reeve_process (
    id CHAR(36) not null,
    host VARCHAR not null,
    pid INTEGER not null,
    version VARCHAR not null,
    role VARCHAR not null,
    address VARCHAR,
    services VARCHAR not null,
    settings VARCHAR not null,
    clock_skew FLOAT not null,
    started DATETIME not null,
    beat DATETIME not null,
    constraint pk_reeve_process primary key (id)
);
create index reeve_ix_process__beat on reeve_process (beat);
