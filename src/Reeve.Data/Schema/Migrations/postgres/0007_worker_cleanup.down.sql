drop table reeve_worker_cleanup;
