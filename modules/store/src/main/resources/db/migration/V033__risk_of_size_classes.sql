-- How the companies of one size stand, a row a day: what a company is shown of the others. No row speaks of fewer than five of them.

create table hw.risk_of_size (
    day date not null,
    size_class text not null check (size_class in ('under_10', '10_49', '50_199', 'from_200')),
    companies integer not null check (companies >= 5),
    quarter double precision not null,
    median double precision not null,
    three_quarters double precision not null,
    primary key (day, size_class),
    check (quarter <= median and median <= three_quarters)
);
comment on table hw.risk_of_size is 'scores of all companies with so many trucks; nobody can be told apart in it, so everybody may read it';

grant select on hw.risk_of_size to haulwatch_app;
grant select, insert, update, delete on hw.risk_of_size to haulwatch_writer;
