-- Inspections of some of many trucks: the plan as it was drawn, which nobody changes, and what was found of each truck, which is only added to.

create table hw.inspection_plan (
    plan_id bigint generated always as identity primary key,
    write_key uuid not null unique,
    company_ids integer[] not null check (cardinality(company_ids) > 0),
    title text not null check (length(title) between 1 and 100),
    population integer[] not null check (cardinality(population) > 0),
    tolerable double precision not null check (tolerable >= 0 and tolerable < 1),
    confidence double precision not null check (confidence > 0.5 and confidence < 1),
    sample_size integer not null check (sample_size between 1 and cardinality(population)),
    seed text not null,
    drawn_by integer not null,
    drawn_at timestamptz not null
);
comment on column hw.inspection_plan.company_ids is 'companies of all trucks of the population; who does not see each of them does not see the plan';
comment on column hw.inspection_plan.population is 'trucks in service when it was drawn, by number; with the seed anybody can draw the same again';
comment on column hw.inspection_plan.seed is 'the drawn trucks are those with the lowest SHA-256 of seed:number';
alter table hw.inspection_plan enable row level security;
alter table hw.inspection_plan force row level security;
create policy by_companies on hw.inspection_plan
    using ((select hw.scope_is_all()) or company_ids <@ (select hw.scope_companies())::integer[])
    with check ((select hw.scope_is_all()) or company_ids <@ (select hw.scope_companies())::integer[]);
create policy writer_sees_all on hw.inspection_plan to haulwatch_writer using (true) with check (true);
create trigger only_added_to before update or delete or truncate
    on hw.inspection_plan for each statement execute function hw.refuse_change();
grant select, insert on hw.inspection_plan to haulwatch_app;

create table hw.inspection_truck (
    plan_id bigint not null references hw.inspection_plan,
    lot integer not null check (lot > 0),
    vehicle_id integer not null,
    company_id integer not null,
    plate text not null,
    primary key (plan_id, vehicle_id),
    unique (plan_id, lot)
);
comment on column hw.inspection_truck.company_id is 'and plate, as they were when it was drawn';
create index inspection_truck_company on hw.inspection_truck (company_id);
call hw.guard_by_company('hw.inspection_truck');
create trigger only_added_to before update or delete or truncate
    on hw.inspection_truck for each statement execute function hw.refuse_change();
grant select, insert on hw.inspection_truck to haulwatch_app;

create table hw.inspection_result (
    result_id bigint generated always as identity primary key,
    write_key uuid not null unique,
    plan_id bigint not null,
    vehicle_id integer not null,
    company_id integer not null,
    result text not null check (result in ('in_order', 'findings', 'not_shown')),
    note text not null,
    told_by integer not null,
    told_at timestamptz not null,
    foreign key (plan_id, vehicle_id) references hw.inspection_truck (plan_id, vehicle_id)
);
comment on table hw.inspection_result is 'the newest of a truck counts; a correction is another row with its reason';
create index inspection_result_truck on hw.inspection_result (plan_id, vehicle_id, result_id);
create index inspection_result_company on hw.inspection_result (company_id);
call hw.guard_by_company('hw.inspection_result');
create trigger only_added_to before update or delete or truncate
    on hw.inspection_result for each statement execute function hw.refuse_change();
grant select, insert on hw.inspection_result to haulwatch_app;
