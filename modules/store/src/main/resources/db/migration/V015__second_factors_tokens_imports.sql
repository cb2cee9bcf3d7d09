-- A second factor for people, and tokens for programs. Not tenant tables: the console's code alone decides here, as for accounts.

create table hw.second_factor (
    user_id integer primary key references hw.app_user on delete cascade,
    secret bytea not null,
    begun_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default -1
);
comment on column hw.second_factor.secret is 'sealed with keys/console-secrets.key under the user''s number; see SecretBox';
comment on column hw.second_factor.confirmed_at is 'null until its owner has said a first code; it counts for nothing before';
comment on column hw.second_factor.last_step is 'the 30 s step of the newest code that counted; none of this step or an earlier one counts again';

create table hw.recovery_code (
    user_id integer not null references hw.second_factor on delete cascade,
    code_hash bytea not null,
    primary key (user_id, code_hash)
);
comment on column hw.recovery_code.code_hash is 'SHA-256 of user and code; the code has 80 random bits and is stored nowhere';

create table hw.api_token (
    token_id integer generated always as identity primary key,
    token_hash bytea not null unique,
    user_id integer not null references hw.app_user on delete cascade,
    name text not null check (length(name) between 1 and 64),
    scopes text[] not null check (cardinality(scopes) > 0),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    last_address text
);
comment on column hw.api_token.token_hash is 'SHA-256 of the token; the token itself is stored nowhere';
create index api_token_of_user on hw.api_token (user_id);

grant select, insert, update, delete on hw.second_factor, hw.api_token to haulwatch_app;
grant select, insert, delete on hw.recovery_code to haulwatch_app;

-- A table that somebody uploads may speak of every company, so only who sees all of them sees what became of it: the database says so too.

alter table hw.register_import enable row level security;
alter table hw.register_import force row level security;
create policy all_companies on hw.register_import
    using ((select hw.scope_is_all())) with check ((select hw.scope_is_all()));
create policy writer_sees_all on hw.register_import to haulwatch_writer using (true) with check (true);
