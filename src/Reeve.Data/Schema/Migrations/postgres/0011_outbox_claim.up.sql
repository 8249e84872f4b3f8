-- What each relay is about to deliver, so that others take the rows after it. A claim spares work; it is the deletion of the rows that decides.
create table reeve_outbox_claim (
    relay uuid not null,
    first_id bigint not null,
    last_id bigint not null,
    claimed_until timestamptz not null,
    constraint pk_reeve_outbox_claim primary key (relay)
);
