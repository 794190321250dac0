-- Plans, and the commands that move them: draft → submitted → in force → closed.
--
-- api.plan_submit (officer), plan_return, plan_issue and plan_close (leader), all of the issuer
-- unit. Refusals: DV404 not visible, DV403 not_permitted, DV409 wrong_state / already_issued /
-- no_lead / outside_issuer / parent_not_in_force, DV412 with the current version in DETAIL. The state is told before the version: a second
-- "issue" is refused for what it is.

set local role danvan_owner;

create view api.plans with (security_invoker = true) as
select
    p.id,
    p.number,
    p.title,
    p.document_id,
    p.issuer_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = p.issuer_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as issuer_unit_name,
    p.issuer_area_id,
    p.original_issuer_unit_id,
    p.parent_plan_id,
    p.report_outline,
    p.signed_on,
    p.signer,
    p.period_from,
    p.period_to,
    p.status,
    p.issued_at,
    p.issued_by,
    p.version,
    p.created_at,
    p.updated_at,
    case when p.issuer_unit_id = (select private.my_unit()) then array_remove(array[
        case when p.status = 'draft' and (select private.my_rank()) >= 2 then 'update' end,
        case when p.status = 'draft' and (select private.my_rank()) >= 2 then 'delete' end,
        case when p.status = 'draft' and (select private.my_rank()) >= 2 then 'submit' end,
        case when p.status = 'draft' and p.parent_plan_id is not null and (select private.my_rank()) >= 2
            then 'take-items' end,
        case when p.status = 'submitted' and (select private.my_rank()) >= 3 then 'return' end,
        case when p.status = 'submitted' and (select private.my_rank()) >= 3 then 'issue' end,
        case when p.status = 'in_force' and (select private.my_rank()) >= 3 then 'close' end,
        case when p.status = 'in_force' and (select private.my_rank()) >= 3 then 'generate-periods' end], null)
        else '{}' end::text[] as actions,
    private.search_text(p.number || ' ' || p.title) as search,
    p.province_key,
    p.district_key,
    p.grassroots_key,
    p.province_line_key,
    p.district_line_key,
    p.grassroots_line_key
from app.plan as p;

-- A plan the caller does not see is not there.
create function private.plan_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.plan as p where p.id = p_id) then
        raise exception 'no such plan' using errcode = 'DV404';
    end if;
end;
$$;

create function api.plan_submit(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.plan_visible(p_id);
    perform private.plan_move(p_id, p_version, 'submit', p_body ->> 'note');
end;
$$;

create function api.plan_return(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.plan_visible(p_id);
    perform private.plan_move(p_id, p_version, 'return', p_body ->> 'note');
end;
$$;

-- Answers {"assignments", "parts", "by_item": [{"code", "level", "occurrences", "leads", "assignments"}],
-- "suggests": [{"assignment_id", "item_code", "occurrence", "due_on", "version", "note"}]}: the issuer's
-- own assignments that this plan answers, to be reported by whoever answers for them.
create function api.plan_issue(p_id uuid, p_version integer, p_body jsonb default null) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    perform private.plan_visible(p_id);
    return private.plan_issue(p_id, p_version);
end;
$$;

-- Closing ends the recording of progress; assignments stay as they are.
create function api.plan_close(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.plan_visible(p_id);
    perform private.plan_move(p_id, p_version, 'close', p_body ->> 'note');
end;
$$;
