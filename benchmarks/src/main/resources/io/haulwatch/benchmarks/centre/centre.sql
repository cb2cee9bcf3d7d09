-- A whole centre in an empty database, the same for the same seed and moment. :seed, :now, :companies, :trucks, :drivers, :papers and :episodes
-- are put in by Centre. A line that begins with -- == begins a step.
-- == companies
set session_replication_role = replica;
set work_mem = '256MB';
set maintenance_work_mem = '512MB';
set synchronous_commit = off;

-- A number from 0 to below 1 for anything that has a number; another salt is another throw.
create function pg_temp.dice(n bigint, salt integer) returns double precision
    language sql immutable parallel safe
    return (hashint8extended(n, salt * 1000003::bigint + :seed) & 9007199254740991) / 9007199254740992.0::double precision;

create temp table sizes as
with weights as (select n as company_id, power(n, -0.8) as weight from generate_series(1, :companies) n),
    shares as (select company_id, greatest(2, floor(:trucks * weight / sum(weight) over ()))::integer as trucks from weights),
    whole as (select company_id, case when company_id = 1 then trucks + :trucks - (select sum(trucks) from shares) else trucks end as trucks from shares),
    places as (select company_id, trucks, sum(trucks) over (order by company_id) as upto from whole)
select company_id, (upto - trucks + 1)::integer as first_truck, upto::integer as last_truck,
    (array['50', '50', '50', '51', '52', '42', '43', '61', '53', '41', '44', '33'])[1 + floor(pg_temp.dice(company_id, 1) * 12)::integer] as province
from places;
create index on sizes (first_truck, last_truck);
analyze sizes;

insert into hw.company (company_id, name, adcode, licence_no, contact_name, contact_phone, created_at)
overriding system value
select company_id,
    (array['顺达', '宏远', '鑫通', '安捷', '长江', '华运', '金桥', '联众', '西南', '渝北'])[1 + floor(pg_temp.dice(company_id, 2) * 10)::integer]
        || (array['物流有限公司', '运输有限公司', '危险品运输公司', '货运代理公司', '供应链公司'])[1 + floor(pg_temp.dice(company_id, 3) * 5)::integer]
        || to_char(company_id, 'FM000'),
    province || to_char(1 + floor(pg_temp.dice(company_id, 4) * 14), 'FM00') || '00',
    province || to_char(company_id, 'FM0000000000'), '王' || company_id, '139' || to_char(10000000 + company_id, 'FM00000000'),
    timestamptz :now - interval '900 days'
from sizes;

-- == vehicles, terminals, drivers
insert into hw.vehicle (vehicle_id, company_id, plate, plate_colour, vehicle_class, model_name, registered_on, created_at)
overriding system value
select v, company_id,
    case province when '50' then '渝' when '51' then '川' when '52' then '贵' when '42' then '鄂' when '43' then '湘' when '61' then '陕'
        when '53' then '云' when '41' then '豫' when '44' then '粤' else '浙' end
        || (array['A', 'B', 'C', 'D'])[1 + floor(pg_temp.dice(v, 5) * 4)::integer] || to_char(v, 'FM00000'),
    2, case when d < 0.85 then 'GENERAL' when d < 0.95 then 'DANGEROUS_GOODS' when d < 0.97 then 'OVERSIZE' else 'TRAILER' end,
    'HW-' || (1 + floor(pg_temp.dice(v, 6) * 40)), (timestamptz :now)::date - 200 - floor(pg_temp.dice(v, 7) * 2500)::integer,
    timestamptz :now - interval '900 days'
from sizes, generate_series(first_truck, last_truck) v, pg_temp.dice(v, 8) d;
insert into hw.vehicle_version (vehicle_id, company_id, vehicle_class, effective_from)
select vehicle_id, company_id, vehicle_class, created_at from hw.vehicle where company_id > 0;
insert into hw.terminal (vehicle_id, company_id, phone, maker, model, device_id, edition, registered_at, last_seen_at)
select vehicle_id, company_id, (13000000000 + vehicle_id)::text, 'HWSIM', 'HW-SIM1', to_char(vehicle_id, 'FM0000000'), 2019, created_at,
    timestamptz :now - make_interval(secs => pg_temp.dice(vehicle_id, 9) * 86400)
