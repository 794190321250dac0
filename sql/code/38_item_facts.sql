-- What hangs on a plan item, as JSON: shared by the detail views of items and of assignments. Run as
-- the caller, so row security holds inside; in plpgsql, which keeps its plan from call to call.

set local role danvan_owner;

-- The responsibilities that hold for one item at all its levels, its block's included where the
-- item has none of its own for that role and level: [{role, level, unit_id, …}].
create function private.item_responsibilities(p_item_id uuid, p_block_id uuid) returns jsonb
    language plpgsql stable set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'role', r.role,
            'level', l.code,
            'unit_id', r.unit_id,
            'unit_name', (select v.name from app.unit_version as v
                where v.unit_id = r.unit_id and v.valid_from <= private.today() order by v.valid_from desc limit 1),
            'holder_role', r.holder_role,
            'holder_name', h.name,
            'holder_level', hl.code,
            'as_written', r.as_written,
            'note', r.note,
            'from_block', r.plan_item_id <> p_item_id)
            order by array_position(array['lead', 'advising_office', 'coordinating', 'doer'], r.role),
                r.plan_item_id <> p_item_id, l.id, r.id), '[]')
        from app.responsibility as r
        left join app.level as l on l.id = r.level_id
        left join app.level as hl on hl.id = r.holder_level_id
        left join app.level_role as h on h.code = r.holder_role
        where r.plan_item_id = p_item_id
            or (r.plan_item_id = p_block_id
                and not exists (
                    select from app.responsibility as own
                    where own.plan_item_id = p_item_id and own.role = r.role
                        and (own.level_id is null or own.level_id is not distinct from r.level_id))));
end;
$$;

create function private.item_documents(p_item_id uuid) returns jsonb
    language plpgsql stable set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', d.id, 'symbol', d.symbol, 'kind', d.kind, 'issuer', d.issuer, 'issued_on', d.issued_on,
            'subject', d.subject, 'is_doubtful', d.is_doubtful) order by d.issued_on, d.id), '[]')
        from app.plan_item_document as x
        join app.document as d on d.id = x.document_id
        where x.plan_item_id = p_item_id);
end;
$$;
