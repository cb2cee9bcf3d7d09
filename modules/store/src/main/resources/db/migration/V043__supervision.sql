-- Orders of the regulator (督办): what a company has to put right by a deadline. Each lands in a case, as a step of it that the company owes and,
-- once it has answered, one that the regulator owes.

alter table hw.safety_case alter column vehicle_id drop not null;
comment on column hw.safety_case.vehicle_id is 'null for a case about the company itself';

create table hw.supervision_order (
    order_id bigint generated always as identity primary key,
    case_id bigint not null references hw.safety_case,
    opened_case boolean not null,
    company_id integer not null,
    subject text not null check (length(subject) between 1 and 100),
    words text not null,
    severity smallint not null check (severity between 1 and 4),
    figure jsonb,
    issued_by integer not null,
    issued_at timestamptz not null,
    first_due_at timestamptz not null,
    due_at timestamptz not null,
    answered_at timestamptz,
    state text not null default 'issued' check (state in ('issued', 'answered', 'returned', 'accepted', 'withdrawn')),
    state_at timestamptz not null,
    revision integer not null default 1,
    check (state not in ('answered', 'accepted') or answered_at is not null)
);
comment on column hw.supervision_order.opened_case is 'whether the case was opened for it; such a case closes with it if nothing else was added';
comment on column hw.supervision_order.figure is 'the indicator it is about as it was when the order was issued: formula, days, version, numerator, denominator';
comment on column hw.supervision_order.answered_at is 'of the newest answer; of an accepted order, when what was accepted was said';
comment on column hw.supervision_order.revision is 'raised by each change; who changes names the one that he has seen';
create index supervision_order_company on hw.supervision_order (company_id, order_id);
create index supervision_order_waiting on hw.supervision_order (due_at) where state in ('issued', 'returned');
create index supervision_order_due on hw.supervision_order (due_at) where state <> 'withdrawn';
create index supervision_order_case on hw.supervision_order (case_id);
call hw.guard_by_company('hw.supervision_order');
grant select, insert on hw.supervision_order to haulwatch_app;
grant update (due_at, answered_at, state, state_at, revision) on hw.supervision_order to haulwatch_app;

create table hw.supervision_alarm (
    order_id bigint not null references hw.supervision_order,
    episode_id uuid not null,
    company_id integer not null,
    primary key (order_id, episode_id)
);
comment on column hw.supervision_alarm.episode_id is 'stays when retention lets the episode go';
create index supervision_alarm_episode on hw.supervision_alarm (episode_id);
create index supervision_alarm_company on hw.supervision_alarm (company_id);
call hw.guard_by_company('hw.supervision_alarm');
grant select, insert on hw.supervision_alarm to haulwatch_app;

create table hw.supervision_answer (
    answer_id bigint generated always as identity primary key,
    order_id bigint not null references hw.supervision_order,
    company_id integer not null,
    words text not null,
    answered_by integer not null,
    answered_at timestamptz not null,
    due_at timestamptz not null,
    verdict text check (verdict in ('accepted', 'returned')),
    verdict_words text,
    judged_by integer,
    judged_at timestamptz,
    check ((verdict is null) = (judged_at is null) and (verdict is null) = (verdict_words is null))
);
comment on column hw.supervision_answer.due_at is 'the deadline that it was held to';
create unique index supervision_answer_unjudged on hw.supervision_answer (order_id) where verdict is null;
create index supervision_answer_order on hw.supervision_answer (order_id, answer_id);
create index supervision_answer_company on hw.supervision_answer (company_id);
call hw.guard_by_company('hw.supervision_answer');
grant select, insert on hw.supervision_answer to haulwatch_app;
grant update (verdict, verdict_words, judged_by, judged_at) on hw.supervision_answer to haulwatch_app;

create table hw.supervision_write (
    write_key uuid primary key,
    order_id bigint not null references hw.supervision_order,
    company_id integer not null,
    user_id integer not null,
    kind text not null,
    at timestamptz not null
);
comment on table hw.supervision_write is 'keys of writes that were done: a browser that lost the answer asks again and nothing is done twice';
create index supervision_write_order on hw.supervision_write (order_id);
create index supervision_write_company on hw.supervision_write (company_id);
call hw.guard_by_company('hw.supervision_write');
grant select, insert on hw.supervision_write to haulwatch_app;

-- What belongs to an order among a case's steps and in its trail.
alter table hw.case_step add column order_id bigint references hw.supervision_order;
alter table hw.case_event add column order_id bigint references hw.supervision_order;
create index case_step_order on hw.case_step (order_id) where order_id is not null;
create index case_event_order on hw.case_event (order_id, event_id) where order_id is not null;
grant update (due_at) on hw.case_step to haulwatch_app;

alter table hw.attachment drop constraint attachment_subject_check;
alter table hw.attachment add constraint attachment_subject_check
    check (subject in ('paper', 'hazard', 'maintenance', 'accident', 'supervision'));
