drop table reeve_outbox;
