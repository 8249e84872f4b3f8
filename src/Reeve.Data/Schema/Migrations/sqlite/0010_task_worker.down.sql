drop table reeve_task_worker;
