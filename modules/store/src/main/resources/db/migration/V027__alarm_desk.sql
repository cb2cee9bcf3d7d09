-- The alarm desk: whose alarm it is, what is due when, acts that can be undone for some seconds, notices to companies, texts for the cab.

create table hw.desk_duty (
    duty text not null check (duty in ('ack', 'intervene', 'verify', 'company', 'rectify', 'archive')),
    severity smallint not null check (severity between 1 and 4),
    limit_s integer check (limit_s between 1 and 31622400),
    escalates_to text not null check (escalates_to in ('lead', 'manager', 'regulator')),
    primary key (duty, severity)
);
comment on table hw.desk_duty is 'how long each step may take by severity, for the whole centre; what runs keeps the limit that it began with';
comment on column hw.desk_duty.limit_s is 'null: nobody waits for it';
insert into hw.desk_duty (severity, duty, limit_s, escalates_to) values
    (1, 'ack', null, 'lead'), (2, 'ack', 600, 'lead'), (3, 'ack', 300, 'lead'), (4, 'ack', 120, 'lead'),
    (1, 'intervene', null, 'lead'), (2, 'intervene', 600, 'lead'), (3, 'intervene', 300, 'lead'), (4, 'intervene', 60, 'lead'),
    (1, 'verify', null, 'lead'), (2, 'verify', 1800, 'lead'), (3, 'verify', 900, 'lead'), (4, 'verify', 600, 'lead'),
    (1, 'company', 604800, 'lead'), (2, 'company', 86400, 'lead'), (3, 'company', 7200, 'regulator'), (4, 'company', 1800, 'regulator'),
    (1, 'rectify', null, 'lead'), (2, 'rectify', 604800, 'lead'), (3, 'rectify', 259200, 'manager'), (4, 'rectify', 86400, 'manager'),
    (1, 'archive', 86400, 'lead'), (2, 'archive', 1296000, 'lead'), (3, 'archive', 864000, 'lead'), (4, 'archive', 604800, 'manager');
grant select on hw.desk_duty to haulwatch_app, haulwatch_writer;
grant update (limit_s, escalates_to) on hw.desk_duty to haulwatch_app;

alter table hw.episode
    add column duty text not null default 'ack',
    add column due_at timestamptz not null default 'infinity',
    add column held_by integer,
    add column held_until timestamptz,
    add column waits_for text check (waits_for in ('company', 'centre', 'second_person', 'case')),
    add column asked_by integer,
    add constraint episode_held_whole check ((held_by is null) = (held_until is null)),
    add constraint episode_waits_for_somebody check (waits_for is null or handling = 'waiting');
comment on column hw.episode.duty is 'the step of desk_duty that is due next, while it waits for somebody';
comment on column hw.episode.due_at is 'when that step is due; infinity for never';
comment on column hw.episode.held_by is 'who works on it; nobody else may until held_until';
comment on column hw.episode.waits_for is 'while waiting: the company''s answer, the centre that reads it, a second person''s decision, or the end of a case';
comment on column hw.episode.asked_by is 'who asked for the second person, and may not be it';

-- The clock of the first step begins when the platform first has the alarm, and follows a severity that rises before anybody has seen it.
create function hw.set_first_duty() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    new.due_at := coalesce(
        (select new.opened_at + make_interval(secs => limit_s) from hw.desk_duty where duty = 'ack' and severity = new.severity),
        'infinity');
    return new;
end
$$;
create trigger first_duty before insert on hw.episode for each row execute function hw.set_first_duty();
create trigger first_duty_again before update of severity on hw.episode
    for each row when (new.severity <> old.severity and new.handling = 'new' and new.duty = 'ack')
    execute function hw.set_first_duty();
update hw.episode e set due_at = e.opened_at + make_interval(secs => d.limit_s)
from hw.desk_duty d
where d.duty = 'ack' and d.severity = e.severity and d.limit_s is not null and e.handling in ('new', 'claimed', 'acting', 'waiting');

create index episode_desk on hw.episode ((5 - severity), due_at, episode_id)
    where handling in ('new', 'claimed', 'acting', 'waiting') and state in ('open', 'closed', 'amended');
create index episode_held on hw.episode (held_until) where handling = 'claimed';
grant update (duty, due_at, held_by, held_until, waits_for, asked_by) on hw.episode to haulwatch_app;

