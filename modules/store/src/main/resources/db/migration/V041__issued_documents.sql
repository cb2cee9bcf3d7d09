-- Documents that were printed: what stood in each, so that a sheet of paper can be held against it later.

create table hw.issued_document (
    document_id bigint generated always as identity primary key,
    company_id integer not null,
    kind text not null check (kind in ('evidence', 'monthly')),
    subject text not null,
    language text not null check (language in ('zh-CN', 'en')),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    content text not null,
    issued_at timestamptz not null,
    issued_by integer not null
);
comment on table hw.issued_document is 'each content once: who prints the same again gets the same number';
comment on column hw.issued_document.subject is 'alarm:<id>, or company:<id>:<month>';
comment on column hw.issued_document.sha256 is 'of content in UTF-8';
comment on column hw.issued_document.content is 'JSON without blanks, keys in the order of their signs';
create unique index issued_document_content on hw.issued_document (company_id, kind, subject, sha256);
call hw.guard_by_company('hw.issued_document');
create trigger only_added_to before update or delete or truncate
    on hw.issued_document for each statement execute function hw.refuse_change();
grant select, insert on hw.issued_document to haulwatch_app;
