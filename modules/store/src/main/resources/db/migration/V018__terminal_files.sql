-- What terminals send to be kept: media, recorder data, pass-through. Small things lie in the row, large ones in a file below media/ whose name
-- is made of file_id and the day of received_at. And the commands that ask for them.

create table hw.terminal_file (
    file_id uuid primary key,
    company_id integer not null,
    vehicle_id integer not null references hw.vehicle,
    kind text not null check (kind in ('announced', 'image', 'audio', 'video', 'pass_through', 'recorder')),
    content_type text not null,
    bytes integer not null check (bytes >= 0),
    sha256 bytea,
    content bytea,
    at timestamptz not null,
    received_at timestamptz not null,
    lat integer,
    lon integer,
    speed integer,
    media_id bigint,
    said_type smallint,
    event smallint,
    channel smallint,
    detail smallint not null default 0
);
comment on column hw.terminal_file.kind is 'by its bytes, never by what the terminal says; announced: it is in the terminal and was not sent yet';
comment on column hw.terminal_file.sha256 is 'of a medium: one that is sent again is the same';
comment on column hw.terminal_file.content is 'null: it is a file, or only announced';
comment on column hw.terminal_file.at is 'when it was taken, if the terminal says so credibly, otherwise when it was received';
comment on column hw.terminal_file.lat is '10⁻⁶ degree WGS84, south negative; speed in 0.1 km/h';
comment on column hw.terminal_file.media_id is 'id in the terminal';
comment on column hw.terminal_file.said_type is 'what the terminal calls an announced medium';
comment on column hw.terminal_file.detail is 'pass-through type or command word of the recorder';
create index terminal_file_time on hw.terminal_file (vehicle_id, at desc);
create index terminal_file_received on hw.terminal_file (vehicle_id, received_at);
create index terminal_file_age on hw.terminal_file (received_at);
create unique index terminal_file_once on hw.terminal_file (vehicle_id, sha256) where sha256 is not null;
call hw.guard_by_company('hw.terminal_file');
grant select on hw.terminal_file to haulwatch_app;
grant select, insert, delete on hw.terminal_file to haulwatch_writer;

alter table hw.command
    drop constraint command_kind_check,
    add constraint command_kind_check check (kind in ('TEXT', 'LOCATE', 'READ_PARAMETERS', 'SET_PARAMETERS',
        'TERMINAL_CONTROL', 'DOORS', 'PHOTO', 'TRACK', 'CONFIRM_ALARMS', 'CALL', 'LISTEN'));
