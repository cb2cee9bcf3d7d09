-- A paper is entered, looked at, agreed to, renewed, corrected and held back; nothing of that is overwritten. What counts for rules is agreed to
-- and in effect; a version that waits, or was refused, is only kept.

alter table hw.paper
    add column review text not null default 'approved' check (review in ('pending', 'approved', 'rejected')),
    add column verification text not null default 'self' check (verification in ('self', 'ocr', 'human', 'authority')),
    add column entered_by integer,
    add column reviewed_by integer,
    add column reviewed_at timestamptz,
    add column review_note text,
    add column corrects bigint references hw.paper,
    -- Rows of before may contradict themselves; they are shown, and no new one comes.
    add constraint paper_dates check (issued is null or expires is null or issued <= expires) not valid;
comment on column hw.paper.issued is 'first valid day, local date';
comment on column hw.paper.expires is
    'last valid day, local date; a renewal is a new row; null: no end, or not known while the review is pending';
comment on column hw.paper.review is 'only what is approved counts';
comment on column hw.paper.verification is 'who vouches for what is written: who entered it, a machine that read it, a person, the authority';
comment on column hw.paper.corrects is 'the row with a mistake that this one replaces; that one is out of effect since';

-- The same number and day may come again after a mistake was corrected or refused.
drop index hw.paper_identity;
create unique index paper_identity on hw.paper (owner_kind, owner_id, kind, number, expires) nulls not distinct
    where effective_to = 'infinity' and review <> 'rejected';
create index paper_owner on hw.paper (owner_kind, owner_id, kind);

-- Held back by an authority or the company: all versions of that kind count no more until somebody lifts it.
create table hw.paper_hold (
    hold_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    owner_kind text not null check (owner_kind in ('COMPANY', 'VEHICLE', 'DRIVER')),
    owner_id integer not null,
    kind text not null,
    reason text not null check (length(reason) between 1 and 500),
    begun_by integer not null,
    begun_at timestamptz not null default now(),
    effective_from timestamptz not null,
    effective_to timestamptz not null default 'infinity',
    lifted_by integer,
    lifted_at timestamptz,
    lift_reason text,
    check (effective_from < effective_to)
);
create unique index paper_hold_once on hw.paper_hold (owner_kind, owner_id, kind) where lifted_at is null;
create index paper_hold_company on hw.paper_hold (company_id);

-- Who did what to a paper, and why.
create table hw.paper_event (
    event_id bigint generated always as identity primary key,
    company_id integer not null references hw.company,
    paper_id bigint not null references hw.paper,
    at timestamptz not null default now(),
    user_id integer not null,
    kind text not null check (kind in ('entered', 'approved', 'rejected', 'corrected', 'suspended', 'lifted', 'attached', 'alarm_withdrawn')),
    note text not null default '',
    detail jsonb not null default '{}'
);
create index paper_event_paper on hw.paper_event (paper_id, event_id);
create index paper_event_company on hw.paper_event (company_id);
create trigger only_added_to before update or delete
    on hw.paper_event for each statement execute function hw.refuse_change();

-- Scans and photos. The bytes are a file whose name is the id; the row comes after the file, so it never names one that is not there.
create table hw.attachment (
    attachment_id uuid primary key,
    company_id integer not null references hw.company,
    subject text not null check (subject in ('paper', 'hazard', 'maintenance', 'accident')),
    subject_id bigint not null,
    content_type text not null check (content_type in ('application/pdf', 'image/jpeg', 'image/png')),
    bytes integer not null check (bytes > 0),
    sha256 bytea not null,
    title text not null check (length(title) <= 200),
    added_by integer not null,
    added_at timestamptz not null default now()
);
comment on column hw.attachment.content_type is 'by the content, never by what the sender says';
comment on column hw.attachment.title is 'what the sender calls it; shown, never used as a path';
create unique index attachment_once on hw.attachment (subject, subject_id, sha256);
create index attachment_company on hw.attachment (company_id);

call hw.guard_by_company('hw.paper_hold');
call hw.guard_by_company('hw.paper_event');
call hw.guard_by_company('hw.attachment');
create trigger raises_reference_number after insert or update or delete
    on hw.paper_hold for each statement execute function hw.raise_reference_number();

grant insert (company_id, owner_kind, owner_id, kind, number, issued, expires, effective_from, review, verification,
    entered_by, reviewed_by, reviewed_at, review_note, corrects) on hw.paper to haulwatch_app;
grant update (number, issued, expires, effective_from, effective_to, review, verification, reviewed_by, reviewed_at,
    review_note) on hw.paper to haulwatch_app;
grant select, insert on hw.paper_hold to haulwatch_app;
grant update (effective_to, lifted_by, lifted_at, lift_reason) on hw.paper_hold to haulwatch_app;
grant select, insert on hw.paper_event, hw.attachment to haulwatch_app;
grant select on hw.paper_hold to haulwatch_writer;

-- What counts of papers now. last_day is the day by which they are judged: of one that is held back the day before it was, of one without an end
-- infinity. Of several versions of one kind the latest last_day counts.
create view hw.paper_counted with (security_invoker = true) as
select p.paper_id, p.company_id, p.owner_kind, p.owner_id, p.kind, p.number, p.issued, p.expires,
    h.hold_id is not null as held,
    case when h.hold_id is null then coalesce(p.expires, 'infinity')
        else least((h.begun_at at time zone 'Asia/Shanghai')::date - 1, coalesce(p.expires, 'infinity')) end as last_day
from hw.paper p
    left join hw.paper_hold h on h.owner_kind = p.owner_kind and h.owner_id = p.owner_id and h.kind = p.kind and h.lifted_at is null
where p.review = 'approved' and p.effective_to > now();
grant select on hw.paper_counted to haulwatch_app, haulwatch_writer;
