-- Lessons that are overdue count in a company's score.
grant select on hw.training_task to haulwatch_writer;
create index training_task_overdue on hw.training_task (due_at) include (company_id, driver_id) where closed_at is null;
drop index hw.training_task_due;
