-- Files attached to progress entries, reports, documents and meetings.

set local role danvan_owner;

create view api.evidence with (security_invoker = true) as
select
    e.id,
    coalesce(e.progress_entry_id, e.report_id, e.document_id, e.meeting_id) as record_id,
    case
        when e.progress_entry_id is not null then 'progress_entry'
        when e.report_id is not null then 'report'
        when e.meeting_id is not null then 'meeting'
        else 'document'
    end as record_kind,
    e.progress_entry_id,
    e.report_id,
    e.document_id,
    e.meeting_id,
    e.unit_id,
    n.name as unit_name,
    e.name,
    e.media_type,
    e.size,
    e.sha256,
    e.added_by,
    e.created_at,
    case
        when e.unit_id = (select private.my_unit())
            and (select private.my_rank()) >= 2
            and private.evidence_is_open(e.progress_entry_id, e.report_id, e.document_id, e.meeting_id)
            then array['delete']
        else array[]::text[]
    end as actions
from app.evidence as e
left join private.unit_today as n on n.unit_id = e.unit_id;

-- Begins a file: its row, whose content must follow in the same transaction (api.evidence_put). When
-- my unit has attached this very content to the record before, that file is answered and is_new is
-- false: nothing is to follow. The record that is hidden answers like none.
create function api.evidence_add(
    p_kind text, p_record_id uuid, p_name text, p_media_type text, p_size bigint, p_sha256 text,
    out id uuid, out is_new boolean) returns record
    language plpgsql set search_path = ''
as $$
#variable_conflict use_column
declare
    of_unit integer;
    in_progress_entry constant uuid := case when p_kind = 'progress_entry' then p_record_id end;
    in_report constant uuid := case when p_kind = 'report' then p_record_id end;
    in_document constant uuid := case when p_kind = 'document' then p_record_id end;
    in_meeting constant uuid := case when p_kind = 'meeting' then p_record_id end;
begin
    select u.unit_id into of_unit
    from (
        select e.unit_id from app.progress_entry as e where e.id = in_progress_entry
        union all
        select r.unit_id from app.report as r where r.id = in_report
        union all
        select d.owner_unit_id from app.document as d where d.id = in_document
        union all
        select m.owner_unit_id from app.meeting as m where m.id = in_meeting) as u;
    if not found then
        raise exception 'no such record' using errcode = 'DV404', constraint = 'not_found';
    end if;
    if of_unit is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'files are attached by the unit itself' using errcode = 'DV403', constraint = 'not_permitted';
    end if;

    insert into app.evidence
        (progress_entry_id, report_id, document_id, meeting_id, unit_id, name, media_type, size, sha256, added_by)
    values
        (in_progress_entry, in_report, in_document, in_meeting, of_unit, p_name, p_media_type, p_size, p_sha256, private.my_user())
    on conflict do nothing
    returning app.evidence.id into id;
    is_new := found;
    if not is_new then
        select e.id into id
        from app.evidence as e
        where e.sha256 = p_sha256
            and e.unit_id = of_unit
            and (e.progress_entry_id = in_progress_entry or e.report_id = in_report or e.document_id = in_document
                or e.meeting_id = in_meeting);
        return;
    end if;
    -- Told before the content is sent in; the last word is private.evidence_check_whole.
    if (select count(*) from app.evidence as e
            where e.progress_entry_id = in_progress_entry or e.report_id = in_report or e.document_id = in_document
                or e.meeting_id = in_meeting)
        > private.evidence_most()
    then
        raise exception 'too many files on one record' using errcode = 'DV409', constraint = 'too_many_files';
    end if;
end;
$$;

create function api.evidence_put(p_id uuid, p_number integer, p_bytes bytea) returns void
    language sql set search_path = ''
    begin atomic
        insert into app.evidence_piece (evidence_id, number, bytes) values (p_id, p_number, p_bytes);
    end;

-- One piece of a file that I see; no row when there is none.
create function api.evidence_piece(p_id uuid, p_number integer) returns setof bytea
    language sql stable set search_path = ''
    begin atomic
        select p.bytes from app.evidence_piece as p where p.evidence_id = p_id and p.number = p_number;
    end;
