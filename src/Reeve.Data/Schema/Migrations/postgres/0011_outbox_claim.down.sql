drop table reeve_outbox_claim;
