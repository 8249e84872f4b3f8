-- Orders to workers to clean up after a run. An order is queued, reserved by one worker for a while, and ends acked or dead.
create table reeve_worker_cleanup (
    id uuid not null,
    idempotency_key varchar not null,
    work_pool_id uuid not null,
    work_queue_id uuid,
    kind varchar not null,
    target jsonb not null,
    data jsonb not null,
    status varchar not null,
    delivery_count integer not null,
    reservation_token varchar,
    lease_expires_at timestamptz,
    reason varchar,
    release_reason varchar,
    created timestamptz not null,
    updated timestamptz not null,
    constraint pk_reeve_worker_cleanup primary key (id)
);
create unique index reeve_uq_worker_cleanup__work_pool_id_idempotency_key on reeve_worker_cleanup (work_pool_id, idempotency_key);
create index reeve_ix_worker_cleanup__queued on reeve_worker_cleanup (work_pool_id, created, id) where status = 'queued';
create index reeve_ix_worker_cleanup__reserved on reeve_worker_cleanup (lease_expires_at) where status = 'reserved';
create index reeve_ix_worker_cleanup__updated on reeve_worker_cleanup (updated);
