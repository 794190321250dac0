-- The plan's outline, who answers for each item, and when it is due.

set local role danvan_owner;

create view api.plan_items with (security_invoker = true) as
select
    i.id,
    i.plan_id,
    p.number as plan_number,
    p.status as plan_status,
    i.parent_id,
    i.block_id,
    b.code as block_code,
    i.kind,
    i.code,
    i.outline,
    i.position,
    i.title,
    i.text,
    i.deliverable,
    i.source_document_id,
    d.symbol as source_symbol,
    i.source_clause,
    i.carries_out_id,
    c.code as carries_out_code,
    i.asks_own_plan,
    i.version,
    i.created_at,
    i.updated_at,
    case when p.status = 'draft' and p.issuer_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions,
    i.search
from app.plan_item as i
join app.plan as p on p.id = i.plan_id
left join app.plan_item as b on b.id = i.block_id
left join app.plan_item as c on c.id = i.carries_out_id
left join app.document as d on d.id = i.source_document_id;

-- One item with everything about it.
create view api.plan_item_details with (security_invoker = true) as
select
    i.*,
    private.item_responsibilities(i.id, i.block_id) as responsibilities,
    private.item_documents(i.id) as documents,
    (select coalesce(jsonb_agg(jsonb_build_object(
            'level', l.code, 'recurrence', s.recurrence, 'label', s.label, 'starts_on', s.starts_on,
            'due_on', s.due_on, 'until_year', s.until_year, 'is_inferred', s.is_inferred, 'note', s.note)
            order by l.id, s.due_on), '[]')
        from app.schedule as s join app.level as l on l.id = s.level_id
        where s.plan_item_id = i.id) as schedules
from api.plan_items as i;

create view api.responsibilities with (security_invoker = true) as
select
    r.id,
    i.plan_id,
    r.plan_item_id,
    i.code as item_code,
    r.role,
    r.level_id,
    l.code as level,
    r.unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = r.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    r.holder_role,
    h.name as holder_name,
    r.holder_level_id,
    hl.code as holder_level,
    r.as_written,
    r.note,
    i.position as item_position,
    r.version,
    r.created_at,
    r.updated_at
from app.responsibility as r
join app.plan_item as i on i.id = r.plan_item_id
left join app.level as l on l.id = r.level_id
left join app.level as hl on hl.id = r.holder_level_id
left join app.level_role as h on h.code = r.holder_role;

create view api.schedules with (security_invoker = true) as
select
    s.id,
    i.plan_id,
    s.plan_item_id,
    i.code as item_code,
    s.level_id,
    l.code as level,
    s.recurrence,
    s.label,
    s.starts_on,
    s.due_on,
    s.until_year,
    s.is_inferred,
    s.note,
    i.position as item_position,
    s.version,
    s.created_at,
    s.updated_at
from app.schedule as s
join app.plan_item as i on i.id = s.plan_item_id
join app.level as l on l.id = s.level_id;
