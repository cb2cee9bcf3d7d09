-- Whoever ends a shift says what goes on, and to whom; the next one says that he has read it.

create table hw.shift_handover (
    handover_id bigint generated always as identity primary key,
    from_user integer not null,
    to_user integer,
    at timestamptz not null,
    everywhere boolean not null,
    company_ids integer[] not null,
    note text not null check (length(note) between 1 and 2000),
    held jsonb not null,
    read_by integer,
    read_at timestamptz,
    check (to_user <> from_user),
    check (read_by <> from_user),
    check ((read_by is null) = (read_at is null))
);
comment on column hw.shift_handover.to_user is 'null: whoever comes next';
comment on column hw.shift_handover.everywhere is 'whether its author sees every company; else company_ids are those that he sees';
comment on column hw.shift_handover.held is 'what he held at that moment, in words and numbers that stay as they were';
create index shift_handover_unread on hw.shift_handover (handover_id) where read_at is null;

-- A note speaks of any company that its author sees, so it is read by who sees all of these.
alter table hw.shift_handover enable row level security;
alter table hw.shift_handover force row level security;
create policy by_companies on hw.shift_handover
    using ((select hw.scope_is_all()) or (not everywhere and company_ids <@ (select hw.scope_companies())::integer[]))
    with check ((select hw.scope_is_all()) or (not everywhere and company_ids <@ (select hw.scope_companies())::integer[]));
grant select, insert on hw.shift_handover to haulwatch_app;
grant update (read_by, read_at) on hw.shift_handover to haulwatch_app;
