-- Who of the authorities looked at the track of a truck, and why: its company can see it. Only added to.

create table hw.track_look (
    look_id bigint generated always as identity primary key,
    company_id integer not null,
    vehicle_id integer not null,
    user_id integer not null,
    reason text not null check (length(reason) between 5 and 200),
    opened_at timestamptz not null,
    until timestamptz not null check (until > opened_at)
);
comment on column hw.track_look.company_id is 'whose truck it was then';
comment on column hw.track_look.until is 'the reason stands for this long; then another one is asked for';
create index track_look_of_company on hw.track_look (company_id, look_id);
create index track_look_open on hw.track_look (user_id, vehicle_id, until);
call hw.guard_by_company('hw.track_look');
create trigger only_added_to before update or delete or truncate
    on hw.track_look for each statement execute function hw.refuse_change();
grant select, insert on hw.track_look to haulwatch_app;
