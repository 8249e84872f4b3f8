-- What each relay is about to deliver, so that others take the rows after it. A claim spares work; it is the deletion of the rows that decides.
create table reeve_outbox_claim (
    relay CHAR(36) not null,
    first_id integer not null,
    last_id integer not null,
    claimed_until DATETIME not null,
    constraint pk_reeve_outbox_claim primary key (relay)
);
