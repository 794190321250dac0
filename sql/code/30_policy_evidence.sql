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
        when meeting_id is not null then exists (select from app.meeting as m where m.id = meeting_id offset 0)
        else exists (select from app.document as d where d.id = document_id offset 0)
    end);

alter table app.evidence_piece enable row level security;
alter table app.evidence_piece force row level security;

create policy evidence_piece_select_by_evidence on app.evidence_piece for select to danvan_reader
    using (exists (select from app.evidence as e where e.id = evidence_id offset 0));

-- An officer or leader attaches files to the records of their own unit, in their own name.
create policy evidence_insert_own_unit on app.evidence for insert to danvan_writer
    with check (
        (select private.my_rank()) >= 2
        and unit_id = (select private.my_unit())
        and added_by = (select private.my_user())
        and case
            when progress_entry_id is not null then exists (
                select from app.progress_entry as e
                where e.id = progress_entry_id and e.unit_id = (select private.my_unit()))
            when report_id is not null then exists (
                select from app.report as r where r.id = report_id and r.unit_id = (select private.my_unit()))
            when meeting_id is not null then exists (
                select from app.meeting as m where m.id = meeting_id and m.owner_unit_id = (select private.my_unit()))
            else exists (
                select from app.document as d
                where d.id = document_id and d.owner_unit_id = (select private.my_unit()))
        end);

-- Whoever may attach may take away again what the own unit attached; 26_evidence.sql says until when.
create policy evidence_delete_own_unit on app.evidence for delete to danvan_writer
    using (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);

-- Nobody ever changes what was attached.
create policy evidence_update_never on app.evidence as restrictive for update to public using (false);

-- Content comes with its file, in the same transaction, and never later.
create policy evidence_piece_insert_with_evidence on app.evidence_piece for insert to danvan_writer
    with check (exists (
        select from app.evidence as e
        where e.id = evidence_id
            and e.added_by = (select private.my_user())
            and e.unit_id = (select private.my_unit())
            and e.created_at = now() offset 0));

create policy evidence_piece_update_never on app.evidence_piece as restrictive for update to public using (false);
create policy evidence_piece_delete_never on app.evidence_piece as restrictive for delete to public using (false);
