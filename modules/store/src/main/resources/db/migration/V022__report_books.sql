-- What became of each report: per truck and hour of its coming, received = stored + duplicate + quarantined + refused. Written by the
-- writer with the rows it speaks of; received is counted where a record is taken, the others where its fate is known.

create table hw.report_book (
    vehicle_id integer not null,
    company_id integer not null,
    hour timestamptz not null,
    received bigint not null default 0,
    stored bigint not null default 0,
    duplicate bigint not null default 0,
    quarantined bigint not null default 0,
    refused bigint not null default 0,
    primary key (vehicle_id, hour)
) with (fillfactor = 70);
create index report_book_company on hw.report_book (company_id, hour);
create index report_book_hour on hw.report_book using brin (hour);
comment on column hw.report_book.hour is 'hour of UTC in which the reports came, whenever their positions were';
comment on column hw.report_book.refused is 'frames that did not become positions, by cause in report_refused';

create table hw.report_refused (
    vehicle_id integer not null,
    company_id integer not null,
    hour timestamptz not null,
    cause text not null,
    count bigint not null,
    primary key (vehicle_id, hour, cause)
);
create index report_refused_company on hw.report_refused (company_id, hour);
create index report_refused_hour on hw.report_refused using brin (hour);

call hw.guard_by_company('hw.report_book');
call hw.guard_by_company('hw.report_refused');
grant select on hw.report_book, hw.report_refused to haulwatch_app;
grant select, insert, update, delete on hw.report_book, hw.report_refused to haulwatch_writer;
