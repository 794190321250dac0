-- What holds for files attached to records: when one may come or go, how many there may be, and that
-- none stands there without its whole content.

set local role danvan_owner;

create function private.evidence_most() returns integer
    language sql immutable parallel safe return 20;

set local role danvan_policy;

-- Refuses unless files may be added to the record, or taken from it, now. What was said of progress
-- is settled when the work is; a document's files stay once others read it; a report's follow the
-- report; a meeting's are frozen when it closes. A record that is no more goes with its files.
create function private.evidence_hold(
    p_progress_entry_id uuid, p_report_id uuid, p_document_id uuid, p_meeting_id uuid, p_is_removal boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if p_report_id is not null then
        perform private.report_hold(p_report_id);
    elsif exists (
        select from app.progress_entry as e
        join app.assignment as a on a.id = e.assignment_id
        where e.id = p_progress_entry_id and a.status in ('completed', 'cancelled', 'moved'))
    then
        raise exception 'the assignment is settled' using errcode = 'DV409', constraint = 'not_open';
    elsif p_is_removal and exists (
        select from app.document as d where d.id = p_document_id and d.status <> 'draft')
    then
        raise exception 'the document is published' using errcode = 'DV409', constraint = 'not_open';
    elsif p_meeting_id is not null then
        -- locked, so that it does not close meanwhile
        perform from app.meeting as m where m.id = p_meeting_id and m.status in ('planned', 'open') for no key update;
        if not found then
            raise exception 'the meeting is over' using errcode = 'DV409', constraint = 'not_open';
        end if;
    end if;
end;
$$;

create function private.evidence_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    -- Work done in psql, and what goes with its record, is nobody's request.
    if tg_op = 'INSERT' then
        if private.my_user() is not null then
            perform private.evidence_hold(new.progress_entry_id, new.report_id, new.document_id, new.meeting_id, false);
        end if;
        return new;
    end if;
    if private.my_user() is not null and exists (
        select from app.progress_entry as e where e.id = old.progress_entry_id
        union all
        select from app.report as r where r.id = old.report_id
        union all
        select from app.document as d where d.id = old.document_id
        union all
        select from app.meeting as m where m.id = old.meeting_id)
    then
        perform private.evidence_hold(old.progress_entry_id, old.report_id, old.document_id, old.meeting_id, true);
    end if;
    return old;
end;
$$;

-- At the end of the transaction that brought a file: all of it is there, and it is not one too many.
-- Two that come at once for one record pass here one after the other.
create function private.evidence_check_whole() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    of_record constant uuid := coalesce(new.progress_entry_id, new.report_id, new.document_id, new.meeting_id);
    piece_count bigint;
    last_number integer;
    total bigint;
begin
    if not exists (select from app.evidence as e where e.id = new.id) then
        return null;
    end if;
    select count(*), max(p.number), sum(octet_length(p.bytes))
    into piece_count, last_number, total
    from app.evidence_piece as p
    where p.evidence_id = new.id;
    if total is distinct from new.size or last_number is distinct from piece_count - 1 then
        raise exception 'the content of % is not whole', new.id
            using errcode = 'DV409', constraint = 'incomplete_file';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('danvan.evidence', hashtext(of_record::text)));
    if (select count(*) from app.evidence as e
            where e.progress_entry_id = new.progress_entry_id or e.report_id = new.report_id
                or e.document_id = new.document_id or e.meeting_id = new.meeting_id) > private.evidence_most()
    then
        raise exception 'too many files on one record' using errcode = 'DV409', constraint = 'too_many_files';
    end if;
    return null;
end;
$$;

set local role danvan_owner;

-- May the caller, whose unit attached it, take it away again? For the list of actions;
-- looks as the caller, who sees the record or not the file.
create function private.evidence_is_open(p_progress_entry_id uuid, p_report_id uuid, p_document_id uuid, p_meeting_id uuid)
    returns boolean
    language plpgsql stable set search_path = ''
as $$
begin
    if p_report_id is not null then
        return exists (
            select from app.report as r
            where r.id = p_report_id
                and (r.status in ('draft', 'returned')
                    or (r.status = 'reopened' and r.reopened_until >= private.today())));
    elsif p_progress_entry_id is not null then
        return exists (
            select from app.progress_entry as e
            join app.assignment as a on a.id = e.assignment_id
            where e.id = p_progress_entry_id and a.status not in ('completed', 'cancelled', 'moved'));
    elsif p_meeting_id is not null then
        return exists (select from app.meeting as m where m.id = p_meeting_id and m.status in ('planned', 'open'));
    end if;
    return exists (select from app.document as d where d.id = p_document_id and d.status = 'draft');
end;
$$;

create trigger evidence_30_check before insert or delete on app.evidence
    for each row execute function private.evidence_check();
create constraint trigger evidence_95_whole after insert on app.evidence
    deferrable initially deferred
    for each row execute function private.evidence_check_whole();
