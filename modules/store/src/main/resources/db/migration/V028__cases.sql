-- Cases: episodes tied to driver, company, centre and authority, with steps that have a duty and a clock, and a trail. And appeals.

create table hw.safety_case (
    case_id bigint generated always as identity primary key,
    company_id integer not null,
    vehicle_id integer not null,
    driver_id integer,
    title text not null,
    severity smallint not null check (severity between 1 and 4),
    state text not null default 'open' check (state in ('open', 'closed')),
    opened_by integer not null,
    opened_at timestamptz not null,
    closed_by integer,
    closed_at timestamptz,
    conclusion text,
    check ((state = 'closed') = (closed_at is not null and conclusion is not null))
);
comment on table hw.safety_case is 'an accident to be or that was: what belongs to it, who owes what, and what came of it';
create index safety_case_company on hw.safety_case (company_id, case_id desc);
create index safety_case_open on hw.safety_case (case_id desc) where state = 'open';
call hw.guard_by_company('hw.safety_case');
grant select, insert on hw.safety_case to haulwatch_app;
grant update (state, closed_by, closed_at, conclusion, severity) on hw.safety_case to haulwatch_app;

create table hw.case_alarm (
    episode_id uuid primary key,
    case_id bigint not null references hw.safety_case,
    company_id integer not null
);
comment on column hw.case_alarm.episode_id is 'in one case at most; the case stays when retention lets the episode go';
create index case_alarm_case on hw.case_alarm (case_id);
create index case_alarm_company on hw.case_alarm (company_id);
call hw.guard_by_company('hw.case_alarm');
grant select, insert on hw.case_alarm to haulwatch_app;

create table hw.case_step (
    step_id bigint generated always as identity primary key,
    case_id bigint not null references hw.safety_case,
    company_id integer not null,
    party text not null check (party in ('centre', 'company', 'driver', 'regulator')),
    duty text not null check (duty in ('verify', 'company', 'rectify', 'archive')),
    words text not null,
    begun_at timestamptz not null,
    due_at timestamptz not null default 'infinity',
    done_by integer,
    done_at timestamptz,
    result text,
    escalated_to text check (escalated_to in ('lead', 'manager', 'regulator')),
    escalated_at timestamptz,
    check ((done_at is null) = (result is null)),
    check ((escalated_to is null) = (escalated_at is null))
);
comment on column hw.case_step.party is 'who owes it';
comment on column hw.case_step.words is 'empty for what the duty''s name says';
comment on column hw.case_step.escalated_to is 'whom desk_duty names for what is overdue';
create index case_step_case on hw.case_step (case_id);
create index case_step_company on hw.case_step (company_id);
create index case_step_due on hw.case_step (due_at) where done_at is null and escalated_at is null;
call hw.guard_by_company('hw.case_step');
grant select, insert on hw.case_step to haulwatch_app;
grant update (done_by, done_at, result, escalated_to, escalated_at) on hw.case_step to haulwatch_app;

create table hw.case_event (
    event_id bigint generated always as identity primary key,
    case_id bigint not null references hw.safety_case,
    company_id integer not null,
    at timestamptz not null,
    user_id integer,
    kind text not null,
    note text not null
);
comment on column hw.case_event.user_id is 'null for the clock';
create index case_event_case on hw.case_event (case_id, event_id);
create index case_event_company on hw.case_event (company_id);
call hw.guard_by_company('hw.case_event');
create trigger only_added_to before update or delete or truncate
    on hw.case_event for each statement execute function hw.refuse_change();
grant select, insert on hw.case_event to haulwatch_app;

create table hw.appeal (
    appeal_id bigint generated always as identity primary key,
    company_id integer not null,
    episode_id uuid not null references hw.episode on delete cascade,
    reason text not null,
    appealed_by integer not null,
    appealed_at timestamptz not null,
    settled_before boolean not null,
    decided_by integer,
    decided_at timestamptz,
    accepted boolean,
    note text,
    check ((decided_at is null) = (accepted is null) and (decided_at is null) = (note is null))
);
comment on column hw.appeal.settled_before is 'whether the alarm was resolved when it was contested: rejected, it is so again';
create unique index appeal_undecided on hw.appeal (episode_id) where decided_at is null;
create index appeal_company on hw.appeal (company_id, appeal_id desc);
create index appeal_episode on hw.appeal (episode_id);
call hw.guard_by_company('hw.appeal');
grant select, insert on hw.appeal to haulwatch_app;
grant update (decided_by, decided_at, accepted, note) on hw.appeal to haulwatch_app;
grant select, update (company_id), delete on hw.appeal to haulwatch_writer;
