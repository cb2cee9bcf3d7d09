-- Whose rows a transaction may see. Everything here belongs to haulwatch_owner, which cannot sign in.
-- hw.scope is 'all', 'company:3,7' or 'none'; unset means none, so a forgotten scope shows nothing.

create function hw.scope_is_all() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('hw.scope', true) = 'all', false);

create function hw.scope_companies() returns integer[]
    language sql stable parallel safe
    return case
        when starts_with(coalesce(current_setting('hw.scope', true), ''), 'company:')
            then string_to_array(substr(current_setting('hw.scope', true), 9), ',')::integer[]
        else '{}'::integer[]
    end;

-- Puts a table under the scope. The writer sees every company: its work is to store what terminals say.
create procedure hw.guard_by_company(guarded regclass, shared_company integer default null)
    language plpgsql
as $$
declare
    visible text := '(select hw.scope_is_all()) or company_id = any ((select hw.scope_companies())::integer[])';
begin
    if shared_company is not null then
        visible := visible || format(' or company_id = %s', shared_company);
    end if;
    execute format('alter table %s enable row level security', guarded);
    execute format('alter table %s force row level security', guarded);
    execute format('create policy by_company on %s using (%s) with check (%s)', guarded, visible,
        '(select hw.scope_is_all()) or company_id = any ((select hw.scope_companies())::integer[])');
    execute format('create policy writer_sees_all on %s to haulwatch_writer using (true) with check (true)', guarded);
end
$$;

grant usage on schema hw to haulwatch_writer, haulwatch_app, haulwatch_replay;
