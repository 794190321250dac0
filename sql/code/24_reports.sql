-- Reports: who may write one when, and the commands that move it.
--
--   not_started → draft → submitted → (in_review) → returned | approved
--                   ↑ withdraw ↓                       approved → reopened → submitted …
--
-- A reopened report has an approved content behind it. Withdrawn or returned, it is reopened again and
-- never owed anew; whose day passes unsubmitted stands approved with that content
-- (private.report_expire_reopened, 24_report_versions.sql).
--
-- Locks, always in this order: period (share), report (update by commands, share by edits of its
-- content), rows of the content. So an edit and a decision never cross, and two who write different
-- lines do not wait for one another.

set local role danvan_owner;

-- The one rule of when a unit may write: NULL, or the word that refuses.
create function private.report_refusal(
    p_status text, p_reopened_until date, p_period_state text, p_exception_until date, p_today date) returns text
    language sql immutable parallel safe
    return case
        when p_status in ('submitted', 'in_review', 'approved', 'moved') then 'frozen'
        when p_status = 'reopened' then case when p_reopened_until >= p_today then null else 'reopening_over' end
        when p_exception_until >= p_today or p_period_state in ('open', 'expired') then null
        when p_period_state = 'planned' then 'not_open'
        else 'locked'
    end;

set local role danvan_policy;

-- The same for one report, as if it had the status named. Volatile, so that it reads what was
-- committed while the caller waited for a lock.
create function private.report_refusal_now(p_report app.report, p_status text) returns text
    language plpgsql security definer set search_path = ''
as $$
begin
    return (
        select private.report_refusal(p_status, p_report.reopened_until,
            private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, private.today()),
            (select max(e.until_on) from app.period_exception as e
                where e.period_id = p.id and e.unit_id = p_report.unit_id and e.revoked_at is null),
            private.today())
        from app.period as p
        where p.id = p_report.period_id);
end;
$$;

