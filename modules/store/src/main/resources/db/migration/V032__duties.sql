-- Services of trucks, hazards with what became of them, accidents, and training that took place elsewhere: what risk is computed from besides
-- papers. Each may be entered on a page or come with a table.

-- Only trucks whose operator has set an interval of his own have a row; all others have the default of their class.
create table hw.maintenance_plan (
    vehicle_id integer primary key references hw.vehicle,
    company_id integer not null references hw.company,
    every_km integer not null check (every_km between 100 and 500000),
    every_days integer not null check (every_days between 1 and 1100),
    set_by integer not null,
    set_at timestamptz not null default now()
);
create index maintenance_plan_company on hw.maintenance_plan (company_id);

create table hw.maintenance_record (
    record_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    vehicle_id integer not null references hw.vehicle,
    done_on date not null,
    odometer_km integer check (odometer_km between 0 and 9999999),
    workshop text not null default '' check (length(workshop) <= 200),
    note text not null default '' check (length(note) <= 500),
    entered_by integer,
    entered_at timestamptz not null default now(),
    unique (vehicle_id, done_on)
);
create index maintenance_record_company on hw.maintenance_record (company_id, done_on desc);
comment on table hw.maintenance_record is 'second-level services (二级维护)';

-- found, put right, checked again; closed_on is the day on which the check said that it is right.
alter table hw.hazard
    add column place text not null default '' check (length(place) <= 200),
    add column measure text not null default '' check (length(measure) <= 500),
    add column rectified_on date,
    add column rectified_by integer,
    add column checked_by integer,
    add column entered_by integer,
    add column entered_at timestamptz not null default now(),
    add constraint hazard_days check (found_on <= due_on) not valid;

create table hw.hazard_event (
    event_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    hazard_id bigint not null references hw.hazard,
    at timestamptz not null default now(),
    user_id integer not null,
    kind text not null check (kind in ('found', 'rectified', 'accepted', 'refused')),
    note text not null default ''
);
create index hazard_event_hazard on hw.hazard_event (hazard_id, event_id);
create index hazard_event_company on hw.hazard_event (company_id);
create trigger only_added_to before update or delete
    on hw.hazard_event for each statement execute function hw.refuse_change();

create table hw.accident (
    accident_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    vehicle_id integer references hw.vehicle,
    driver_id integer references hw.driver,
    happened_on date not null,
    place text not null check (length(place) between 1 and 200),
    deaths integer not null default 0 check (deaths between 0 and 999),
    injured integer not null default 0 check (injured between 0 and 999),
    responsibility text not null default 'unknown'
        check (responsibility in ('unknown', 'none', 'minor', 'equal', 'main', 'full')),
    note text not null default '' check (length(note) <= 500),
    entered_by integer,
    entered_at timestamptz not null default now()
);
create unique index accident_once on hw.accident (company_id, happened_on, place, coalesce(vehicle_id, 0));
create index accident_company on hw.accident (company_id, happened_on desc);

create table hw.training_record (
    record_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    driver_id integer not null references hw.driver,
    kind text not null check (kind in ('monthly', 'continuing', 'prejob', 'remedial')),
    held_on date not null,
    hours numeric(5, 2) not null check (hours > 0 and hours <= 24),
    topic text not null default '' check (length(topic) <= 200),
    entered_by integer,
    entered_at timestamptz not null default now(),
    unique (driver_id, kind, held_on, topic)
);
create index training_record_company on hw.training_record (company_id, held_on desc);
comment on column hw.training_record.hours is 'study hours (学时) as credited';

call hw.guard_by_company('hw.maintenance_plan');
call hw.guard_by_company('hw.maintenance_record');
call hw.guard_by_company('hw.hazard_event');
call hw.guard_by_company('hw.accident');
call hw.guard_by_company('hw.training_record');

grant select, insert on hw.maintenance_record, hw.hazard_event, hw.accident, hw.training_record to haulwatch_app;
grant select, insert, update, delete on hw.maintenance_plan to haulwatch_app;
grant select, insert on hw.hazard to haulwatch_app;
grant update (measure, rectified_on, rectified_by, closed_on, checked_by, due_on) on hw.hazard to haulwatch_app;
grant update (responsibility, deaths, injured, note) on hw.accident to haulwatch_app;
grant select, insert on hw.maintenance_record, hw.hazard_event, hw.accident, hw.training_record to haulwatch_writer;
grant select on hw.maintenance_plan to haulwatch_writer;

alter table hw.register_change
    drop constraint register_change_table_name_check,
    add constraint register_change_table_name_check check (table_name in ('companies', 'vehicles', 'terminals', 'drivers', 'papers',
        'maintenance', 'hazards', 'accidents', 'training'));
