-- Orders to many trucks in waves, and terminals' parameters as twins: what is wanted beside what the terminal last reported.

alter table hw.command
    drop constraint command_kind_check,
    drop constraint command_state_check,
    add constraint command_kind_check
        check (kind in ('TEXT', 'LOCATE', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS')),
    add constraint command_state_check
        check (state in ('queued', 'sent', 'acknowledged', 'refused', 'timed_out', 'expired', 'withdrawn')),
    add column order_id uuid;
comment on column hw.command.order_id is 'the order that it is part of; null for one that somebody sent by itself';
create index command_queued_of_order on hw.command (order_id) where state = 'queued' and order_id is not null;
grant insert on hw.command to haulwatch_writer;
-- Whoever halts an order takes back what has not been sent.
grant update (state, finished_at, result) on hw.command to haulwatch_app;

create table hw.terminal_order (
    order_id uuid primary key,
    kind text not null check (kind in ('TEXT', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS')),
    payload jsonb not null,
    company_ids integer[] not null check (cardinality(company_ids) > 0),
    chosen jsonb not null,
    note text not null,
    targets integer not null check (targets > 0),
    wave_size integer not null check (wave_size > 0),
    stop_percent integer not null check (stop_percent between 0 and 100),
    answer_minutes integer not null check (answer_minutes > 0),
    second_person boolean not null,
    state text not null
        check (state in ('awaiting', 'running', 'paused', 'halted', 'done', 'cancelled', 'rejected')),
    wave integer not null default 0,
    unjudged_wave integer not null default 0,
    rolls_back uuid references hw.terminal_order,
    created_by integer not null,
    created_at timestamptz not null default now(),
    decided_by integer,
    decided_at timestamptz,
    finished_at timestamptz,
    constraint order_not_decided_by_its_author check (decided_by <> created_by),
    constraint order_sent_after_a_second_person
        check (not second_person or decided_by is not null or state in ('awaiting', 'cancelled'))
);
comment on column hw.terminal_order.company_ids is 'companies of all its trucks; who does not see each of them does not see the order';
comment on column hw.terminal_order.stop_percent is 'refusals and missing answers beyond this share of a wave halt the order';
comment on column hw.terminal_order.wave is 'the wave that was sent last; 0 before the first';
comment on column hw.terminal_order.unjudged_wave is 'the wave that halted it before somebody let it go on';
create index terminal_order_time on hw.terminal_order (created_at desc);
create index terminal_order_running on hw.terminal_order (order_id) where state = 'running';

alter table hw.terminal_order enable row level security;
alter table hw.terminal_order force row level security;
create policy by_companies on hw.terminal_order
    using ((select hw.scope_is_all()) or company_ids <@ (select hw.scope_companies())::integer[])
    with check ((select hw.scope_is_all()) or company_ids <@ (select hw.scope_companies())::integer[]);
create policy writer_sees_all on hw.terminal_order to haulwatch_writer using (true) with check (true);

create table hw.terminal_order_target (
    order_id uuid not null references hw.terminal_order,
    vehicle_id integer not null references hw.vehicle,
    company_id integer not null,
    wave integer not null check (wave > 0),
    payload jsonb,
    before jsonb,
    read_id uuid,
    command_id uuid,
    dropped boolean not null default false,
    primary key (order_id, vehicle_id)
);
comment on column hw.terminal_order_target.payload is 'what this truck gets instead of the order''s own payload';
comment on column hw.terminal_order_target.before is 'values reported before the order asked, in the form of a command''s response';
comment on column hw.terminal_order_target.command_id is 'null until its wave is sent, and again after it was taken back';
comment on column hw.terminal_order_target.dropped is 'it had left its company or the fleet when its turn came';
create index terminal_order_target_wave on hw.terminal_order_target (order_id, wave);
call hw.guard_by_company('hw.terminal_order_target');

create table hw.terminal_parameter (
    vehicle_id integer not null references hw.vehicle,
    parameter_id bigint not null,
    company_id integer not null,
    wanted jsonb,
    wanted_at timestamptz,
    order_id uuid,
    reported jsonb,
    reported_at timestamptz,
    primary key (vehicle_id, parameter_id)
);
comment on column hw.terminal_parameter.wanted is 'number as on the wire, text, or an object with raw bytes in hex';
call hw.guard_by_company('hw.terminal_parameter');

grant select, insert on hw.terminal_order, hw.terminal_order_target to haulwatch_app;
grant update (state, unjudged_wave, decided_by, decided_at, finished_at) on hw.terminal_order to haulwatch_app;
grant update (command_id, read_id) on hw.terminal_order_target to haulwatch_app;
grant select on hw.terminal_parameter to haulwatch_app;
grant select, update on hw.terminal_order, hw.terminal_order_target to haulwatch_writer;
grant select, insert, update on hw.terminal_parameter to haulwatch_writer;
