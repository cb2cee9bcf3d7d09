-- Online training (在线安全培训): courses with their questions, plans, what each driver has to learn, what he studied, his exams and certificates.
-- A driver signs in on his phone. His scope is 'driver:7': he sees the rows that name him and, where no policy says so, nothing.

create function hw.scope_driver() returns integer
    language sql stable parallel safe
    return case
        when starts_with(coalesce(current_setting('hw.scope', true), ''), 'driver:')
            then substr(current_setting('hw.scope', true), 8)::integer
    end;

-- Shows a driver the rows that name him; what he may write is a matter of grants and of the second argument.
create procedure hw.show_to_driver(shown regclass, writes boolean default false)
    language plpgsql
as $$
begin
    if writes then
        execute format('create policy by_driver on %s to haulwatch_app using (driver_id = (select hw.scope_driver()))'
            || ' with check (driver_id = (select hw.scope_driver()))', shown);
    else
        execute format('create policy by_driver on %s for select to haulwatch_app using (driver_id = (select hw.scope_driver()))', shown);
    end if;
end
$$;

call hw.show_to_driver('hw.driver');
call hw.show_to_driver('hw.assignment');
call hw.show_to_driver('hw.episode');
call hw.show_to_driver('hw.training_record');
create policy by_driver on hw.paper for select to haulwatch_app
    using (owner_kind = 'DRIVER' and owner_id = (select hw.scope_driver()));

-- A driver's account is made when he first signs in. It follows him to another company and ends with his row.
alter table hw.app_user
    add column driver_id integer unique references hw.driver,
    add constraint app_user_driver check (driver_id is null or role = 'driver');
create function hw.follow_driver() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    update hw.app_user set scope = 'company:' || new.company_id, disabled = new.retired_at is not null
    where driver_id = new.driver_id;
    return null;
end
$$;
create trigger followed_by_account after update of company_id, retired_at on hw.driver
    for each row when (old.company_id <> new.company_id or old.retired_at is distinct from new.retired_at)
    execute function hw.follow_driver();
create index driver_phone on hw.driver (phone) where retired_at is null;

alter table hw.one_time_link
    drop constraint one_time_link_purpose_check,
    add constraint one_time_link_purpose_check check (purpose in ('invitation', 'reset', 'entry'));

-- A code that proves that somebody holds a phone. One a phone: a newer one replaces it.
create table hw.entry_code (
    phone text primary key,
    sealed bytea not null,
    made_at timestamptz not null,
    expires_at timestamptz not null,
    tries smallint not null default 0
);
comment on column hw.entry_code.sealed is 'the code, sealed with the console''s key';
grant select, insert, update, delete on hw.entry_code to haulwatch_app;

-- Courses are everyone's. What people answered keeps the version that they saw: a version is never changed.
create table hw.course (
    course_id integer generated always as identity primary key,
    code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
    topic text not null check (length(topic) between 1 and 40),
    title text not null check (length(title) between 1 and 100),
    title_en text check (length(title_en) between 1 and 200),
    summary text not null default '' check (length(summary) <= 500),
    summary_en text check (length(summary_en) <= 1000),
    built_in boolean not null default false,
    exam_questions smallint not null default 10 check (exam_questions between 5 and 100),
    exam_minutes smallint not null default 15 check (exam_minutes between 5 and 180),
    pass_percent smallint not null default 80 check (pass_percent between 50 and 100),
    attempts smallint not null default 3 check (attempts between 1 and 10),
    valid_months smallint not null default 12 check (valid_months between 1 and 60),
    made_by integer not null,
    made_at timestamptz not null,
    published_at timestamptz,
    retired_at timestamptz
);
comment on column hw.course.published_at is 'from when it may be assigned; null while it is written';

create table hw.lesson (
    lesson_id integer generated always as identity primary key,
    course_id integer not null references hw.course,
    code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
    place smallint not null,
    retired_at timestamptz,
    unique (course_id, code)
);

