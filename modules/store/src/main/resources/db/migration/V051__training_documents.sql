-- The ledger of training on paper gets numbers as other documents do, and months are looked up by the day on which tasks are due.
alter table hw.issued_document
    drop constraint issued_document_kind_check,
    add constraint issued_document_kind_check check (kind in ('evidence', 'monthly', 'ledger'));
create index training_task_period on hw.training_task (due_at, company_id);

-- An alarm asks for one task at a time; one that fell and stands again may ask for another.
drop index hw.training_cause_episode;
create unique index training_cause_episode on hw.training_cause (episode_id) where withdrawn_at is null;
