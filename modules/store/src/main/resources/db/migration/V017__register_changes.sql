-- What became of the register line by line: who changed what from what to what, on a page or by a table. Like the tables themselves seen only by
-- who sees every company.
create table hw.register_change (
    change_id bigint generated always as identity primary key,
    table_name text not null check (table_name in ('companies', 'vehicles', 'terminals', 'drivers', 'papers')),
    subject text not null,
    outcome text not null check (outcome in ('created', 'changed')),
    changes jsonb not null,
    user_id integer not null,
    import_id uuid,
    at timestamptz not null
);
comment on column hw.register_change.subject is 'what the line is about: a plate, a name';
comment on column hw.register_change.changes is 'list of field, before and after; numbers of identity cards are masked';
comment on column hw.register_change.import_id is 'the table that it came with; null for a change on a page';
create index register_change_subject on hw.register_change (table_name, subject, change_id);
alter table hw.register_change enable row level security;
alter table hw.register_change force row level security;
create policy all_companies on hw.register_change
    using ((select hw.scope_is_all())) with check ((select hw.scope_is_all()));
create policy writer_sees_all on hw.register_change to haulwatch_writer using (true) with check (true);
create trigger only_added_to before update or delete or truncate
    on hw.register_change for each statement execute function hw.refuse_change();
grant select on hw.register_change to haulwatch_app;
-- The writer keeps it in the transaction that changes the register.
grant insert on hw.register_change to haulwatch_writer;
