-- A driver's phone asks for his own alarms, and his study is measured finer than its figures are shown.

create index episode_driver on hw.episode (driver_id, started_at desc) where driver_id is not null;

alter table hw.study add column sitting jsonb;
comment on column hw.study.sitting is 'what the study clock knows: milliseconds, the last beat, the open check; the other columns are its figures in seconds';
grant update (sitting) on hw.study to haulwatch_app;
