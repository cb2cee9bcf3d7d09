-- Reminders of papers that run out: one for each version of a paper and each of its kind's warning steps, and one message a day and company.

create table hw.paper_reminder (
    reminder_id bigint generated always as identity primary key,
    company_id integer not null,
    paper_id bigint not null references hw.paper,
    lead_days smallint not null check (lead_days > 0),
    reminded_on date not null,
    unique (paper_id, lead_days)
);
comment on column hw.paper_reminder.lead_days is 'the warning step that the paper has reached, in days before its last valid one';
comment on column hw.paper_reminder.reminded_on is 'local day';
create index paper_reminder_company on hw.paper_reminder (company_id, reminded_on desc);
call hw.guard_by_company('hw.paper_reminder');
grant select, insert on hw.paper_reminder to haulwatch_app;

create table hw.paper_reminder_day (
    day date primary key,
    reminders integer not null
);
comment on table hw.paper_reminder_day is 'local days on which the papers were looked through';
grant select, insert on hw.paper_reminder_day to haulwatch_app;

create index paper_runs_out on hw.paper (expires) where review = 'approved';

-- Whoever retires a company is told which of its cases are open.
grant select on hw.safety_case to haulwatch_writer;