create table hw.lesson_version (
    lesson_id integer not null references hw.lesson,
    version smallint not null,
    title text not null check (length(title) between 1 and 100),
    title_en text check (length(title_en) between 1 and 200),
    body text not null check (length(body) <= 20000),
    body_en text check (length(body_en) <= 40000),
    seconds smallint not null check (seconds between 10 and 180),
    video text check (length(video) <= 500),
    made_by integer not null,
    made_at timestamptz not null,
    primary key (lesson_id, version)
);
comment on column hw.lesson_version.body is 'Markdown';
comment on column hw.lesson_version.video is 'an https address, or the id of a file that was uploaded';

create table hw.lesson_picture (
    course_id integer not null references hw.course,
    name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,59}(\.en)?\.(svg|png|jpg)$'),
    content bytea not null check (length(content) <= 1048576),
    made_at timestamptz not null,
    primary key (course_id, name)
);

create table hw.question (
    question_id integer generated always as identity primary key,
    course_id integer not null references hw.course,
    lesson_id integer references hw.lesson,
    code text not null check (length(code) between 1 and 60),
    state text not null default 'live' check (state in ('live', 'retired')),
    unique (course_id, code)
);

create table hw.question_version (
    question_id integer not null references hw.question,
    version smallint not null,
    kind text not null check (kind in ('single', 'multiple', 'true_false')),
    difficulty text not null check (difficulty in ('easy', 'medium', 'hard')),
    stem text not null check (length(stem) between 1 and 1000),
    stem_en text check (length(stem_en) <= 2000),
    options jsonb not null check (jsonb_array_length(options) between 2 and 8),
    explanation text not null default '' check (length(explanation) <= 2000),
    explanation_en text check (length(explanation_en) <= 4000),
    clause text not null default '' check (length(clause) <= 200),
    clause_en text check (length(clause_en) <= 400),
    effective date,
    made_by integer not null,
    made_at timestamptz not null,
    primary key (question_id, version)
);
comment on column hw.question_version.options is 'array of {text, text_en, right}';
comment on column hw.question_version.effective is 'since when the rule that it asks is in force; null where that does not matter';

create trigger only_added_to before update or delete on hw.lesson_version for each statement execute function hw.refuse_change();
create trigger only_added_to before update or delete on hw.question_version for each statement execute function hw.refuse_change();
grant select on hw.course, hw.lesson, hw.lesson_version, hw.lesson_picture, hw.question, hw.question_version to haulwatch_app, haulwatch_writer;
grant insert on hw.course, hw.lesson, hw.lesson_version, hw.lesson_picture, hw.question, hw.question_version to haulwatch_app;
grant update (topic, title, title_en, summary, summary_en, exam_questions, exam_minutes, pass_percent, attempts, valid_months, published_at,
    retired_at) on hw.course to haulwatch_app;
grant update (place, retired_at) on hw.lesson to haulwatch_app;
grant update (content, made_at) on hw.lesson_picture to haulwatch_app;
grant update (state, lesson_id) on hw.question to haulwatch_app;

-- Who has to learn what until when. Tasks are made of it in the background, so that a plan of every driver is answered at once.
create table hw.training_plan (
    plan_id integer generated always as identity primary key,
    kind text not null check (kind in ('monthly', 'continuing', 'prejob', 'remedial')),
    title text not null check (length(title) between 1 and 100),
    course_ids integer[] not null check (cardinality(course_ids) between 1 and 20),
    begins_on date not null,
    due_on date not null check (due_on >= begins_on),
    company_ids integer[] not null default '{}',
    cargo text[] not null default '{}',
    hired_from date,
    wanted integer,
    assigned integer not null default 0,
    assigned_at timestamptz,
    made_by integer not null,
    made_at timestamptz not null,
    withdrawn_by integer,
    withdrawn_at timestamptz,
    reason text,
    check ((withdrawn_at is null) = (reason is null))
);
comment on column hw.training_plan.company_ids is 'whose drivers; empty for everyone''s';
comment on column hw.training_plan.cargo is 'kinds of goods or classes of trucks that its drivers are assigned to; empty for all';
comment on column hw.training_plan.hired_from is 'only drivers who came on or after this day; null for all';
comment on column hw.training_plan.assigned_at is 'when the last of its tasks was made; null while they are made';
alter table hw.training_plan enable row level security;
alter table hw.training_plan force row level security;
create policy by_companies on hw.training_plan
    using ((select hw.scope_is_all()) or company_ids = '{}' and (select hw.scope_driver()) is null
        or company_ids && (select hw.scope_companies())::integer[])
    with check ((select hw.scope_is_all()) or (company_ids <> '{}' and company_ids <@ (select hw.scope_companies())::integer[]));