from hw.vehicle where company_id > 0;
insert into hw.driver (driver_id, company_id, name, phone, id_card, licence_no, created_at)
overriding system value
select d, v.company_id,
    substr('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗', 1 + floor(pg_temp.dice(d, 10) * 20)::integer, 1)
        || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平', 1 + floor(pg_temp.dice(d, 11) * 20)::integer, 1)
        || substr('国建文志海玉春德永成', 1 + floor(pg_temp.dice(d, 12) * 10)::integer, 1),
    '138' || to_char(10000000 + d, 'FM00000000'), '5001' || to_char(19700000000000 + d, 'FM00000000000000'), 'L' || to_char(d, 'FM00000000'),
    timestamptz :now - interval '800 days'
from generate_series(1, :drivers) d
    join hw.vehicle v on v.vehicle_id = case when d <= :trucks then d else 1 + (d - :trucks - 1) * :trucks / (:drivers - :trucks) end;
insert into hw.assignment (vehicle_id, driver_id, company_id, effective_from)
select vehicle_id, vehicle_id, company_id, created_at + interval '120 days' from hw.vehicle where company_id > 0;

-- == papers
-- One in fifty has run out, one in thirty-three does so within a month, the others later.
create temp table papers as
with wanted as (
    select company_id, 'COMPANY' as owner_kind, company_id as owner_id, kind, 1 as version
    from hw.company, unnest(array['co.licence', 'co.business', 'co.safety_staff', 'co.monitor_staff', 'co.emergency_plan', 'co.insurance']) kind
    where company_id > 0
    union all
    select company_id, 'DRIVER', driver_id, kind, 1 from hw.driver, unnest(array['drv.licence', 'drv.qualification']) kind
    union all
    select company_id, 'VEHICLE', vehicle_id, kind, 1
    from hw.vehicle, unnest(array['veh.permit', 'veh.inspection', 'veh.ins_compulsory', 'veh.ins_commercial', 'veh.tech_rating']) kind
    where company_id > 0
    union all
    select company_id, 'VEHICLE', vehicle_id, 'veh.inspection', 2 from hw.vehicle where company_id > 0
    union all
    select company_id, 'DRIVER', driver_id, 'drv.health', 1 from hw.driver),
numbered as (select *, row_number() over (order by version, owner_kind, kind, owner_id) as n from wanted)
select *, (timestamptz :now)::date + case
        when version = 2 then -366 - floor(pg_temp.dice(n, 20) * 300)::integer
        when pg_temp.dice(n, 21) < 0.02 then -1 - floor(pg_temp.dice(n, 22) * 150)::integer
        when pg_temp.dice(n, 21) < 0.05 then floor(pg_temp.dice(n, 22) * 30)::integer
        else 31 + floor(pg_temp.dice(n, 22) * 330)::integer end as expires
from numbered where n <= :papers;
insert into hw.paper (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from, created_at, verification)
select company_id, owner_kind, owner_id, kind, 'N' || to_char(n, 'FM00000000'), expires - 365, expires,
    timestamptz :now - interval '800 days', timestamptz :now - interval '800 days', 'human'
from papers;

-- == services, hazards, accidents, training
insert into hw.maintenance_record (company_id, vehicle_id, done_on, odometer_km, workshop)
select company_id, vehicle_id, (timestamptz :now)::date - 90 * k - floor(pg_temp.dice(vehicle_id, 30) * 100)::integer,
    400000 - 20000 * k, '第' || 1 + vehicle_id % 30 || '修理厂'
from hw.vehicle, generate_series(0, 3) k where company_id > 0;
insert into hw.hazard (company_id, title, grade, found_on, due_on, closed_on, rectified_on, owner_name, place)
select company_id, '隐患' || k, case when pg_temp.dice(company_id * 100 + k, 31) < 0.06 then 'major' else 'general' end, found, found + 15,
    case when pg_temp.dice(company_id * 100 + k, 32) < 0.9 then found + 12 end, case when pg_temp.dice(company_id * 100 + k, 32) < 0.92 then found + 10 end,
    '李' || k, '停车场'
from hw.company, generate_series(1, 12) k,
    lateral (select (timestamptz :now)::date - 16 - 28 * k as found) f where company_id > 0;
