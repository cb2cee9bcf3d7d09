-- Notifications. What is to be told is a row of the outbox, written in the transaction of what it tells; each receiver gets one delivery of it, which is
-- kept until it arrived, or until nobody tries any more.

create table hw.receiver (
    receiver_id bigint generated always as identity primary key,
    kind text not null check (kind in ('webhook', 'email')),
    name text not null check (length(name) between 1 and 64),
    address text not null check (length(address) between 3 and 500),
    of_centre boolean not null,
    company_ids integer[] not null,
    events text[] not null
        check (cardinality(events) > 0 and events <@ array['alarm', 'notice', 'case_overdue', 'papers_due']::text[]),
    least_severity smallint not null check (least_severity between 1 and 4),
    language text not null check (language in ('zh-CN', 'en')),
    secret bytea,
    made_by integer not null,
    made_at timestamptz not null,
    paused_at timestamptz,
    removed_at timestamptz,
    arrived_at timestamptz,
    failed_at timestamptz,
    fault text,
    fault_detail text,
    constraint receiver_fault_whole check ((fault is null) = (failed_at is null))
);
comment on table hw.receiver is 'who is told: a program by HTTP, or a mailbox';
comment on column hw.receiver.of_centre is 'made by somebody who sees every company: nobody else sees its address';
comment on column hw.receiver.company_ids is 'whose events; empty for everyone''s, of now and of later';
comment on column hw.receiver.secret is 'signs what a program gets; sealed with the console''s key';
comment on column hw.receiver.fault is 'why it did not take what was sent last; null since it took something';

alter table hw.receiver enable row level security;
alter table hw.receiver force row level security;
create policy by_companies on hw.receiver
    using ((select hw.scope_is_all())
        or (not of_centre and company_ids <> '{}' and company_ids <@ (select hw.scope_companies())::integer[]))
    with check ((select hw.scope_is_all())
        or (not of_centre and company_ids <> '{}' and company_ids <@ (select hw.scope_companies())::integer[]));
grant select, insert on hw.receiver to haulwatch_app;
grant update (name, address, company_ids, events, least_severity, language, secret, paused_at, removed_at, arrived_at, failed_at, fault,
    fault_detail) on hw.receiver to haulwatch_app;

-- Nothing is written to the outbox before somebody first wants it.
create table hw.outbox_switch (
    only_row boolean primary key default true check (only_row),
    wanted boolean not null
);
insert into hw.outbox_switch (wanted) values (false);
grant select, update on hw.outbox_switch to haulwatch_app;
grant select on hw.outbox_switch to haulwatch_writer;

create table hw.outbox (
    outbox_id bigint generated always as identity primary key,
    company_id integer not null,
    event text not null check (event in ('alarm', 'notice', 'case_overdue', 'papers_due')),
    object text not null
);
comment on table hw.outbox is 'what happened and is not yet spread to those who are told';
comment on column hw.outbox.object is 'id of the alarm, the notice, the step of a case, or the day of the reminders';
create index outbox_company on hw.outbox (company_id);
call hw.guard_by_company('hw.outbox');
grant select, insert, delete on hw.outbox to haulwatch_app;
-- Holding rows while they are spread takes the right to change one column.
grant update (object) on hw.outbox to haulwatch_app;
grant insert on hw.outbox to haulwatch_writer;

create table hw.delivery (
    delivery_no bigint generated always as identity primary key,
    delivery_id uuid not null unique,
    receiver_id bigint not null references hw.receiver,
    company_id integer not null,
    event text not null check (event in ('alarm', 'notice', 'case_overdue', 'papers_due', 'test')),
    object text not null,
    body text not null,
    state text not null default 'waiting' check (state in ('waiting', 'arrived', 'dead')),
    tries integer not null default 0,
    made_at timestamptz not null,
    counts_from timestamptz not null,
    next_at timestamptz not null,
    tried_at timestamptz,
    finished_at timestamptz,
    fault text,
    fault_detail text,
    unique (receiver_id, event, object),
    check ((state = 'waiting') = (finished_at is null))
);
comment on table hw.delivery is 'one thing told to one receiver, once: the id stays the same however often it is sent';
comment on column hw.delivery.company_id is 'whose it is; 0 for a test message of a receiver of everyone''s events';
comment on column hw.delivery.counts_from is 'from when the time runs after which nobody tries any more';
create index delivery_due on hw.delivery (receiver_id, next_at) where state = 'waiting';
create index delivery_dead on hw.delivery (receiver_id, delivery_no) where state = 'dead';
create index delivery_of_receiver on hw.delivery (receiver_id, delivery_no desc);
create index delivery_company on hw.delivery (company_id, delivery_no desc);
create index delivery_made on hw.delivery (made_at);
call hw.guard_by_company('hw.delivery');
grant select, insert on hw.delivery to haulwatch_app;
grant update (state, tries, counts_from, next_at, tried_at, finished_at, fault, fault_detail) on hw.delivery to haulwatch_app;
grant delete on hw.delivery to haulwatch_app;

-- Arguments: the event, and the column that names its object.
create function hw.tell() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    insert into hw.outbox (company_id, event, object)
    select new.company_id, tg_argv[0], to_jsonb(new) ->> tg_argv[1] from hw.outbox_switch where wanted;
    return null;
end
$$;
-- A prompt in the cab is no alarm yet; one that grows heavier may reach somebody who was not told so far.
create trigger tells after insert on hw.episode
    for each row when (new.state in ('open', 'closed', 'amended'))
    execute function hw.tell('alarm', 'episode_id');
create trigger tells_again after update of state, severity on hw.episode
    for each row when (new.state in ('open', 'closed', 'amended')
        and (old.state not in ('open', 'closed', 'amended') or new.severity > old.severity))
    execute function hw.tell('alarm', 'episode_id');
create trigger tells after insert on hw.notice
    for each row execute function hw.tell('notice', 'notice_id');
create trigger tells after update of escalated_at on hw.case_step
    for each row when (old.escalated_at is null and new.escalated_at is not null)
    execute function hw.tell('case_overdue', 'step_id');
