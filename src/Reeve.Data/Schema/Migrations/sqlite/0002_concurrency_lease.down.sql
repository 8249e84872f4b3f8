drop table reeve_concurrency_lease_limit;
drop table reeve_concurrency_lease;
