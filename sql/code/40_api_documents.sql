-- Documents and how they relate.

set local role danvan_owner;

create view api.documents with (security_invoker = true) as
select
    d.id,
    d.version,
    d.symbol,
    d.kind,
    k.name as kind_name,
    d.issuer,
    d.issued_on,
    d.subject,
    d.as_written,
    d.is_doubtful,
    d.doubt,
    d.status,
    d.owner_unit_id,
    n.name as owner_unit_name,
    d.owner_area_id,
    d.created_at,
    d.updated_at,
    case
        when d.owner_unit_id is distinct from (select private.my_unit())
            or (select private.my_rank()) < 2 then array[]::text[]
        when d.status = 'draft' then array['update', 'delete']
        else array['update']
    end as actions,
    d.search,
    d.province_key,
    d.district_key,
    d.grassroots_key,
    d.province_line_key,
    d.district_line_key,
    d.grassroots_line_key
from app.document as d
join app.document_kind as k on k.code = d.kind
left join private.unit_today as n on n.unit_id = d.owner_unit_id;

create view api.document_relations with (security_invoker = true) as
select
    r.id,
    r.version,
    r.from_id,
    f.symbol as from_symbol,
    f.subject as from_subject,
    r.kind,
    r.to_id,
    t.symbol as to_symbol,
    t.subject as to_subject,
    r.note,
    r.created_at,
    r.updated_at,
    case
        when f.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
            then array['update', 'delete']
        else array[]::text[]
    end as actions
from app.document_relation as r
join app.document as f on f.id = r.from_id
join app.document as t on t.id = r.to_id;
