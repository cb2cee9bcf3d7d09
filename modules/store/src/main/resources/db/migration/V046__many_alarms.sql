-- With millions of alarms a question about all of them reads this index and not the alarms themselves, which are twenty times as wide.
create index episode_counted on hw.episode (started_at)
    include (company_id, vehicle_id, driver_id, rule, severity, state, handling, opened_at, handled_at);
-- What was settled lately, for whoever starts to listen.
create index episode_handled on hw.episode (handled_at) where handled_at is not null;
-- What retention asks every hour: rows lie in the order of time, so a few kilobytes tell where the old ones are.
create index episode_revision_stored on hw.episode_revision using brin (stored_at);
create index vehicle_day_day on hw.vehicle_day (day);
-- Which papers count is answered without the papers themselves, in the order in which versions of one are compared.
create index paper_versions on hw.paper (company_id, owner_kind, owner_id, kind)
    include (issued, expires, review, effective_to);

-- The sums of months as they are counted now, so that a list of all companies need not add up a million truck-days.
create table hw.kpi_company_month (
    company_id integer not null,
    month date not null,
    trucks bigint not null,
    entered bigint not null,
    online bigint not null,
    received bigint not null,
    qualified bigint not null,
    total_m double precision not null,
    gap_m double precision not null,
    drifting bigint not null,
    moved_offline bigint not null,
    speedings bigint not null,
    fatigue_s bigint not null,
    due bigint not null,
    handled bigint not null,
    in_time bigint not null,
    counted_at timestamptz not null,
    primary key (month, company_id)
);
comment on column hw.kpi_company_month.counted_at is 'not before any of the month''s days, or the row is not to be used';
comment on column hw.kpi_company_month.drifting is 'trucks with a day of drift';
create index kpi_company_month_company on hw.kpi_company_month (company_id);
call hw.guard_by_company('hw.kpi_company_month');
grant select on hw.kpi_company_month to haulwatch_app;
grant select, insert, update, delete on hw.kpi_company_month to haulwatch_writer;