insert into hw.accident (company_id, vehicle_id, driver_id, happened_on, place, deaths, injured, responsibility)
select company_id, vehicle_id, vehicle_id, (timestamptz :now)::date - floor(pg_temp.dice(vehicle_id, 33) * 700)::integer, 'G65 K' || vehicle_id,
    case when pg_temp.dice(vehicle_id, 34) < 0.03 then 1 else 0 end, floor(pg_temp.dice(vehicle_id, 35) * 3)::integer,
    (array['none', 'minor', 'equal', 'main', 'full', 'unknown'])[1 + floor(pg_temp.dice(vehicle_id, 36) * 6)::integer]
from hw.vehicle where company_id > 0 and pg_temp.dice(vehicle_id, 37) < 0.012;
-- Each row of the ledger holds the hash of the one before it.
set session_replication_role = origin;
insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic)
select company_id, driver_id, 'monthly', (date_trunc('month', timestamptz :now) - make_interval(months => k))::date + 9, 2, '月度安全学习'
from hw.driver, generate_series(0, 11) k where pg_temp.dice(driver_id * 100::bigint + k, 38) < 0.93;
insert into hw.training_record (company_id, driver_id, kind, held_on, hours, topic)
select company_id, driver_id, 'continuing', (timestamptz :now)::date - 30 - 60 * k, 6, '继续教育' from hw.driver, generate_series(0, 3) k;
set session_replication_role = replica;

-- == days
insert into hw.vehicle_day (vehicle_id, company_id, day, distance_mm, driving_ms, points)
select vehicle_id, company_id, day, distance, distance / 18, 2400
from hw.vehicle, generate_series(0, 181) ago,
    lateral (select (timestamptz :now)::date - ago as day,
        (150000000 + pg_temp.dice(vehicle_id * 1000::bigint + ago, 40) * 300000000)::bigint as distance) d
where company_id > 0 and pg_temp.dice(vehicle_id * 1000::bigint + ago, 41) < 0.86;

-- == indicators
insert into hw.kpi_day (day, formula, trucks, counted_at, frozen_at)
select day, 'kpi-1', :trucks, least(day + interval '30 hours', timestamptz :now - interval '2 hours'), case when day < (timestamptz :now)::date - 1 then day + interval '54 hours' end
from (select day::date from generate_series(date_trunc('month', timestamptz :now) - interval '2 months', timestamptz :now - interval '1 day', interval '1 day') day) d;
insert into hw.kpi_vehicle_day (vehicle_id, company_id, day, received, qualified, total_m, gap_m, drifts, offline_moves, speedings, fatigue_s, due, handled, in_time)
select v.vehicle_id, v.company_id, v.day, 2400, 2400 - floor(power(pg_temp.dice(n, 42), 8) * 200)::integer, v.distance_m,
    v.distance_m * power(pg_temp.dice(n, 43), 6) * 0.05, case when pg_temp.dice(n, 44) < 0.01 then 1 else 0 end,
    case when pg_temp.dice(n, 45) < 0.004 then 1 else 0 end, floor(power(pg_temp.dice(n, 46), 5) * 4)::integer,
    case when pg_temp.dice(n, 47) < 0.02 then floor(pg_temp.dice(n, 48) * 3600)::integer else 0 end,
    case when pg_temp.dice(n, 49) < 0.2 then 1 else 0 end, case when pg_temp.dice(n, 49) < 0.19 then 1 else 0 end,
    case when pg_temp.dice(n, 49) < 0.18 then 1 else 0 end
from hw.vehicle_day v join hw.kpi_day using (day), lateral (select v.vehicle_id * 1000::bigint + (v.day - date '2026-01-01') as n) x;
insert into hw.kpi_period (first_day, last_day, version, formula, asked_at, reason, made_at)
select first::date, (first + interval '1 month' - interval '1 day')::date, 1, 'kpi-1', first + interval '1 month', '', first + interval '33 days'
from generate_series(date_trunc('month', timestamptz :now) - interval '2 months', date_trunc('month', timestamptz :now) - interval '1 day', interval '1 month') first;
insert into hw.kpi_period_vehicle (period_id, vehicle_id, company_id, entered, online_days, received, qualified, total_m, gap_m, drift_days,
    offline_moves, speedings, fatigue_s, due, handled, in_time)
