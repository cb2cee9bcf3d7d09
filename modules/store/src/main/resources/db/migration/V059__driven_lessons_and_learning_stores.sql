-- Lessons that were studied at the wheel, quizzes that send back, exams that end when their page is left, and learning record stores.

-- When study was credited: driving that is known later (positions that a terminal had stored, a card's message that came late) is taken out of it.
create table hw.study_stretch (
    stretch_id bigint generated always as identity primary key,
    study_id bigint not null references hw.study,
    task_id bigint not null references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    begun_at timestamptz not null,
    ended_at timestamptz not null,
    credited_ms integer not null check (credited_ms >= 0),
    void_ms integer not null default 0 check (void_ms >= 0),
    check (ended_at > begun_at)
);
comment on column hw.study_stretch.credited_ms is 'what still counts of it';
comment on column hw.study_stretch.void_ms is 'what driving took out of it';
create index study_stretch_study on hw.study_stretch (study_id, ended_at);
create index study_stretch_recent on hw.study_stretch (ended_at, driver_id) where credited_ms > 0;
create index study_stretch_driver on hw.study_stretch (driver_id, ended_at);
create index study_stretch_company on hw.study_stretch (company_id);
call hw.guard_by_company('hw.study_stretch');
call hw.show_to_driver('hw.study_stretch', true);
grant select, insert on hw.study_stretch to haulwatch_app;
grant update (ended_at, credited_ms, void_ms) on hw.study_stretch to haulwatch_app;

create table hw.study_at_wheel (
    finding_id bigint generated always as identity primary key,
    study_id bigint not null references hw.study,
    task_id bigint not null references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    vehicle_id integer not null,
    begun_at timestamptz not null,
    ended_at timestamptz not null,
    driven_s integer not null,
    void_s integer not null,
    found_at timestamptz not null
);
comment on table hw.study_at_wheel is 'study of a lesson during which its driver drove (行驶中学习), and what was taken back of it';
comment on column hw.study_at_wheel.driven_s is 'driving within that time';
create index study_at_wheel_company on hw.study_at_wheel (company_id, finding_id desc);
create index study_at_wheel_task on hw.study_at_wheel (task_id);
create index study_at_wheel_driver on hw.study_at_wheel (driver_id);
call hw.guard_by_company('hw.study_at_wheel');
call hw.show_to_driver('hw.study_at_wheel');
create trigger only_added_to before update or delete on hw.study_at_wheel for each statement execute function hw.refuse_change();
grant select, insert on hw.study_at_wheel to haulwatch_app;

-- Programs and mailboxes may be told of it.
alter table hw.receiver
    drop constraint receiver_events_check,
    add constraint receiver_events_check check (cardinality(events) > 0
        and events <@ array['alarm', 'notice', 'case_overdue', 'papers_due', 'study_at_wheel']::text[]);
alter table hw.outbox
    drop constraint outbox_event_check,
    add constraint outbox_event_check check (event in ('alarm', 'notice', 'case_overdue', 'papers_due', 'study_at_wheel'));
alter table hw.delivery
    drop constraint delivery_event_check,
    add constraint delivery_event_check check (event in ('alarm', 'notice', 'case_overdue', 'papers_due', 'study_at_wheel', 'test'));

alter table hw.driver_message
    drop constraint driver_message_kind_check,
    add constraint driver_message_kind_check
        check (kind in ('assigned', 'reminder', 'overdue', 'taken_back', 'certificate', 'appeal', 'note', 'driving'));

-- An exam that alarms ask for has a size of its own; and whoever drives for another company of the same plan keeps his task.
alter table hw.training_task
    add column exam_questions smallint check (exam_questions between 5 and 100),
    add column pass_percent smallint check (pass_percent between 50 and 100);
comment on column hw.training_task.exam_questions is 'null: as its course has it';
comment on column hw.training_task.company_id is 'the company that he drives for; days of study, exams and rows of the ledger keep the one that he drove for then';
grant update (company_id, exam_questions, pass_percent) on hw.training_task to haulwatch_app;
grant update (company_id) on hw.study to haulwatch_app;

-- Answers between lessons: two wrong ones to the same question send the driver back.
create table hw.quiz_answer (
    answer_id bigint generated always as identity primary key,
    task_id bigint not null references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    question_id integer not null,
    version smallint not null,
    given smallint[] not null,
    is_right boolean not null,
    at timestamptz not null,
    foreign key (question_id, version) references hw.question_version (question_id, version)
);
create index quiz_answer_task on hw.quiz_answer (task_id, question_id);
create index quiz_answer_company on hw.quiz_answer (company_id);
create index quiz_answer_driver on hw.quiz_answer (driver_id);
call hw.guard_by_company('hw.quiz_answer');
call hw.show_to_driver('hw.quiz_answer', true);
grant select, insert on hw.quiz_answer to haulwatch_app;

alter table hw.exam_attempt
    drop constraint exam_attempt_closed_by_check,
    add constraint exam_attempt_closed_by_check check (closed_by in ('driver', 'time', 'taken_back', 'left_page'));

-- What a learning record store took is pushed; what it refused for its content is dead, with the reason.
alter table hw.learning_statement
    add column dead_at timestamptz,
    add column fault text check (length(fault) <= 200);
grant update (dead_at, fault) on hw.learning_statement to haulwatch_app;
drop index hw.learning_statement_waiting;
create index learning_statement_waiting on hw.learning_statement (statement_no) where pushed_at is null and dead_at is null;
create index learning_statement_dead on hw.learning_statement (statement_no) where dead_at is not null;

create table hw.learning_push (
    only_row boolean primary key default true check (only_row),
    last_sent_at timestamptz,
    tries integer not null default 0,
    next_at timestamptz not null default '-infinity',
    failing_since timestamptz,
    fault text,
    fault_detail text,
    check ((fault is null) = (failing_since is null))
);
comment on table hw.learning_push is 'how it goes with the learning record store';
insert into hw.learning_push default values;
grant select, update on hw.learning_push to haulwatch_app;
