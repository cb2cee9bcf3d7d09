-- The register knows rectangles and routes, as terminals do; and what zones a terminal holds stands beside what it confirmed.

alter table hw.zone
    add column shape text not null default 'POLYGON' check (shape in ('CIRCLE', 'RECTANGLE', 'POLYGON', 'ROUTE')),
    add column sections jsonb,
    add constraint zone_sections_of_routes check ((shape = 'ROUTE') = (sections is not null));
update hw.zone set shape = 'CIRCLE' where geometry ->> 'type' = 'Point';
alter table hw.zone alter column shape drop default;
comment on column hw.zone.shape is 'which messages set it in a terminal; a box that was there before rectangles were known stays the polygon that terminals may hold';
comment on column hw.zone.sections is 'of a route: width_m, limit_kmh (0 for none), longest_s and shortest_s if driving may not take any time, one for each section';

alter table hw.command
    drop constraint command_kind_check,
    add constraint command_kind_check check (kind in ('TEXT', 'LOCATE', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS',
        'PHOTO', 'TRACK', 'CONFIRM_ALARMS', 'CALL', 'LISTEN', 'SET_ZONE', 'DELETE_ZONE', 'READ_RECORDER', 'READ_ZONES'));

create table hw.terminal_zone (
    vehicle_id integer not null references hw.vehicle,
    shape text not null check (shape in ('CIRCLE', 'RECTANGLE', 'POLYGON', 'ROUTE')),
    zone_id bigint not null,
    company_id integer not null,
    confirmed jsonb,
    confirmed_at timestamptz,
    held jsonb,
    reported_at timestamptz,
    primary key (vehicle_id, shape, zone_id)
);
comment on table hw.terminal_zone is 'a zone in a terminal: what it said yes to, and what it told when it was asked (edition 2019)';
comment on column hw.terminal_zone.zone_id is 'id in the terminal; one that the register does not know may be there too';
comment on column hw.terminal_zone.confirmed is 'the order''s payload; null after it said yes to a removal, or was never sent it';
comment on column hw.terminal_zone.held is 'in the form of an order''s payload; null where the answer did not name it';
call hw.guard_by_company('hw.terminal_zone');
grant select on hw.terminal_zone to haulwatch_app;
grant select, insert, update on hw.terminal_zone to haulwatch_writer;