select p.period_id, k.vehicle_id, k.company_id, true, count(*), sum(received), sum(qualified), sum(total_m), sum(gap_m), count(*) filter (where drifts > 0),
    sum(offline_moves), sum(speedings), sum(fatigue_s), sum(due), sum(handled), sum(in_time)
from hw.kpi_vehicle_day k join hw.kpi_period p on k.day between p.first_day and p.last_day group by 1, 2, 3;
insert into hw.kpi_region_month (adcode, month, companies, online, speedings, fatigue_s, counted_at)
select substr(c.adcode, 1, 4), date_trunc('month', k.day)::date, count(distinct c.company_id), count(distinct k.vehicle_id), sum(speedings), sum(fatigue_s), timestamptz :now
from hw.kpi_vehicle_day k join hw.company c using (company_id) group by 1, 2;

-- == scores of the days before
insert into hw.company_risk (company_id, as_of, score, band, parts, formula_version)
select company_id, at, score, case when score < 20 then 'blue' when score < 40 then 'yellow' when score < 60 then 'orange' else 'red' end, '{}', 'risk-2026.2'
from (select company_id, timestamptz :now - make_interval(days => ago) as at,
        least(99, 8 + 70 * power(pg_temp.dice(company_id, 50), 3) + 12 * pg_temp.dice(company_id * 1000::bigint + ago / 7, 51)) as score
    from hw.company, generate_series(1, 180) ago where company_id > 0) s;
insert into hw.risk_of_size (day, size_class, companies, quarter, median, three_quarters)
select (as_of at time zone 'Asia/Shanghai')::date, size, count(*), percentile_cont(0.25) within group (order by score),
    percentile_cont(0.5) within group (order by score), percentile_cont(0.75) within group (order by score)
from hw.company_risk r join (select company_id, case when trucks < 10 then 'under_10' when trucks < 50 then '10_49' when trucks < 200 then '50_199'
        else 'from_200' end as size from (select company_id, last_truck - first_truck + 1 as trucks from sizes) t) s using (company_id)
group by 1, 2 having count(*) >= 5;

-- == episodes
create temp table kept_indexes as
select indexdef from pg_indexes where schemaname = 'hw' and tablename in ('episode', 'episode_revision', 'episode_action') and indexname !~ '_pkey$';
do $$
declare
    name text;
begin
    for name in select indexname from pg_indexes
        where schemaname = 'hw' and tablename in ('episode', 'episode_revision', 'episode_action') and indexname !~ '_pkey$'
    loop
        execute 'drop index hw.' || name;
    end loop;
end
$$;
insert into hw.episode (episode_id, company_id, revision, state, rule, rule_version, subject, vehicle_id, driver_id, started_at, ended_at, severity,
    evidence, ended_by, measures, facts, points, stream_offset, opened_at, updated_at, handling, handled_by, handled_at, duty, due_at, waits_for)
select md5(:seed || '-' || n)::uuid, v.company_id, 2, state, rule, rule || '-2026.1', 'vehicle:' || v.vehicle_id, v.vehicle_id, v.vehicle_id,
    started, started + make_interval(secs => lasted), severity, case rule when 'terminal_alarm' then 'terminal' else 'live' end,
    case when state <> 'open' then 'slower' end,
    jsonb_build_object('peak_decikmh', limit_d + excess, 'limit_decikmh', limit_d, 'excess_decikmh', excess, 'excess_permille', excess * 1000 / limit_d,
        'duration_s', lasted, 'seconds_over', lasted, 'distance_m', lasted * 26, 'avg_decikmh', limit_d + excess / 2, 'ground_m', lasted * 25,
        'start_lat_microdeg', lat, 'start_lon_microdeg', lon, 'peak_lat_microdeg', lat + 900, 'peak_lon_microdeg', lon + 1200,
        'end_lat_microdeg', lat + 1800, 'end_lon_microdeg', lon + 2400),
    case rule when 'terminal_alarm' then jsonb_build_object('alarm', 'overspeed', 'vehicle_class', v.vehicle_class)
        else jsonb_build_object('limit_source', 'PLATFORM_VEHICLE', 'candidates', 'PLATFORM_VEHICLE=' || limit_d / 10, 'vehicle_class', v.vehicle_class) end,
    jsonb_build_array(
        jsonb_build_object('role', 'opening', 'device_millis', millis, 'body_hex', body),
        jsonb_build_object('role', 'peak', 'device_millis', millis + lasted * 500, 'body_hex', body),
        jsonb_build_object('role', 'closing', 'device_millis', millis + lasted * 1000, 'body_hex', body)),
    n, opened, opened + make_interval(secs => lasted), handling,
    case when handled then 1 end, case when handled then opened + make_interval(secs => case when pg_temp.dice(n, 60) < 0.04 then 90000 else 60 + pg_temp.dice(n, 61) * 7000 end) end,
    case when handling = 'waiting' then 'company' else 'ack' end,
    case severity when 1 then 'infinity'::timestamptz when 2 then opened + interval '10 minutes' when 3 then opened + interval '5 minutes'
        else opened + interval '2 minutes' end,
    case when handling = 'waiting' then 'company' end
