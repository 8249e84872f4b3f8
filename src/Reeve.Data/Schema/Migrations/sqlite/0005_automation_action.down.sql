drop table reeve_automation_loop;
drop table reeve_automation_cause;
drop table reeve_action;
