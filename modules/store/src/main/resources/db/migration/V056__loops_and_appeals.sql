-- Two more of the regulator's indicators: alarms that came to their end within the time for it (闭环率), and appeals that were rejected (申诉驳回率).
-- Days that were counted before have neither; they show no figure, not a bad one.
alter table hw.kpi_vehicle_day
    add column loops_due integer not null default 0,
    add column looped integer not null default 0,
    add column appeals integer not null default 0,
    add column rejected integer not null default 0;
comment on column hw.kpi_vehicle_day.loops_due is 'alarms of severity 2 and above whose time to be settled for good ends in the day';
comment on column hw.kpi_vehicle_day.appeals is 'that were decided on the day';
alter table hw.kpi_period_vehicle
    add column loops_due integer not null default 0,
    add column looped integer not null default 0,
    add column appeals integer not null default 0,
    add column rejected integer not null default 0;
alter table hw.kpi_company_month
    add column loops_due bigint not null default 0,
    add column looped bigint not null default 0,
    add column appeals bigint not null default 0,
    add column rejected bigint not null default 0;
