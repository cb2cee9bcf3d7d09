-- What terminals said. No row security here, because COPY does not work under it: the console has no right on this table or on
-- its days and reads position_scoped.

create table hw.position (
    device_time timestamptz not null,
    receive_time timestamptz not null,
    body_hash bigint not null,
    mileage bigint,
    vehicle_id integer not null,
    alarms integer not null,
    status integer not null,
    lat integer not null,
    lon integer not null,
    speed integer not null,
    heading integer not null,
    recorder_speed integer,
    altitude smallint not null,
    flags smallint not null,
    satellites smallint,
    body bytea not null,
    primary key (vehicle_id, device_time, body_hash)
) partition by range (device_time);
comment on table hw.position is 'wire units: lat and lon 10^-6 degree, speed 0.1 km/h, altitude m, heading degrees, mileage 0.1 km';

-- With the extension the same table is a hypertable of a day a chunk; without it, native partitions of a UTC day.
do $$
begin
    if exists (select from pg_extension where extname = 'timescaledb') then
        create table hw.position_plain (like hw.position including all);
        drop table hw.position;
        alter table hw.position_plain rename to position;
        alter index hw.position_plain_pkey rename to position_pkey;
        perform create_hypertable('hw.position', by_range('device_time', interval '1 day'), create_default_indexes => false);
    end if;
end
$$;

create function hw.position_is_hypertable() returns boolean
    language sql stable
    return (select relkind <> 'p' from pg_catalog.pg_class where oid = 'hw.position'::regclass);

-- Makes the partition of a UTC day; attached afterwards, so that readers are not held up by the making.
create function hw.ensure_position_day(day date) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    part text := 'position_d' || to_char(day, 'YYYYMMDD');
begin
    if hw.position_is_hypertable() then
        return;
    end if;
    perform pg_advisory_xact_lock(7611, 200);
    if to_regclass('hw.' || part) is not null then
        return;
    end if;
    execute format('create table hw.%I (like hw.position including defaults including constraints including storage)', part);
    execute format('alter table hw.%I set (autovacuum_vacuum_insert_scale_factor = 0.5, autovacuum_analyze_scale_factor = 0.2)', part);
    execute format('alter table hw.position attach partition hw.%I for values from (%L) to (%L)', part,
        day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
end
$$;

-- Drops every day that lies wholly before the given UTC day; says how many went.
create function hw.drop_position_days(before date) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    part record;
    dropped integer := 0;
begin
    if hw.position_is_hypertable() then
        execute format('select count(*) from %I.drop_chunks(''hw.position'', older_than => %L::timestamptz)',
            (select nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname = 'timescaledb'),
            before::text || ' 00:00:00+00') into dropped;
        return dropped;
    end if;
    perform pg_advisory_xact_lock(7611, 200);
    for part in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'hw.position'::regclass and c.relname < 'position_d' || to_char(before, 'YYYYMMDD')
    loop
        execute format('alter table hw.position detach partition hw.%I', part.relname);
        execute format('drop table hw.%I', part.relname);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;

revoke all on function hw.ensure_position_day(date), hw.drop_position_days(date) from public;
grant execute on function hw.ensure_position_day(date), hw.drop_position_days(date) to haulwatch_writer;

-- The scope decides through vehicle, whose policy also binds this view's owner. It runs with the owner's rights on purpose.
create view hw.position_scoped with (security_barrier) as
    select v.company_id, p.vehicle_id, p.device_time, p.body_hash, p.receive_time, p.flags, p.alarms, p.status, p.lat, p.lon,
        p.altitude, p.speed, p.heading, p.satellites, p.mileage, p.recorder_speed, p.body
    from hw.position p
    join hw.vehicle v on v.vehicle_id = p.vehicle_id;

-- Fixes with an impossible time, and single records that the database refused; no map and no rule sees them.
create table hw.position_quarantine (
    quarantine_id bigint generated always as identity primary key,
    vehicle_id integer not null,
    company_id integer not null,
    body_hash bigint not null,
    receive_time timestamptz not null,
    reason text not null,
    detail text not null,
    body bytea not null,
    unique (vehicle_id, body_hash, reason)
);
create index position_quarantine_company on hw.position_quarantine (company_id, receive_time);
create index position_quarantine_time on hw.position_quarantine (receive_time);
comment on column hw.position_quarantine.body_hash is 'first 64 bits of SHA-256 over the whole body';

-- Stored positions that the rules did not believe.
create table hw.doubt (
    vehicle_id integer not null,
    company_id integer not null,
    device_time timestamptz not null,
    body_hash bigint not null,
    reason text not null,
    primary key (vehicle_id, device_time, body_hash)
);
create index doubt_company on hw.doubt (company_id);
create index doubt_time on hw.doubt using brin (device_time);

-- Counted by the writer for each vehicle, and the highest stored key, which tells late from live.
create table hw.vehicle_counter (
    vehicle_id integer primary key,
    company_id integer not null,
    stored bigint not null default 0,
    duplicate bigint not null default 0,
    late bigint not null default 0,
    quarantined bigint not null default 0,
    highest_time timestamptz,
    highest_hash bigint,
    highest_lat integer,
    highest_lon integer,
    highest_speed integer,
    highest_usable boolean
) with (fillfactor = 70);
create index vehicle_counter_company on hw.vehicle_counter (company_id);

-- What a truck did on a local day, from positions in order; late ones do not change it.
create table hw.vehicle_day (
    vehicle_id integer not null,
    company_id integer not null,
    day date not null,
    distance_mm bigint not null default 0,
    driving_ms bigint not null default 0,
    distance_m bigint generated always as (distance_mm / 1000) stored,
    driving_s integer generated always as (driving_ms / 1000) stored,
    points integer not null default 0,
    primary key (vehicle_id, day)
) with (fillfactor = 70);
create index vehicle_day_company on hw.vehicle_day (company_id, day);

-- How far each reader of the log has come, written in the transaction that stores its rows.
create table hw.reader_offset (
    reader text not null,
    partition integer not null,
    next_offset bigint not null,
    resume_offset bigint not null,
    primary key (reader, partition)
) with (fillfactor = 50);
comment on column hw.reader_offset.next_offset is 'all records before it are stored';
comment on column hw.reader_offset.resume_offset is 'where the reader starts again: sums of what lies between are still in memory';

call hw.guard_by_company('hw.position_quarantine');
call hw.guard_by_company('hw.doubt');
call hw.guard_by_company('hw.vehicle_counter');
call hw.guard_by_company('hw.vehicle_day');

grant insert on hw.position to haulwatch_writer;
-- The key only, so that the writer can tell a late row from a repeated one; a conflict would tell it as much.
grant select (vehicle_id, device_time, body_hash) on hw.position to haulwatch_writer;
grant select on hw.position to haulwatch_replay;
grant select on hw.position_scoped, hw.position_quarantine, hw.doubt, hw.vehicle_counter, hw.vehicle_day, hw.reader_offset
    to haulwatch_app;
grant select, insert, update, delete on hw.position_quarantine, hw.doubt, hw.vehicle_counter, hw.vehicle_day, hw.reader_offset
    to haulwatch_writer;
