-- What a licence or qualification allows is written on it: A2, B2; DANGEROUS_GOODS.
alter table hw.paper add column category text not null default '' check (length(category) <= 40);
comment on column hw.paper.category is
    'of a driving licence its class (A2, B2 …), of a qualification GENERAL or DANGEROUS_GOODS; empty: not written down';
grant insert (category), update (category) on hw.paper to haulwatch_app;