create index training_plan_unfinished on hw.training_plan (plan_id) where assigned_at is null and withdrawn_at is null;
grant select, insert on hw.training_plan to haulwatch_app;
grant update (wanted, assigned, assigned_at, withdrawn_by, withdrawn_at, reason) on hw.training_plan to haulwatch_app;

-- One course that one driver has to learn.
create table hw.training_task (
    task_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    driver_id integer not null references hw.driver,
    course_id integer not null references hw.course,
    plan_id integer references hw.training_plan,
    kind text not null check (kind in ('monthly', 'continuing', 'prejob', 'remedial')),
    state text not null default 'assigned'
        check (state in ('assigned', 'in_progress', 'study_done', 'exam_passed', 'excused', 'taken_back', 'revoked')),
    minutes smallint not null default 0 check (minutes between 0 and 6000),
    restricted boolean not null default false,
    assigned_at timestamptz not null,
    due_at timestamptz not null,
    studied_s integer not null default 0,
    best_score numeric(5, 2),
    closed_at timestamptz,
    closed_by integer,
    reason text,
    reminded_on date,
    check ((plan_id is null) = (kind = 'remedial') or plan_id is not null),
    check ((closed_at is not null) = (state in ('exam_passed', 'excused', 'taken_back', 'revoked')))
);
comment on table hw.training_task is 'overdue is open with due_at in the past; a task of a driver who left closes as excused';
comment on column hw.training_task.company_id is 'the company that he drove for when it was assigned';
comment on column hw.training_task.minutes is 'that the rule of an alarm names; each lesson is studied once, whatever they are; 0 where no rule names any';
comment on column hw.training_task.restricted is 'he should not drive before it is done';
create unique index training_task_of_plan on hw.training_task (plan_id, driver_id, course_id) where plan_id is not null;
create unique index training_task_remedial on hw.training_task (driver_id, course_id) where kind = 'remedial' and closed_at is null;
create index training_task_company on hw.training_task (company_id, task_id);
create index training_task_driver on hw.training_task (driver_id, task_id);
create index training_task_open on hw.training_task (company_id, due_at) where closed_at is null;
create index training_task_due on hw.training_task (due_at) where closed_at is null;
call hw.guard_by_company('hw.training_task');
call hw.show_to_driver('hw.training_task', true);
grant select, insert on hw.training_task to haulwatch_app;
grant update (state, minutes, restricted, due_at, studied_s, best_score, closed_at, closed_by, reason, reminded_on) on hw.training_task to haulwatch_app;

-- Which alarms asked for a remedial task.
create table hw.training_cause (
    task_id bigint not null references hw.training_task,
    episode_id uuid not null,
    company_id integer not null,
    driver_id integer not null,
    added_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (task_id, episode_id)
);
create unique index training_cause_episode on hw.training_cause (episode_id);
create index training_cause_company on hw.training_cause (company_id);
create index training_cause_driver on hw.training_cause (driver_id);
call hw.guard_by_company('hw.training_cause');
call hw.show_to_driver('hw.training_cause');
grant select, insert on hw.training_cause to haulwatch_app;
grant update (withdrawn_at) on hw.training_cause to haulwatch_app;