from generate_series(1, :episodes) n
    cross join lateral (select pg_temp.dice(n, 62) as a, pg_temp.dice(n, 63) as b, pg_temp.dice(n, 64) as c, pg_temp.dice(n, 65) as d, pg_temp.dice(n, 66) as e) t
    -- One truck in ten has three of ten alarms.
    cross join lateral (select case when a < 0.3 then 1 + floor(b * (:trucks / 10))::integer * 10 else 1 + floor(b * :trucks)::integer end as truck) w
    join hw.vehicle v on v.vehicle_id = w.truck
    cross join lateral (select timestamptz :now - make_interval(secs => 365.0 * 86400 * (:episodes - n) / :episodes) as started,
        case when c < 0.55 then 'speeding' when c < 0.85 then 'terminal_alarm' when c < 0.90 then 'fatigue' when c < 0.93 then 'fatigue_night'
            when c < 0.95 then 'cum24' when c < 0.98 then 'papers' when c < 0.995 then 'speed_source_mismatch' else 'card_change_moving' end as rule,
        case when d < 0.3 then 1 when d < 0.8 then 2 when d < 0.98 then 3 else 4 end as severity,
        20 + floor(power(pg_temp.dice(n, 67), 3) * 1800)::integer as lasted, (array[600, 700, 800, 900])[1 + floor(pg_temp.dice(n, 68) * 4)::integer] as limit_d,
        20 + floor(power(pg_temp.dice(n, 69), 2) * 400)::integer as excess,
        29000000 + floor(pg_temp.dice(n, 70) * 1500000)::integer as lat, 106000000 + floor(pg_temp.dice(n, 71) * 2000000)::integer as lon) x
    cross join lateral (select started + interval '4 seconds' as opened, (extract(epoch from started) * 1000)::bigint as millis,
        timestamptz :now - started as age,
        '0000000000000003' || lpad(to_hex(lat), 8, '0') || lpad(to_hex(lon), 8, '0') || '0120' || lpad(to_hex(limit_d + excess), 4, '0') || '005a'
            || to_char(started at time zone 'Asia/Shanghai', 'YYMMDDHH24MISS') as body) y
    cross join lateral (select case when age < interval '40 minutes' and e < 0.2 then 'open' when e < 0.95 then 'closed' when e < 0.98 then 'amended' else 'withdrawn' end as state,
        case when age > interval '3 days' then case when e < 0.0005 then 'waiting' when e < 0.03 then 'false' when e < 0.033 then 'overturned' else 'resolved' end
            when age > interval '8 hours' then case when e < 0.02 then 'new' when e < 0.03 then 'waiting' else 'resolved' end
            else case when e < 0.4 then 'new' else 'resolved' end end as handling) z
    cross join lateral (select handling in ('resolved', 'false', 'overturned') as handled) h;

-- == revisions and actions
insert into hw.episode_revision (episode_id, revision, company_id, state, content, stored_at)
select episode_id, 2, company_id, state, jsonb_build_object('state', state, 'rule', rule, 'rule_version', rule_version, 'subject', subject, 'vehicle_id', vehicle_id,
    'driver_id', driver_id, 'started_at', started_at, 'ended_at', ended_at, 'severity', severity, 'evidence', evidence, 'ended_by', ended_by,
    'measures', measures, 'facts', facts, 'points', points), opened_at
