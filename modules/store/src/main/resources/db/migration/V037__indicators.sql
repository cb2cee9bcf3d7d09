-- The regulator's indicators: what they count of each truck and local day, the frozen periods with their re-runs, and the means of regions
-- that a company is held against without seeing its neighbours.

create table hw.kpi_vehicle_day (
    vehicle_id integer not null,
    company_id integer not null,
    day date not null,
    received integer not null,
    qualified integer not null,
    total_m double precision not null,
    gap_m double precision not null,
    drifts integer not null,
    offline_moves integer not null,
    speedings integer not null,
    fatigue_s integer not null,
    due integer not null,
    handled integer not null,
    in_time integer not null,
    primary key (vehicle_id, day)
) with (fillfactor = 80);
create index kpi_vehicle_day_company on hw.kpi_vehicle_day (company_id, day);
create index kpi_vehicle_day_day on hw.kpi_vehicle_day (day);
comment on column hw.kpi_vehicle_day.received is 'positions stored for the day, and records of it that could not be read';
comment on column hw.kpi_vehicle_day.gap_m is 'of total_m, as straight lines';
comment on column hw.kpi_vehicle_day.due is 'alarms of severity 2 and above whose deadline lies in the day';

create table hw.kpi_day (
    day date primary key,
    formula text not null,
    trucks integer not null,
    counted_at timestamptz not null,
    frozen_at timestamptz
);
comment on table hw.kpi_day is 'local days that were counted; late data change one until it is frozen, two days and six hours after its start';

create table hw.kpi_period (
    period_id integer generated always as identity primary key,
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    version integer not null check (version > 0),
    formula text not null,
    asked_at timestamptz not null,
    asked_by integer,
    reason text not null,
    made_at timestamptz,
    unique (first_day, last_day, version)
);
comment on column hw.kpi_period.asked_by is 'null for the first version of a month, which makes itself';
comment on column hw.kpi_period.made_at is 'null while its days are counted again';

create table hw.kpi_period_vehicle (
    period_id integer not null references hw.kpi_period on delete cascade,
    vehicle_id integer not null,
    company_id integer not null,
    entered boolean not null,
    online_days integer not null,
    received bigint not null,
    qualified bigint not null,
    total_m double precision not null,
    gap_m double precision not null,
    drift_days integer not null,
    offline_moves integer not null,
    speedings integer not null,
    fatigue_s bigint not null,
    due integer not null,
    handled integer not null,
    in_time integer not null,
    primary key (period_id, vehicle_id)
);
create index kpi_period_vehicle_company on hw.kpi_period_vehicle (company_id, period_id);

create table hw.kpi_region_month (
    adcode text not null,
    month date not null,
    companies integer not null,
    online integer not null,
    speedings bigint not null,
    fatigue_s bigint not null,
    counted_at timestamptz not null,
    primary key (adcode, month)
);
comment on table hw.kpi_region_month is 'sums over all companies registered in a prefecture, the first four digits of their code; no company can be told from them below five';

call hw.guard_by_company('hw.kpi_vehicle_day');
call hw.guard_by_company('hw.kpi_period_vehicle');
grant select on hw.kpi_vehicle_day, hw.kpi_day, hw.kpi_period, hw.kpi_period_vehicle, hw.kpi_region_month to haulwatch_app;
-- Whoever asks for a period once more lets its days be counted again; the writer counts.
grant insert on hw.kpi_period to haulwatch_app;
grant update (frozen_at) on hw.kpi_day to haulwatch_app;
grant select, insert, update, delete on hw.kpi_vehicle_day, hw.kpi_day, hw.kpi_period, hw.kpi_period_vehicle, hw.kpi_region_month
    to haulwatch_writer;
