-- Leases on slots of concurrency_limit_v2: who took how many slots of which limits, until when. A lease row counts in
-- active_slots of each of its limits; both change in one transaction.
create table reeve_concurrency_lease (
    id CHAR(36) not null,
    slots INTEGER not null,
    holder_type VARCHAR,
    holder_id CHAR(36),
    expiration DATETIME not null,
    created DATETIME not null,
    constraint pk_reeve_concurrency_lease primary key (id)
);
create index reeve_ix_concurrency_lease__expiration on reeve_concurrency_lease (expiration);
create index reeve_ix_concurrency_lease__holder_id on reeve_concurrency_lease (holder_id);
create table reeve_concurrency_lease_limit (
    lease_id CHAR(36) not null,
    limit_id CHAR(36) not null,
    constraint pk_reeve_concurrency_lease_limit primary key (lease_id, limit_id),
    constraint fk_reeve_concurrency_lease_limit__lease_id foreign key (lease_id) references reeve_concurrency_lease (id) on delete cascade
);
create index reeve_ix_concurrency_lease_limit__limit_id on reeve_concurrency_lease_limit (limit_id);
