-- The history of a line goes by its row, whatever its name was; and a line can be taken out of the register, which is no deletion.
alter table hw.register_change
    add column subject_id integer,
    drop constraint register_change_outcome_check,
    add constraint register_change_outcome_check check (outcome in ('created', 'changed', 'retired'));
comment on column hw.register_change.subject_id is
    'the company, vehicle or driver; null for terminals and papers, and for what was kept before this column';
create index register_change_subject_id on hw.register_change (table_name, subject_id, change_id);
