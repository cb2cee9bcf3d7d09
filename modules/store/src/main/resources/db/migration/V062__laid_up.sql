-- A truck under repair or taken off the road is laid up: its papers are frozen and count nothing until the day after its last one. It takes effect
-- with its evidence, and nothing of it is overwritten.
create table hw.layup (
    layup_id bigint generated always as identity primary key,
    company_id integer not null references hw.company check (company_id > 0),
    vehicle_id integer not null references hw.vehicle,
    reason text not null check (reason in ('repair', 'deregistered')),
    first_day date not null,
    last_day date not null,
    note text not null check (length(note) between 3 and 500),
    begun_by integer not null,
    begun_at timestamptz not null default now(),
    evident_at timestamptz,
    ended_at timestamptz,
    ended_by integer,
    end_reason text check (length(end_reason) between 3 and 500),
    constraint layup_days check (first_day <= last_day and last_day < (first_day + interval '1 year')::date),
    check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (end_reason is null)),
    -- A truck is laid up once at a time; what was ended by hand gives its days free.
    constraint layup_once exclude using gist (int4range(vehicle_id, vehicle_id, '[]') with &&, daterange(first_day, last_day, '[]') with &&)
        where (ended_at is null)
);
comment on column hw.layup.first_day is 'since when the truck stands, local date';
comment on column hw.layup.last_day is 'last day on which it is laid up, local date; it ends by itself with it';
comment on column hw.layup.evident_at is 'when its first file was attached; null: it waits for evidence and has no effect';
create index layup_vehicle on hw.layup (vehicle_id, last_day);
create index layup_company on hw.layup (company_id);
call hw.guard_by_company('hw.layup');
create trigger raises_reference_number after insert or update or delete
    on hw.layup for each statement execute function hw.raise_reference_number();
grant select, insert on hw.layup to haulwatch_app;
grant update (evident_at, ended_at, ended_by, end_reason) on hw.layup to haulwatch_app;
grant select on hw.layup to haulwatch_writer;

alter table hw.attachment drop constraint attachment_subject_check;
alter table hw.attachment add constraint attachment_subject_check
    check (subject in ('paper', 'hazard', 'maintenance', 'accident', 'supervision', 'layup'));

-- Trucks that are laid up on a local day, each at most once. This function and the next are put into the statement that names them, like a view.
create function hw.laid_up(day date) returns table (layup_id bigint, company_id integer, vehicle_id integer, last_day date)
    language sql stable
as $$
    select l.layup_id, l.company_id, l.vehicle_id, l.last_day from hw.layup l
    where l.last_day >= day and l.first_day <= day and (l.evident_at at time zone 'Asia/Shanghai')::date <= day
        and (l.ended_at is null or (l.ended_at at time zone 'Asia/Shanghai')::date > day)
$$;

-- What counts of papers on a local day: what has begun, but for those of trucks that are laid up.
create function hw.paper_counted_on(day date) returns setof hw.paper_counted
    language sql stable
as $$
    select p.* from hw.paper_counted p
    where (p.issued is null or p.issued <= day)
        and not exists (select from hw.laid_up(day) l where p.owner_kind = 'VEHICLE' and l.vehicle_id = p.owner_id)
$$;
grant execute on function hw.laid_up(date), hw.paper_counted_on(date) to haulwatch_app, haulwatch_writer;
