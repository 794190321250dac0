-- Models, where they were replicated, drives and awards as their readers see them, and the commands on them.
--
--   emulation_model_confirm_effective   a leader of the unit that registered it
--   emulation_model_recognise           a leader of that unit or of one in whose scope it lies, at the level of the leader's
--                                       unit, by a decision: {"document_id"}
--   emulation_model_end                 an officer or leader of the unit: {"reason"}
--   emulation_drive_launch, _sum_up     a leader of the unit that holds it
-- Refusals: as in 44_api_inspections.sql.

set local role danvan_owner;

create view api.emulation_models with (security_invoker = true) as
select
    m.id,
    m.field,
    m.name,
    m.description,
    m.year,
    m.registered_on,
    m.status,
    m.effective_on,
    m.recognised_on,
    (select x.code from app.level as x where x.id = m.recognition_level_id) as recognition_level,
    m.recognised_by_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = m.recognised_by_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as recognised_by_unit_name,
    m.document_id,
    (select d.symbol from app.document as d where d.id = m.document_id) as document_symbol,
    m.ended_on,
    m.end_reason,
    (select count(*) from app.emulation_replication as x where x.model_id = m.id) as replication_count,
    m.plan_item_id,
    (select i.code from app.plan_item as i where i.id = m.plan_item_id) as item_code,
    m.drive_id,
    (select e.title from app.emulation_drive as e where e.id = m.drive_id) as drive_title,
    m.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = m.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    m.version,
    m.created_at,
    m.updated_at,
    array_remove(array[
        case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and m.is_open then 'update' end,
        case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and m.status = 'registered' then 'delete' end,
        case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3 and m.status = 'registered' then 'confirm-effective' end,
        case when (select private.my_rank()) >= 3 and m.status in ('effective', 'recognised')
            and coalesce(m.recognition_level_id > (select private.my_level()), true)
            and (m.owner_unit_id = (select private.my_unit()) or private.in_my_scope(m.province_key, m.district_key, m.grassroots_key,
                m.province_line_key, m.district_line_key, m.grassroots_line_key)) then 'recognise' end,
        case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and m.is_open then 'end' end], null)::text[] as actions,
    m.search,
    m.province_key,
    m.district_key,
    m.grassroots_key,
    m.province_line_key,
    m.district_line_key,
    m.grassroots_line_key
from app.emulation_model as m
join app.level as l on l.id = m.level_id
join app.line as n on n.id = m.line_id
left join app.unit as u on u.id = m.owner_unit_id;

create view api.emulation_replications with (security_invoker = true) as
select
    x.id,
    x.model_id,
    m.name as model_name,
    m.field,
    x.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = x.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    x.area_id,
    (select v.name from app.area_version as v
        where v.area_id = x.area_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as area_name,
    x.replicated_on,
    x.note,
    x.recorded_by_unit_id,
    x.version,
    x.created_at,
    x.updated_at,
    case when x.recorded_by_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and m.status <> 'ended'
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.emulation_replication as x
join app.emulation_model as m on m.id = x.model_id
left join app.unit as u on u.id = x.unit_id;

create view api.emulation_drives with (security_invoker = true) as
select
    e.id,
    e.kind,
    e.title,
    e.plan_item_id,
    (select p.number from app.plan_item as i join app.plan as p on p.id = i.plan_id where i.id = e.plan_item_id) as plan_number,
    (select i.code from app.plan_item as i where i.id = e.plan_item_id) as item_code,
    e.document_id,
    (select d.symbol from app.document as d where d.id = e.document_id) as document_symbol,
    e.starts_on,
    e.ends_on,
    e.launched_on,
    e.summed_up_on,
    e.status,
    e.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = e.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    e.version,
    e.created_at,
    e.updated_at,
    case when e.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(array[
        case when e.is_open then 'update' end,
        case when e.status = 'planned' then 'delete' end,
        case when e.status = 'planned' and (select private.my_rank()) >= 3 then 'launch' end,
        case when e.status = 'under_way' and (select private.my_rank()) >= 3 then 'sum-up' end], null)
        else '{}' end::text[] as actions,
    e.search,
    e.province_key,
    e.district_key,
    e.grassroots_key,
    e.province_line_key,
    e.district_line_key,
    e.grassroots_line_key
from app.emulation_drive as e
join app.level as l on l.id = e.level_id
join app.line as n on n.id = e.line_id
left join app.unit as u on u.id = e.owner_unit_id;

create view api.award_counts with (security_invoker = true) as
select
    a.id,
    a.year,
    a.form,
    a.awarding_level_id,
    (select x.code from app.level as x where x.id = a.awarding_level_id) as awarding_level,
    a.group_count,
    a.person_count,
    a.awarded_on,
    a.drive_id,
    (select e.title from app.emulation_drive as e where e.id = a.drive_id) as drive_title,
    a.document_id,
    (select d.symbol from app.document as d where d.id = a.document_id) as document_symbol,
    a.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = a.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    a.version,
    a.created_at,
    a.updated_at,
    case when a.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array['update', 'delete'] else '{}' end::text[] as actions,
    a.province_key,
    a.district_key,
    a.grassroots_key,
    a.province_line_key,
    a.district_line_key,
    a.grassroots_line_key
from app.award_count as a
join app.level as l on l.id = a.level_id
join app.line as n on n.id = a.line_id
left join app.unit as u on u.id = a.owner_unit_id;

-- Commands -----------------------------------------------------------------------------------------------

create function api.emulation_model_confirm_effective(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('emulation_model', p_id);
    perform private.emulation_model_confirm(p_id, p_version);
end;
$$;

create function api.emulation_model_recognise(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    decision constant uuid := private.named_document_read(p_body);
begin
    perform private.must_see('emulation_model', p_id);
    if decision is null then
        raise exception 'by what decision' using errcode = 'DV422', column = 'document_id', constraint = 'required';
    end if;
    perform private.emulation_model_recognise(p_id, p_version, decision);
end;
$$;

create function api.emulation_model_end(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('emulation_model', p_id);
    perform private.emulation_model_end(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.emulation_drive_launch(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('emulation_drive', p_id);
    perform private.emulation_drive_move(p_id, p_version, 'under_way');
end;
$$;

create function api.emulation_drive_sum_up(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('emulation_drive', p_id);
    perform private.emulation_drive_move(p_id, p_version, 'summed_up');
end;
$$;
