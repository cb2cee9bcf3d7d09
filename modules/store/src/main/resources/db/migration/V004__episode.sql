-- What the rules found, and what people did about it. The newest revision is the row; all revisions are kept beside it.

create table hw.episode (
    episode_id uuid primary key,
    company_id integer not null,
    revision integer not null,
    state text not null check (state in ('prewarned', 'open', 'closed', 'amended', 'withdrawn')),
    rule text not null,
    rule_version text not null,
    subject text not null,
    vehicle_id integer not null,
    driver_id integer,
    started_at timestamptz not null,
    ended_at timestamptz not null,
    severity smallint not null check (severity between 1 and 4),
    evidence text not null,
    ended_by text,
    measures jsonb not null,
    facts jsonb not null,
    points jsonb not null,
    stream_offset bigint not null,
    opened_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    handling text not null default 'new' check (handling in
        ('new', 'claimed', 'acting', 'waiting', 'resolved', 'false', 'appealed', 'overturned')),
    handled_by integer,
    handled_at timestamptz
) with (fillfactor = 80);
create index episode_company on hw.episode (company_id, started_at desc);
create index episode_vehicle on hw.episode (vehicle_id, started_at desc);
create index episode_start on hw.episode (started_at desc, episode_id);
create index episode_running on hw.episode (company_id, severity) where state in ('prewarned', 'open');
create index episode_unhandled on hw.episode (company_id, started_at desc) where handling = 'new';
comment on column hw.episode.stream_offset is 'offset in the episode stream of the revision that this row shows';
comment on column hw.episode.opened_at is 'when the database first had it';

create table hw.episode_revision (
    episode_id uuid not null,
    revision integer not null,
    company_id integer not null,
    state text not null,
    content jsonb not null,
    stored_at timestamptz not null default now(),
    primary key (episode_id, revision)
);
create index episode_revision_company on hw.episode_revision (company_id);

create table hw.episode_action (
    action_id bigint generated always as identity primary key,
    episode_id uuid not null references hw.episode on delete cascade,
    company_id integer not null,
    at timestamptz not null default now(),
    user_id integer not null,
    kind text not null,
    note text not null default ''
);
create index episode_action_episode on hw.episode_action (episode_id);
create index episode_action_company on hw.episode_action (company_id, at);

create table hw.command (
    command_id uuid primary key,
    company_id integer not null,
    vehicle_id integer not null references hw.vehicle,
    kind text not null check (kind in ('TEXT', 'LOCATE')),
    payload jsonb not null,
    state text not null default 'queued' check (state in ('queued', 'sent', 'acknowledged', 'refused', 'timed_out', 'expired')),
    serial integer,
    attempts integer not null default 0,
    created_by integer not null,
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    finished_at timestamptz,
    expires_at timestamptz not null,
    result text,
    response jsonb
);
create index command_vehicle on hw.command (vehicle_id, created_at desc);
create index command_company on hw.command (company_id);
create index command_pending on hw.command (vehicle_id) where state in ('queued', 'sent');

call hw.guard_by_company('hw.episode');
call hw.guard_by_company('hw.episode_revision');
call hw.guard_by_company('hw.episode_action');
call hw.guard_by_company('hw.command');

grant select, insert, update, delete on hw.episode, hw.episode_revision, hw.episode_action to haulwatch_writer;
grant select, update on hw.command to haulwatch_writer;
grant select on hw.episode, hw.episode_revision, hw.episode_action, hw.command to haulwatch_app;
grant update (handling, handled_by, handled_at) on hw.episode to haulwatch_app;
grant insert on hw.episode_action to haulwatch_app;
grant insert on hw.command to haulwatch_app;
