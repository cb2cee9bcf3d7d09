-- A truck's closed hour in one row, made from its positions: rows of one truck lie a page apart in hw.position, which is written in
-- the order of arrival. An hour is packed once all before packed_before were looked at; a row stored behind it marks its hour again.

create table hw.position_hour (
    hour timestamptz not null,
    vehicle_id integer not null,
    positions integer not null check (positions > 0),
    min_lat integer,
    max_lat integer,
    min_lon integer,
    max_lon integer,
    packed bytea not null,
    primary key (vehicle_id, hour)
) partition by range (hour);
comment on column hw.position_hour.min_lat is '10^-6 degree, of positions that have a place; null when none has';
comment on column hw.position_hour.packed is 'the hour''s positions without their bodies, see PackedHour';
-- Where somebody was in an hour, answered from the index alone.
create index position_hour_place on hw.position_hour (hour, min_lat, max_lat, min_lon, max_lon, vehicle_id);

create table hw.position_hour_due (
    vehicle_id integer not null,
    hour timestamptz not null,
    since timestamptz not null default now(),
    primary key (vehicle_id, hour)
);
comment on table hw.position_hour_due is 'hours whose packed row is missing or old; a reader takes their positions one by one meanwhile';

create table hw.position_hours_packed (
    one boolean primary key default true check (one),
    packed_before timestamptz not null
) with (fillfactor = 50);
insert into hw.position_hours_packed (packed_before) values (date_trunc('hour', now()));
comment on column hw.position_hours_packed.packed_before is 'every hour before it was marked once; whoever stores a row behind it marks the hour in the same transaction';

-- Makes the days' partitions, as hw.ensure_position_day does; native with the extension too, because a hypertable has nothing to add here.
create function hw.ensure_position_hour_day(day date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    part text := 'position_hour_d' || to_char(day, 'YYYYMMDD');
begin
    perform pg_advisory_xact_lock(7611, 201);
    if to_regclass('hw.' || part) is not null then
        return;
    end if;
    execute format('create table hw.%I (like hw.position_hour including defaults including constraints including storage)', part);
    -- In the row itself as long as it fits on a page: one page to read for an hour. It is compressed already.
    execute format('alter table hw.%I alter column packed set storage main', part);
    execute format('alter table hw.position_hour attach partition hw.%I for values from (%L) to (%L)', part,
        day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
end
$$;

-- Drops every packed day that lies wholly before the given UTC day; says how many went.
create function hw.drop_position_hour_days(before date) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    part record;
    dropped integer := 0;
begin
    perform pg_advisory_xact_lock(7611, 201);
    for part in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'hw.position_hour'::regclass and c.relname < 'position_hour_d' || to_char(before, 'YYYYMMDD')
    loop
        execute format('alter table hw.position_hour detach partition hw.%I', part.relname);
        execute format('drop table hw.%I', part.relname);
        dropped := dropped + 1;
    end loop;
    delete from hw.position_hour_due where hour < (before::text || ' 00:00:00+00')::timestamptz;
    return dropped;
end
$$;

revoke all on function hw.ensure_position_hour_day(date), hw.drop_position_hour_days(date) from public;
grant execute on function hw.ensure_position_hour_day(date), hw.drop_position_hour_days(date) to haulwatch_writer;

-- As hw.position_scoped: the policy of vehicle decides, also for the view's owner.
create view hw.position_hour_scoped with (security_barrier) as
    select v.company_id, h.vehicle_id, h.hour, h.positions, h.min_lat, h.max_lat, h.min_lon, h.max_lon, h.packed,
        exists (select from hw.position_hour_due d where d.vehicle_id = h.vehicle_id and d.hour = h.hour) as stale
    from hw.position_hour h
    join hw.vehicle v on v.vehicle_id = h.vehicle_id;
comment on view hw.position_hour_scoped is 'a stale row is not to be read: its hour has changed and waits to be packed again';

-- The writer makes packed rows and never reads one.
grant select (vehicle_id, hour), insert, delete on hw.position_hour to haulwatch_writer;
grant select, insert, update, delete on hw.position_hour_due to haulwatch_writer;
grant select, update on hw.position_hours_packed to haulwatch_writer;
grant select on hw.position_hour_scoped, hw.position_hours_packed to haulwatch_app;
