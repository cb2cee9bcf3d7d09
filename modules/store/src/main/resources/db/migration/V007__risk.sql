-- A company's risk score, a row for each time it was computed; the newest one is shown.

create table hw.company_risk (
    company_id integer not null references hw.company,
    as_of timestamptz not null,
    score double precision check (score between 0 and 100),
    band text check (band in ('blue', 'yellow', 'orange', 'red')),
    parts jsonb not null,
    formula_version text not null,
    primary key (company_id, as_of)
);
comment on column hw.company_risk.score is '0 no risk, 100 worst; null without enough data';

call hw.guard_by_company('hw.company_risk');
grant select on hw.company_risk to haulwatch_app;
grant select, insert, update, delete on hw.company_risk to haulwatch_writer;