create function private.report_refuse(p_word text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if p_word is not null then
        raise exception 'the report may not be written now: %', p_word using errcode = 'DV409', constraint = p_word;
    end if;
end;
$$;

-- Holds the report as it is while its content is written, and refuses unless my unit may write now.
create function private.report_hold(p_report_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report app.report;
begin
    select r.* into report from app.report as r where r.id = p_report_id for share;
    if report.unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller to write' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    perform private.report_refuse(private.report_refusal_now(report, report.status));
end;
$$;

-- For row policies, which are asked before the row itself is locked: false for another unit's report,
-- else held or refused with the reason.
create function private.report_is_held(p_report_id uuid) returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    if not exists (select from app.report as r where r.id = p_report_id and r.unit_id = private.my_unit()) then
        return false;
    end if;
    perform private.report_hold(p_report_id);
    return true;
end;
$$;

-- The report, locked for a command: of its unit's officers (p_side 'unit') or of the leaders of who
-- decides ('superior'; where nobody stands above, the unit's own). State is told before version.
create function private.report_take(p_id uuid, p_version integer, p_side text, p_states text[]) returns app.report
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.report;
begin
    if p_side = 'unit' then
        perform from app.period as p
        where p.id = (select r.period_id from app.report as r where r.id = p_id) for share;
    end if;
    select r.* into taken from app.report as r where r.id = p_id for update;
    if (case p_side when 'unit' then taken.unit_id else coalesce(taken.superior_unit_id, taken.unit_id) end)
            is distinct from private.my_unit()
        or coalesce(private.my_rank(), 0) < (case p_side when 'unit' then 2 else 3 end)
    then
        raise exception 'not for the caller to do' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> all (p_states) then
        raise exception 'the report is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Something was said: a line moved or written in, a section, a figure of the unit's own.
create function private.report_says_something(p_id uuid) returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    return exists (
            select from app.report_line as l
            where l.report_id = p_id and (l.status <> 'not_started'
                or coalesce(l.done, l.doing, l.figures, l.difficulties, l.proposals) is not null))
        or exists (select from app.report_section as s where s.report_id = p_id and s.text is not null)
        or exists (select from app.indicator_value as v where v.report_id = p_id
            and (v.own_value is not null or v.own_denominator is not null));
end;
$$;

create function private.report_tell(p_report app.report, p_topic text, p_unit_id integer, p_turn integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(p_unit_id, p_topic, p_report.id || ':' || p_topic || ':' || p_turn,
        p_resource => 'reports', p_resource_id => p_report.id, p_about_unit_id => p_report.unit_id,
        p_plan_id => p_report.plan_id, p_due_on => p_report.due_on);
end;
$$;

-- What the superior asked for when it returned a report stays beside the lines until the next return,
-- or until approval makes it void; the version keeps it for good.
create function private.report_submit(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report app.report := private.report_take(p_id, p_version, 'unit', array['draft', 'returned', 'reopened']);
begin
    perform private.report_refuse(private.report_refusal_now(report, report.status));
    if not private.report_says_something(p_id) then
        raise exception 'the report is empty' using errcode = 'DV422', constraint = 'empty_report';
    end if;
    update app.report as r
    set status = 'submitted', submission_count = r.submission_count + 1, submitted_on = private.today(),
        first_submitted_on = coalesce(r.first_submitted_on, private.today()), submitted_by = private.my_user()
    where r.id = p_id
    returning r.* into report;
    perform private.report_keep(report, 'submitted', null);
    perform private.audit('submit', 'report', p_id::text, jsonb_build_object('submission', report.submission_count));
    perform private.report_tell(report, 'report_submitted', coalesce(report.superior_unit_id, report.unit_id),
        report.submission_count);
end;
$$;

-- Taken back before anybody read it: then it was not submitted, neither in time nor at all. Not after
-- the lock, for it could not be sent in again.
create function private.report_withdraw(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report constant app.report := private.report_take(p_id, p_version, 'unit', array['submitted']);
    back_to constant text := case when report.reopened_until is null then 'draft' else 'reopened' end;
begin
    perform private.report_refuse(private.report_refusal_now(report, back_to));
    update app.report as r
    set status = back_to, submitted_on = null, submitted_by = null,
        first_submitted_on = case when exists (
            select from app.report_version as v where v.report_id = p_id and v.event in ('returned', 'approved'))
            then r.first_submitted_on end
    where r.id = p_id;
    update app.report_version as v
    set is_withdrawn = true
    where v.report_id = p_id and v.number = (select max(x.number) from app.report_version as x where x.report_id = p_id);
    perform private.audit('withdraw', 'report', p_id::text, jsonb_build_object('submission', report.submission_count));
end;
$$;

create function private.report_accept(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.report_take(p_id, p_version, 'superior', array['submitted']);
    update app.report as r
    set status = 'in_review', accepted_at = now(), accepted_by = private.my_user()
    where r.id = p_id;
    perform private.audit('accept', 'report', p_id::text);
end;
$$;

-- {"note", "lines": [{"id", "note"}], "sections": [{"id", "note"}]}
create function private.report_return(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report app.report := private.report_take(p_id, p_version, 'superior', array['submitted', 'in_review']);
    said constant text := private.report_reason(p_body ->> 'note', 'note', 4000);
begin
    perform private.report_put_notes(p_id, p_body);
    update app.report as r
    set status = case when r.reopened_until is null then 'returned' else 'reopened' end,
        accepted_at = null, accepted_by = null,
        decided_on = private.today(), decided_by = private.my_user(), decision_note = said
    where r.id = p_id
    returning r.* into report;
    perform private.report_keep(report, 'returned', said);
    perform private.audit('return', 'report', p_id::text, jsonb_build_object('note', said));
    perform private.report_tell(report, 'report_returned', report.unit_id, report.submission_count);
end;
$$;

create function private.report_approve(p_id uuid, p_version integer, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report app.report := private.report_take(p_id, p_version, 'superior', array['submitted', 'in_review']);
    said constant text := nullif(btrim(p_note), '');
begin
    if char_length(said) > 4000 then
        raise exception 'the note is too long' using errcode = 'DV422', column = 'note', constraint = 'too_long';
    end if;
    perform private.report_clear_notes(p_id);
    update app.report as r
    set status = 'approved', decided_on = private.today(), decided_by = private.my_user(), decision_note = said,
        reopened_until = null, reopened_by = null, reopen_reason = null
    where r.id = p_id
    returning r.* into report;
    perform private.report_freeze_values(p_id, true);
    perform private.report_keep(report, 'approved', said);
    perform private.audit('approve', 'report', p_id::text, jsonb_strip_nulls(jsonb_build_object('note', said)));
    perform private.report_tell(report, 'report_approved', report.unit_id, report.submission_count);
end;
$$;

-- {"reason", "until_on"}: what was approved stays readable as it was, in its version.
create function private.report_reopen(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report app.report := private.report_take(p_id, p_version, 'superior', array['approved']);
    reason constant text := private.report_reason(p_body ->> 'reason', 'reason', 1000);
    until_day date;
begin
    begin
        until_day := (p_body ->> 'until_on')::date;
    exception when data_exception then
        raise exception 'not a date' using errcode = 'DV422', column = 'until_on', constraint = 'not_a_date';
    end;
    if until_day is null or until_day < private.today() then
        raise exception 'say until when' using errcode = 'DV422', column = 'until_on',
            constraint = case when until_day is null then 'required' else 'in_the_past' end;
    end if;
    update app.report as r
    set status = 'reopened', reopened_until = until_day, reopened_by = private.my_user(), reopen_reason = reason,
        accepted_at = null, accepted_by = null
    where r.id = p_id
    returning r.* into report;
    perform private.report_freeze_values(p_id, false);
    perform private.audit('reopen', 'report', p_id::text, jsonb_build_object('reason', reason, 'until_on', until_day));
    perform private.report_tell(report, 'report_reopened', report.unit_id, report.version);
end;
$$;

-- Reading what a command's body says -----------------------------------------------------------------

create function private.report_reason(p_text text, p_field text, p_most integer) returns text
    language plpgsql security definer set search_path = ''
as $$
declare
    said constant text := nullif(btrim(p_text), '');
begin
    if said is null or char_length(said) > p_most then
        raise exception '% is missing or too long', p_field using errcode = 'DV422', column = p_field,
            constraint = case when said is null then 'required' else 'too_long' end;
    end if;
    return said;
end;
$$;

-- [{"id", "note"}] checked.
create function private.report_read_notes(p_notes jsonb, p_field text) returns table (id uuid, note text)
    language plpgsql security definer set search_path = ''
as $$
begin
    if p_notes is null or jsonb_typeof(p_notes) = 'null' then
        return;
    end if;
    if jsonb_typeof(p_notes) <> 'array' or exists (
        select from jsonb_array_elements(p_notes) as n (entry)
        where jsonb_typeof(n.entry -> 'id') is distinct from 'string'
            or n.entry ->> 'id' !~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
            or jsonb_typeof(n.entry -> 'note') is distinct from 'string'
            or btrim(n.entry ->> 'note') = '')
    then
        raise exception '% is no list of notes', p_field using errcode = 'DV422', column = p_field, constraint = 'bad_format';
    end if;
    if exists (select from jsonb_array_elements(p_notes) as n (entry) where char_length(btrim(n.entry ->> 'note')) > 2000) then
        raise exception 'a note is too long' using errcode = 'DV422', column = p_field, constraint = 'too_long';
    end if;
    return query select (n.entry ->> 'id')::uuid, btrim(n.entry ->> 'note') from jsonb_array_elements(p_notes) as n (entry);
end;
$$;

create function private.report_clear_notes(p_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.report_line as l set return_note = null where l.report_id = p_id and l.return_note is not null;
    update app.report_section as s set return_note = null where s.report_id = p_id and s.return_note is not null;
end;
$$;

create function private.report_put_notes(p_id uuid, p_body jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    wrong text;
begin
    perform private.report_clear_notes(p_id);
    update app.report_line as l set return_note = n.note
    from private.report_read_notes(p_body -> 'lines', 'lines') as n
    where l.id = n.id and l.report_id = p_id;
    update app.report_section as s set return_note = n.note
    from private.report_read_notes(p_body -> 'sections', 'sections') as n
    where s.id = n.id and s.report_id = p_id;
    wrong := coalesce(
        (select 'lines' from private.report_read_notes(p_body -> 'lines', 'lines') as n
            where not exists (select from app.report_line as l where l.id = n.id and l.report_id = p_id) limit 1),
        (select 'sections' from private.report_read_notes(p_body -> 'sections', 'sections') as n
            where not exists (select from app.report_section as s where s.id = n.id and s.report_id = p_id) limit 1));
    if wrong is not null then
        raise exception '% names what is not in the report', wrong
            using errcode = 'DV422', column = wrong, constraint = 'not_visible';
    end if;
end;
$$;
