-- A file is seen by exactly those who see the record it is attached to.

set local role danvan_owner;

alter table app.evidence enable row level security;
alter table app.evidence force row level security;

create policy evidence_select_by_subject on app.evidence for select to danvan_reader
    using (case
        when progress_entry_id is not null then exists (
            select from app.progress_entry as e where e.id = progress_entry_id offset 0)
        when report_id is not null then exists (
            select from app.report as r
            where r.id = report_id
                and (r.unit_id = (select private.my_unit()) or r.status in ('submitted', 'in_review', 'approved')) offset 0)
        else exists (select from app.document as d where d.id = document_id offset 0)
    end);

alter table app.evidence_piece enable row level security;
alter table app.evidence_piece force row level security;

create policy evidence_piece_select_by_evidence on app.evidence_piece for select to danvan_reader
    using (exists (select from app.evidence as e where e.id = evidence_id offset 0));