create table hw.desk_act (
    act_id bigint generated always as identity primary key,
    batch uuid not null,
    episode_id uuid not null references hw.episode on delete cascade,
    company_id integer not null,
    kind text not null check (kind in ('text', 'call', 'notice', 'false', 'escalate')),
    content jsonb not null,
    note text not null,
    begun_by integer not null,
    begun_at timestamptz not null,
    takes_effect_at timestamptz not null,
    address text not null,
    state text not null default 'pending' check (state in ('pending', 'done', 'undone', 'failed')),
    finished_at timestamptz,
    finished_by integer,
    failure text,
    command_id uuid,
    check ((state = 'pending') = (finished_at is null))
);
comment on table hw.desk_act is 'what somebody does about an alarm; its outward effect comes at takes_effect_at, until then it can be undone';
comment on column hw.desk_act.batch is 'the same for acts that were begun together';
comment on column hw.desk_act.address is 'where it came from, for the audit';
comment on column hw.desk_act.command_id is 'the text to the cab, whose state is that of the command';
create unique index desk_act_pending on hw.desk_act (episode_id) where state = 'pending';
create index desk_act_due on hw.desk_act (takes_effect_at) where state = 'pending';
create index desk_act_episode on hw.desk_act (episode_id, act_id);
create index desk_act_company on hw.desk_act (company_id, act_id);
create index desk_act_of_user on hw.desk_act (begun_by, begun_at);
call hw.guard_by_company('hw.desk_act');
grant select, insert on hw.desk_act to haulwatch_app;
grant update (state, finished_at, finished_by, failure, command_id) on hw.desk_act to haulwatch_app;
grant select, update (company_id), delete on hw.desk_act to haulwatch_writer;

create table hw.notice (
    notice_id bigint generated always as identity primary key,
    company_id integer not null,
    episode_id uuid not null references hw.episode on delete cascade,
    act_id bigint not null references hw.desk_act on delete cascade,
    words text not null,
    sent_by integer not null,
    sent_at timestamptz not null,
    due_at timestamptz not null,
    answer text,
    answered_by integer,
    answered_at timestamptz,
    check ((answer is null) = (answered_at is null))
);
comment on table hw.notice is 'what a company is asked to do about an alarm, and its answer';
create index notice_company on hw.notice (company_id, notice_id desc);
create index notice_open on hw.notice (due_at) where answered_at is null;
create index notice_episode on hw.notice (episode_id);
call hw.guard_by_company('hw.notice');
grant select, insert on hw.notice to haulwatch_app;
grant update (answer, answered_by, answered_at) on hw.notice to haulwatch_app;
grant select, update (company_id), delete on hw.notice to haulwatch_writer;

-- {limit} stands for the limit of the alarm in km/h; a text that needs it is not offered without one.
create table hw.cab_text (
    rule text not null,
    language text not null check (language in ('zh-CN', 'en')),
    place smallint not null,
    words text not null,
    primary key (rule, language, place)
);
comment on column hw.cab_text.rule is 'a rule, or any: offered after the rule''s own';
insert into hw.cab_text (rule, language, place, words) values
    ('speeding', 'zh-CN', 1, '您已超速，限速{limit}公里，请立即减速'),
    ('speeding', 'zh-CN', 2, '您已超速，请立即减速，保持安全车距'),
    ('fatigue', 'zh-CN', 1, '您已连续驾驶过久，请就近进服务区休息20分钟以上'),
    ('fatigue_night', 'zh-CN', 1, '夜间连续驾驶已超时，请就近进服务区休息20分钟以上'),
    ('cum24', 'zh-CN', 1, '您24小时内累计驾驶已超时，请尽快停车休息'),
    ('papers', 'zh-CN', 1, '您的车辆或驾驶员证件已过期，请停驶并联系企业'),
    ('card_change_moving', 'zh-CN', 1, '请在停车后更换从业资格卡'),
    ('speed_source_mismatch', 'zh-CN', 1, '车速信号异常，请进服务区检查设备并联系企业'),
    ('any', 'zh-CN', 1, '请注意安全驾驶，尽快与监控中心联系'),
    ('speeding', 'en', 1, 'You are speeding, the limit is {limit}. Slow down now.'),
    ('speeding', 'en', 2, 'You are speeding. Slow down now and keep your distance.'),
    ('fatigue', 'en', 1, 'You have driven too long. Rest 20 minutes or more at the next service area.'),
    ('fatigue_night', 'en', 1, 'You have driven too long at night. Rest 20 minutes or more at the next service area.'),
    ('cum24', 'en', 1, 'You have driven too long within 24 hours. Stop and rest as soon as you can.'),
    ('papers', 'en', 1, 'A paper of the truck or of yours has expired. Stop and call your company.'),
    ('card_change_moving', 'en', 1, 'Change the driver card only when the truck stands.'),
    ('speed_source_mismatch', 'en', 1, 'The speed signal is faulty. Check the device at the next service area and call your company.'),
    ('any', 'en', 1, 'Please drive safely and call the safety centre soon.');
grant select on hw.cab_text to haulwatch_app;