-- Alarms whose end, or whose fall, asks for a look at what their driver has to learn. Whoever looks takes them out.
create table hw.training_due (
    episode_id uuid primary key,
    company_id integer not null,
    driver_id integer not null
);
create index training_due_company on hw.training_due (company_id);
create index training_due_driver on hw.training_due (driver_id);
call hw.guard_by_company('hw.training_due');
grant select, insert, update, delete on hw.training_due to haulwatch_app;
grant select, insert, update on hw.training_due to haulwatch_writer;
create function hw.note_training() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into hw.training_due (episode_id, company_id, driver_id) values (new.episode_id, new.company_id, new.driver_id)
    on conflict (episode_id) do nothing;
    return null;
end
$$;
create trigger teaches after insert on hw.episode
    for each row when (new.driver_id is not null and new.severity >= 3 and new.state in ('closed', 'amended')
        and new.rule in ('speeding', 'fatigue', 'fatigue_night', 'cum24'))
    execute function hw.note_training();
create trigger teaches_again after update of state, severity, handling, driver_id on hw.episode
    for each row when (new.driver_id is not null and new.rule in ('speeding', 'fatigue', 'fatigue_night', 'cum24')
        and greatest(new.severity, old.severity) >= 3 and new.state in ('closed', 'amended', 'withdrawn')
        and (new.state <> old.state or new.severity <> old.severity or new.handling <> old.handling
            or new.driver_id is distinct from old.driver_id))
    execute function hw.note_training();

-- A lesson that a driver goes through for a task: where he is, and the time that counts (学时).
create table hw.study (
    study_id bigint generated always as identity primary key,
    task_id bigint not null references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    lesson_id integer not null,
    version smallint not null,
    session_id bigint,
    seed bigint not null,
    state text not null default 'running' check (state in ('running', 'paused', 'done')),
    begun_at timestamptz not null,
    beat_at timestamptz,
    sequence integer not null default 0,
    position_s smallint not null default 0,
    reached_s smallint not null default 0,
    credited_s integer not null default 0,
    proved_s integer not null default 0,
    checks smallint not null default 0,
    missed smallint not null default 0,
    check_due_at timestamptz,
    check_until timestamptz,
    done_at timestamptz,
    unique (task_id, lesson_id),
    foreign key (lesson_id, version) references hw.lesson_version (lesson_id, version)
);
comment on column hw.study.session_id is 'the session that plays it; another one pauses it first';
comment on column hw.study.reached_s is 'up to where he may go without skipping';
comment on column hw.study.proved_s is 'credited when he last showed that he is there';
create index study_company on hw.study (company_id);
create index study_driver on hw.study (driver_id);
call hw.guard_by_company('hw.study');
call hw.show_to_driver('hw.study', true);
grant select, insert on hw.study to haulwatch_app;
grant update (version, session_id, seed, state, beat_at, sequence, position_s, reached_s, credited_s, proved_s, checks, missed, check_due_at, check_until,
    done_at) on hw.study to haulwatch_app;

-- Why time was not credited or taken away.
create table hw.study_event (
    event_id bigint generated always as identity primary key,
    study_id bigint not null references hw.study,
    company_id integer not null,
    driver_id integer not null,
    at timestamptz not null,
    kind text not null check (kind in ('skip', 'hidden', 'gap', 'check_passed', 'check_missed', 'other_session', 'driving', 'day_full')),
    seconds integer not null default 0
);
create index study_event_study on hw.study_event (study_id, event_id);
create index study_event_company on hw.study_event (company_id);
call hw.guard_by_company('hw.study_event');
call hw.show_to_driver('hw.study_event', true);
grant select, insert on hw.study_event to haulwatch_app;

-- Credited seconds by local day: the cap of a day, and the days of the ledger.
create table hw.study_day (
    task_id bigint not null references hw.training_task,
    day date not null,
    company_id integer not null,
    driver_id integer not null,
    credited_s integer not null check (credited_s >= 0),
    primary key (task_id, day)
);
create index study_day_driver on hw.study_day (driver_id, day);
create index study_day_company on hw.study_day (company_id);
call hw.guard_by_company('hw.study_day');
call hw.show_to_driver('hw.study_day', true);
grant select, insert, update on hw.study_day to haulwatch_app;

