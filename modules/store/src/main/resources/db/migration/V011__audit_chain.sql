-- The audit as a chain: each row's hash is made of the hash before it and of the row itself, so that a changed, removed or slipped-in row
-- shows, also to who has nothing but a copy of the database. scripts/verify-audit.sh looks.
create table hw.audit_chain (
    chain_no bigint primary key,
    audit_id bigint not null unique,
    hash bytea not null
);
comment on column hw.audit_chain.chain_no is 'from 1 without a gap, in the order of the commits';

-- The words that are hashed; none of the separators can stand inside a part but in details, which come last but one as JSON with escapes.
create function hw.audit_words(row_ hw.audit) returns text
    language sql stable set search_path = pg_catalog, pg_temp
return concat_ws(
    chr(31),
    (row_).audit_id::text,
    (extract(epoch from (row_).at) * 1000000)::bigint::text,
    coalesce((row_).user_id::text, '-'),
    (row_).action,
    coalesce((row_).object, '-'),
    coalesce((row_).detail::text, '-'),
    coalesce((row_).address, '-'));

-- Links one row at the end of its transaction: who waits here holds nothing that somebody else waits for.
create function hw.link_audit() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    last hw.audit_chain;
begin
    perform pg_advisory_xact_lock(7293316405118202);
    select * into last from hw.audit_chain order by chain_no desc limit 1;
    insert into hw.audit_chain values (
        coalesce(last.chain_no, 0) + 1,
        new.audit_id,
        sha256(coalesce(last.hash, ''::bytea) || convert_to(hw.audit_words(new), 'UTF8')));
    return null;
end
$$;
create constraint trigger link_audit after insert on hw.audit
    deferrable initially deferred for each row execute function hw.link_audit();

do $$
declare
    earlier hw.audit;
    no bigint := 0;
    hash_ bytea := '';
begin
    for earlier in select * from hw.audit order by audit_id loop
        no := no + 1;
        hash_ := sha256(hash_ || convert_to(hw.audit_words(earlier), 'UTF8'));
        insert into hw.audit_chain values (no, earlier.audit_id, hash_);
    end loop;
end
$$;

create trigger only_added_to before update or delete or truncate
    on hw.audit_chain for each statement execute function hw.refuse_change();
