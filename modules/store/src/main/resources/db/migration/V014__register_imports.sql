-- Tables that somebody uploads for the register: checked first, taken in when he agrees. Not a tenant table: whoever may import sees every
-- company.

create table hw.register_import (
    import_id uuid primary key,
    created_by integer not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    file_name text not null check (length(file_name) <= 200),
    content bytea,
    report bytea not null,
    created integer not null,
    changed integer not null,
    unchanged integer not null,
    wrong integer not null,
    state text not null check (state in ('wrong', 'ready', 'applied', 'discarded', 'expired')),
    settled_by integer,
    settled_at timestamptz
);
create index register_import_time on hw.register_import (created_at desc);
comment on column hw.register_import.file_name is 'as the browser named it; shown, never used as a path';
comment on column hw.register_import.content is 'the file; null as soon as nobody can take it in any more';
comment on column hw.register_import.report is 'what it does line by line, JSON packed with gzip';

grant select, insert, update, delete on hw.register_import to haulwatch_app;
-- The writer settles an import in the transaction that takes it in.
grant select, update on hw.register_import to haulwatch_writer;
