-- Whether courses work, counted once a day company by company: to count it anew from a year of alarms takes seconds for each who asks.
create table hw.training_effect (
    course_id integer not null references hw.course,
    company_id integer not null references hw.company,
    taught integer not null,
    taught_again integer not null check (taught_again <= taught),
    others integer not null,
    others_again integer not null check (others_again <= others),
    primary key (company_id, course_id)
);
comment on column hw.training_effect.taught is 'drivers who passed after an alarm and whose thirty days are over';
comment on column hw.training_effect.others is 'drivers with such an alarm who did not learn';
call hw.guard_by_company('hw.training_effect');
grant select, insert, delete on hw.training_effect to haulwatch_app;

-- One row: when the last company was counted.
create table hw.training_effect_count (
    one boolean primary key default true check (one),
    counted_at timestamptz not null
);
grant select, insert, update on hw.training_effect_count to haulwatch_app;
