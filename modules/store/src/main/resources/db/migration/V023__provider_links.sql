-- People may also sign in through the OpenID Connect provider of their organisation: which account is whose there, and which sessions came
-- from there. Not a tenant table: the console's code alone decides here, as for accounts.

create table hw.provider_link (
    user_id integer primary key references hw.app_user on delete cascade,
    claim text not null,
    name text not null check (length(name) between 1 and 254),
    linked_at timestamptz not null,
    linked_by integer not null,
    issuer text,
    subject text,
    bound_at timestamptz,
    unique (claim, name),
    unique (issuer, subject),
    check ((bound_at is null) = (issuer is null) and (bound_at is null) = (subject is null))
);
comment on table hw.provider_link is 'made by an administrator; nobody enters through the provider without such a row';
comment on column hw.provider_link.claim is 'the claim of the ID token that name is compared with; another configured claim does not find this row';
comment on column hw.provider_link.name is 'what the claim says; an e-mail address in lower case';
comment on column hw.provider_link.subject is
    'with issuer, who it is for good: set at the first sign-in; from then on the name no longer opens the account';
grant select, insert, update, delete on hw.provider_link to haulwatch_app;

alter table hw.session
    add column by_provider boolean not null default false,
    add column factor_vouched boolean not null default false;
comment on column hw.session.factor_vouched is 'the provider says that it asked for a second factor itself';
