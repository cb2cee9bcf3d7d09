-- Large imports: ids are taken ahead of the rows, and a transaction raises the register's number once, not with each statement.

grant usage on all sequences in schema hw to haulwatch_writer;

alter table hw.reference_number add column raised_by xid8;

create or replace function hw.raise_reference_number() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    update hw.reference_number set number = number + 1, changed_at = now(), raised_by = pg_current_xact_id()
    where raised_by is distinct from pg_current_xact_id();
    return null;
end
$$;
