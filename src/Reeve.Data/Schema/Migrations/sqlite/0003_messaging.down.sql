drop table reeve_task_delivery;
drop table reeve_dead_letter;
