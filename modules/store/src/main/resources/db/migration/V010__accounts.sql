-- Users are administered: six roles, scopes of several companies or regions, one-time links, sessions with a number that a page may
-- show, and an audit that nobody rewrites.

alter table hw.app_user drop constraint app_user_role_check;
-- Whoever worked in the centre goes on with the rights that he had.
update hw.app_user set role = 'agent' where role = 'centre';
alter table hw.app_user
    add constraint app_user_role_check check (role in ('admin', 'lead', 'agent', 'company', 'regulator', 'driver')),
    drop constraint app_user_scope_check,
    add constraint app_user_scope_check
        check (scope ~ '^(all|company:[0-9]{1,9}(,[0-9]{1,9})*|region:[0-9]{2,6}(,[0-9]{2,6})*)$'),
    alter column password_hash drop not null,
    alter column display_name drop not null,
    add column last_sign_in_at timestamptz;
comment on column hw.app_user.password_hash is
    'Argon2id, encoded with its parameters; null until the user has chosen one through a one-time link';
comment on column hw.app_user.display_name is 'null for the built-in administrator, whom pages name in their own language';
update hw.app_user set display_name = null where username = 'admin' and display_name = '管理员';

alter table hw.session add column session_id bigint generated always as identity unique;
comment on column hw.session.session_id is 'names a session on pages; signs nobody in';

-- A link that is handed over and lets one person choose his password once.
create table hw.one_time_link (
    token_hash bytea primary key,
    user_id integer not null unique references hw.app_user on delete cascade,
    purpose text not null check (purpose in ('invitation', 'reset')),
    created_at timestamptz not null default now(),
    created_by integer,
    expires_at timestamptz not null
);
comment on column hw.one_time_link.token_hash is 'SHA-256 of the token; the token itself is stored nowhere';
comment on column hw.one_time_link.created_by is 'null when the command line made it';
grant select, insert, delete on hw.one_time_link to haulwatch_app;

create function hw.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception '% is only ever added to', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger only_added_to before update or delete or truncate
    on hw.audit for each statement execute function hw.refuse_change();
create index audit_user on hw.audit (user_id, audit_id);
create index audit_object on hw.audit (object, audit_id);
