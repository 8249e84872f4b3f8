-- Events written in the transaction of the change they tell of; a relay publishes and deletes them.
create table reeve_outbox (
    id bigint generated always as identity,
    occurred timestamptz not null,
    event jsonb not null,
    created timestamptz default current_timestamp not null,
    constraint pk_reeve_outbox primary key (id)
);