-- An exam is kept for ever, with the paper that was drawn and each answer.
create table hw.exam_attempt (
    attempt_id uuid primary key,
    task_id bigint not null references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    course_id integer not null,
    number smallint not null check (number >= 1),
    seed bigint not null,
    device text not null check (length(device) between 8 and 64),
    pass_percent smallint not null,
    begun_at timestamptz not null,
    ends_at timestamptz not null,
    left_page smallint not null default 0,
    closed_at timestamptz,
    closed_by text check (closed_by in ('driver', 'time', 'taken_back')),
    score numeric(5, 2),
    passed boolean,
    check ((closed_at is null) = (closed_by is null)),
    unique (task_id, number)
);
create unique index exam_attempt_open on hw.exam_attempt (task_id) where closed_at is null;
create index exam_attempt_due on hw.exam_attempt (ends_at) where closed_at is null;
create index exam_attempt_company on hw.exam_attempt (company_id);
create index exam_attempt_driver on hw.exam_attempt (driver_id, begun_at);
call hw.guard_by_company('hw.exam_attempt');
call hw.show_to_driver('hw.exam_attempt', true);
grant select, insert on hw.exam_attempt to haulwatch_app;
grant update (device, left_page, closed_at, closed_by, score, passed) on hw.exam_attempt to haulwatch_app;

create table hw.exam_answer (
    attempt_id uuid not null references hw.exam_attempt,
    place smallint not null,
    company_id integer not null,
    driver_id integer not null,
    question_id integer not null,
    version smallint not null,
    shown smallint[] not null,
    given smallint[],
    answered_at timestamptz,
    answer_no integer not null default 0,
    is_right boolean,
    primary key (attempt_id, place),
    foreign key (question_id, version) references hw.question_version (question_id, version)
);
comment on column hw.exam_answer.shown is 'the options in the order in which he saw them, by their place in the question';
comment on column hw.exam_answer.given is 'chosen options by their place in the question; null while unanswered';
comment on column hw.exam_answer.answer_no is 'counts up on the phone: an older answer that arrives late changes nothing';
create index exam_answer_question on hw.exam_answer (question_id, version);
create index exam_answer_company on hw.exam_answer (company_id);
create index exam_answer_driver on hw.exam_answer (driver_id);
call hw.guard_by_company('hw.exam_answer');
call hw.show_to_driver('hw.exam_answer', true);
grant select, insert on hw.exam_answer to haulwatch_app;
grant update (given, answered_at, answer_no, is_right) on hw.exam_answer to haulwatch_app;

-- Handwriting under a ledger row.
create table hw.training_signature (
    signature_id bigint generated always as identity primary key,
    task_id bigint not null unique references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    strokes jsonb not null,
    signed_at timestamptz not null
);
comment on column hw.training_signature.strokes is 'array of lines, each an array of x, y from 0 to 1000';
create index training_signature_company on hw.training_signature (company_id);
create index training_signature_driver on hw.training_signature (driver_id);
call hw.guard_by_company('hw.training_signature');
call hw.show_to_driver('hw.training_signature', true);
grant select, insert on hw.training_signature to haulwatch_app;

create table hw.certificate (
    certificate_no text primary key,
    task_id bigint not null unique references hw.training_task,
    company_id integer not null,
    driver_id integer not null,
    course_id integer not null references hw.course,
    attempt_id uuid not null references hw.exam_attempt,
    holder text not null,
    score numeric(5, 2) not null,
    studied_s integer not null,
    issued_at timestamptz not null,
    expires_on date not null,
    revoked_at timestamptz,
    revoked_by integer,
    revoked_reason text,
    check ((revoked_at is null) = (revoked_reason is null))
);
comment on column hw.certificate.holder is 'the name as it was, masked as the public may see it';
create index certificate_company on hw.certificate (company_id, issued_at desc);
create index certificate_driver on hw.certificate (driver_id);
call hw.guard_by_company('hw.certificate');
call hw.show_to_driver('hw.certificate', true);
grant select, insert on hw.certificate to haulwatch_app;
grant update (revoked_at, revoked_by, revoked_reason) on hw.certificate to haulwatch_app;

