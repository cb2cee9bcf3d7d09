-- What an administrator says instead of a text to the cab that came with the product, or besides. hw.cab_text itself stays as it is, so that
-- there is always something to go back to.
create table hw.cab_text_change (
    rule text not null,
    language text not null check (language in ('zh-CN', 'en')),
    place smallint not null check (place between 1 and 3),
    words text not null check (length(words) <= 500),
    changed_by integer not null,
    changed_at timestamptz not null,
    primary key (rule, language, place)
);
comment on table hw.cab_text_change is 'texts to the cab as an administrator wants them; not a tenant table: they are the centre''s';
comment on column hw.cab_text_change.words is 'empty: what came with the product is not offered';
grant select, insert, update, delete on hw.cab_text_change to haulwatch_app;

-- Who a big screen is: nobody. It reads the wall's figures of its own companies and nothing else.
create table hw.kiosk (
    kiosk_id integer generated always as identity primary key,
    token_hash bytea not null unique,
    name text not null check (length(name) between 1 and 64),
    scope text not null,
    made_by integer not null references hw.app_user,
    made_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > made_at),
    last_used_at timestamptz,
    last_address text
);
comment on table hw.kiosk is 'not a tenant table: the console''s code alone decides here, as for accounts';
comment on column hw.kiosk.token_hash is 'SHA-256 of the token; the token itself is stored nowhere';
comment on column hw.kiosk.scope is 'which companies, as in hw.app_user.scope';
grant select, insert, update (last_used_at, last_address), delete on hw.kiosk to haulwatch_app;

-- Whether it storms is asked of the newest alarms every few seconds; they lie at the end of the table.
create index episode_opened on hw.episode using brin (opened_at);
