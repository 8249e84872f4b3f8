-- Orders to workers to clean up after a run. An order is queued, reserved by one worker for a while, and ends acked or dead.
create table reeve_worker_cleanup (
    id CHAR(36) not null,
    idempotency_key VARCHAR not null,
    work_pool_id CHAR(36) not null,
    work_queue_id CHAR(36),
    kind VARCHAR not null,
    target JSON not null,
    data JSON not null,
    status VARCHAR not null,
    delivery_count INTEGER not null,
    reservation_token VARCHAR,
    lease_expires_at DATETIME,
    reason VARCHAR,
    release_reason VARCHAR,
    created DATETIME not null,
    updated DATETIME not null,
    constraint pk_reeve_worker_cleanup primary key (id)
);
create unique index reeve_uq_worker_cleanup__work_pool_id_idempotency_key on reeve_worker_cleanup (work_pool_id, idempotency_key);
create index reeve_ix_worker_cleanup__queued on reeve_worker_cleanup (work_pool_id, created, id) where status = 'queued';
create index reeve_ix_worker_cleanup__reserved on reeve_worker_cleanup (lease_expires_at) where status = 'reserved';
create index reeve_ix_worker_cleanup__updated on reeve_worker_cleanup (updated);
