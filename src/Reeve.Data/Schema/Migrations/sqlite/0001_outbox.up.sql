-- Events written in the transaction of the change they tell of; a relay publishes and deletes them.
create table reeve_outbox (
    id integer primary key autoincrement not null,
    occurred DATETIME not null,
    event JSON not null,
    created DATETIME default (strftime('%Y-%m-%d %H:%M:%f000', 'now')) not null
);