from hw.episode;
insert into hw.episode_action (episode_id, company_id, at, user_id, kind, note)
select episode_id, company_id, handled_at, 1, 'acknowledge', '已电话提醒驾驶员' from hw.episode where handled_at is not null;

-- == indexes
do $$
declare
    definition text;
begin
    for definition in select indexdef from kept_indexes loop
        execute definition;
    end loop;
end
$$;

-- == cases, notices, appeals
create temp table chosen as
select episode_id, company_id, vehicle_id, severity, opened_at, handling, row_number() over (order by started_at, episode_id) as n
from hw.episode where severity >= 3 and state <> 'withdrawn' and pg_temp.dice(stream_offset, 80) < 0.06;
insert into hw.desk_act (act_id, batch, episode_id, company_id, kind, content, note, begun_by, begun_at, takes_effect_at, address, state, finished_at, finished_by)
overriding system value
select n, md5('act' || n)::uuid, episode_id, company_id, 'notice', '{}', '', 1, opened_at, opened_at, '127.0.0.1', 'done', opened_at, 1 from chosen;
insert into hw.notice (notice_id, company_id, episode_id, act_id, words, sent_by, sent_at, due_at, answer, answered_by, answered_at)
overriding system value
select n, company_id, episode_id, n, '请核实超速原因并提交整改措施', 1, opened_at, opened_at + interval '2 hours',
    case when pg_temp.dice(n, 81) < 0.98 then '已对驾驶员进行教育' end, case when pg_temp.dice(n, 81) < 0.98 then 1 end,
    case when pg_temp.dice(n, 81) < 0.98 then opened_at + interval '1 hour' end
from chosen;
insert into hw.safety_case (case_id, company_id, vehicle_id, driver_id, title, severity, state, opened_by, opened_at, closed_by, closed_at, conclusion)
overriding system value
select n / 5, company_id, vehicle_id, vehicle_id, '多次超速', severity, case when pg_temp.dice(n, 82) < 0.97 then 'closed' else 'open' end, 1, opened_at,
    case when pg_temp.dice(n, 82) < 0.97 then 1 end, case when pg_temp.dice(n, 82) < 0.97 then opened_at + interval '5 days' end,
    case when pg_temp.dice(n, 82) < 0.97 then '已整改' end
from chosen where n % 5 = 0;
insert into hw.case_alarm (episode_id, case_id, company_id) select episode_id, n / 5, company_id from chosen where n % 5 = 0;
insert into hw.case_step (case_id, company_id, party, duty, words, begun_at, due_at, done_by, done_at, result)
select case_id, company_id, (array['centre', 'company', 'centre'])[k], (array['verify', 'rectify', 'archive'])[k], '', opened_at + make_interval(days => k - 1),
    opened_at + make_interval(days => k), case when state = 'closed' then 1 end, case when state = 'closed' then opened_at + make_interval(days => k) end,
    case when state = 'closed' then '完成' end
from hw.safety_case, generate_series(1, 3) k;
insert into hw.case_event (case_id, company_id, at, user_id, kind, note)
select case_id, company_id, opened_at + make_interval(hours => k), 1, case k when 1 then 'opened' else 'done' end, '' from hw.safety_case, generate_series(1, 3) k;
insert into hw.appeal (appeal_id, company_id, episode_id, reason, appealed_by, appealed_at, settled_before, decided_by, decided_at, accepted, note)
overriding system value
select n, company_id, episode_id, '该时段车辆在停车场', 1, opened_at + interval '1 day', false, case when decided then 1 end,
    case when decided then opened_at + interval '2 days' end, case when decided then handling = 'overturned' end, case when decided then '已核实' end
from chosen, lateral (select pg_temp.dice(n, 83) < 0.97 as decided) d where n % 7 = 0;

-- == numbers that go on, and statistics
do $$
declare
    part record;
begin
    for part in select format('%I.%I', table_schema, table_name) as name, column_name from information_schema.columns
        where table_schema = 'hw' and is_identity = 'YES' and data_type in ('integer', 'bigint')
    loop
        execute format('select setval(pg_get_serial_sequence(%L, %L), greatest(1, (select coalesce(max(%I), 0) from %s)::bigint))',
            part.name, part.column_name, part.column_name, part.name);
    end loop;
end
$$;
set session_replication_role = origin;
update hw.reference_number set number = number + 1, changed_at = now();
