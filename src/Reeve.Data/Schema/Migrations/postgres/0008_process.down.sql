drop table reeve_process;
