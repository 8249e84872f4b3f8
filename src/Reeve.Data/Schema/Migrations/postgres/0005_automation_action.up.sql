-- Actions of automations that fired, written in the transaction of the firing. One is claimed by moving due ahead, which is a
-- lease, and is finished once: done, failed (it was refused, which another attempt would not change) or dead (attempts ran out).
create table reeve_action (
    id uuid not null,
    automation_id uuid not null,
    firing_id uuid not null,
    action_index integer not null,
    action_type varchar not null,
    body jsonb not null,
    depth integer not null,
    status varchar not null,
    attempts integer not null,
    due timestamptz not null,
    owner uuid,
    reason varchar,
    created timestamptz not null,
    finished timestamptz,
    constraint pk_reeve_action primary key (id)
);
create index reeve_ix_action__due on reeve_action (due, id) where finished is null;
create index reeve_ix_action__finished on reeve_action (finished) where finished is not null;
create index reeve_ix_action__automation_id__created on reeve_action (automation_id, created);
create unique index reeve_uq_action__firing_id__action_index on reeve_action (firing_id, action_index);
-- How far behind an outside cause something is that an automation did: a chain that grows too long is a loop.
create table reeve_automation_cause (
    cause varchar not null,
    depth integer not null,
    recorded timestamptz not null,
    constraint pk_reeve_automation_cause primary key (cause)
);
create index reeve_ix_automation_cause__recorded on reeve_automation_cause (recorded);
-- Automations that were found to set themselves off, and how much of them was left out because of it.
create table reeve_automation_loop (
    automation_id uuid not null,
    window_start timestamptz not null,
    caused integer not null,
    broken_until timestamptz,
    suppressed bigint not null,
    reason varchar,
    constraint pk_reeve_automation_loop primary key (automation_id)
);
