-- Lessons that are overdue count in a company's score.
grant select on hw.training_task to haulwatch_writer;
create index training_task_overdue on hw.training_task (due_at) include (company_id, driver_id) where closed_at is null;
drop index hw.training_task_due;

-- Alarms that wait for somebody are few among millions, and each page of a company counts them.
create index episode_waiting on hw.episode (company_id, vehicle_id) include (rule, severity, state)
    where handling in ('new', 'claimed', 'acting', 'waiting');
-- Its drivers' alarms of thirty days, and half a year of them for scores, are added up from the index alone.
drop index hw.episode_company;
create index episode_company on hw.episode (company_id, started_at desc) include (vehicle_id, driver_id, rule, severity, state, handling);