-- The ledger (培训台账) is the table of training records: what was served elsewhere and what was learnt here stand in one place. Each row holds the hash
-- of the driver's row before it, so that one that was changed or taken out later shows.
alter table hw.training_record
    add column task_id bigint references hw.training_task,
    add column score numeric(5, 2),
    add column chain bytea;
create unique index training_record_task on hw.training_record (task_id, held_on) where task_id is not null;
alter table hw.training_record
    drop constraint training_record_driver_id_kind_held_on_topic_key;
create unique index training_record_entered on hw.training_record (driver_id, kind, held_on, topic) where task_id is null;
create function hw.training_record_hash(before bytea, r hw.training_record) returns bytea
    language sql stable parallel safe
    return sha256(coalesce(before, '\x'::bytea) || convert_to(concat_ws('|', r.record_id, r.company_id, r.driver_id, r.kind, r.held_on - date '2000-01-01',
        r.hours, replace(r.topic, '|', '||'), coalesce(r.task_id::text, '-'), coalesce(r.score::text, '-')), 'UTF8'));
create function hw.chain_training_record() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    before bytea;
begin
    -- By company: a lock for each of sixty thousand drivers of one import would fill the table of locks.
    perform pg_advisory_xact_lock(7308, new.company_id);
    select chain into before from hw.training_record where driver_id = new.driver_id order by record_id desc limit 1;
    new.chain := hw.training_record_hash(before, new);
    return new;
end
$$;
create policy owner_chains on hw.training_record for select to haulwatch_owner using (true);
create index training_record_driver on hw.training_record (driver_id, record_id desc);
alter table hw.training_record no force row level security;
do $$
declare
    r hw.training_record;
    before bytea;
    last integer := 0;
begin
    for r in select * from hw.training_record order by driver_id, record_id loop
        if r.driver_id <> last then
            before := null;
            last := r.driver_id;
        end if;
        before := hw.training_record_hash(before, r);
        update hw.training_record set chain = before where record_id = r.record_id;
    end loop;
end
$$;
alter table hw.training_record force row level security;
alter table hw.training_record alter column chain set not null;
create trigger chained before insert on hw.training_record for each row execute function hw.chain_training_record();
create trigger only_added_to before update or delete on hw.training_record for each statement execute function hw.refuse_change();
create policy by_driver_adds on hw.training_record for insert to haulwatch_app with check (driver_id = (select hw.scope_driver()));

create table hw.driver_message (
    message_id bigint generated always as identity primary key,
    company_id integer not null,
    driver_id integer not null,
    kind text not null check (kind in ('assigned', 'reminder', 'overdue', 'taken_back', 'certificate', 'appeal', 'note')),
    task_id bigint,
    episode_id uuid,
    words text not null default '' check (length(words) <= 500),
    at timestamptz not null,
    read_at timestamptz
);
create index driver_message_driver on hw.driver_message (driver_id, message_id desc);
create index driver_message_company on hw.driver_message (company_id);
call hw.guard_by_company('hw.driver_message');
call hw.show_to_driver('hw.driver_message', true);
grant select, insert on hw.driver_message to haulwatch_app;
grant update (read_at) on hw.driver_message to haulwatch_app;

-- What was learnt, as xAPI statements.
create table hw.learning_statement (
    statement_no bigint generated always as identity primary key,
    statement_id uuid not null unique,
    company_id integer not null,
    driver_id integer not null,
    at timestamptz not null,
    body jsonb not null,
    pushed_at timestamptz
);
create index learning_statement_company on hw.learning_statement (company_id, statement_no);
create index learning_statement_waiting on hw.learning_statement (statement_no) where pushed_at is null;
create index learning_statement_driver on hw.learning_statement (driver_id);
call hw.guard_by_company('hw.learning_statement');
call hw.show_to_driver('hw.learning_statement', true);
grant select, insert on hw.learning_statement to haulwatch_app;
grant update (pushed_at) on hw.learning_statement to haulwatch_app;
