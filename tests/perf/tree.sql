-- The national territory in versions: 63 provinces, 705 districts, 10,600 communes of 2021; renamed in part
-- in 2022; 1 July 2025: 34 provinces, no districts, 3,321 communes; renamed in part in 2026. For measuring
-- only, on a database of its own; a superuser.
\set ON_ERROR_STOP on
set session_replication_role = replica;
begin;
create temp table base as select coalesce(max(id), 0) as id from app.area;
create temp table area_new as
select b.id + n as id, 1 as tier, null::int as parent_id, n as nth from base as b, generate_series(1, 63) as n
union all
select b.id + 63 + n, 2, b.id + 1 + (n - 1) % 63, n from base as b, generate_series(1, 705) as n
union all
select b.id + 768 + n, 3, b.id + 64 + (n - 1) % 705, n from base as b, generate_series(1, 10600) as n
union all  -- made in 2025
select b.id + 11368 + n, 4, null, n from base as b, generate_series(1, 34) as n
union all
select b.id + 11402 + n, 5, b.id + 11369 + (n - 1) % 34, n from base as b, generate_series(1, 3321) as n;
insert into app.area (id, level_id, parent_id, is_active)
select a.id, (array[1, 2, 3, 1, 3])[a.tier], a.parent_id, a.tier > 3 from area_new as a;
-- with its triggers: they make the nodes
set local session_replication_role = origin;
insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, valid_to)
select a.id, (array['P', 'D', 'C', 'NP', 'NC'])[a.tier] || a.nth,
    (array['Tỉnh ', 'Huyện ', 'Xã ', 'Tỉnh mới ', 'Xã mới '])[a.tier] || a.nth,
    (array['Tỉnh', 'Huyện', 'Xã', 'Tỉnh', 'Xã'])[a.tier], a.parent_id,
    case when a.tier > 3 then date '2025-07-01' else '2021-07-01' end,
    case when a.tier > 3 then case when a.nth % 10 = 0 then date '2026-04-30' end
        when a.nth % 10 = 0 then date '2022-10-01' else '2025-07-01' end
from area_new as a;
insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, valid_to)
select a.id, (array['P', 'D', 'C', 'NP', 'NC'])[a.tier] || a.nth,
    (array['Thành phố ', 'Thị xã ', 'Phường ', 'Thành phố mới ', 'Phường mới '])[a.tier] || a.nth,
    (array['Thành phố', 'Thị xã', 'Phường', 'Thành phố', 'Phường'])[a.tier], a.parent_id,
    case when a.tier > 3 then date '2026-04-30' else '2022-10-01' end,
    case when a.tier <= 3 then date '2025-07-01' end
from area_new as a where a.nth % 10 = 0;
set local session_replication_role = replica;
insert into app.reorganisation (id, title, legal_basis, effective_on, owner_unit_id, owner_area_id)
select '0193a000-0000-7000-8000-000000000001', 'NV', 'NV', '2025-07-01', u.id, u.area_id from app.unit as u where u.code = 'bdv-70';
insert into app.reorganisation_step (id, reorganisation_id, position, subject, kind)
values ('0193a000-0000-7000-8000-000000000002', '0193a000-0000-7000-8000-000000000001', 1, 'area', 'merge');
insert into app.area_link (predecessor_id, successor_id, effective_on, allocation, step_id)
select b.id + 768 + n, b.id + 11403 + (n - 1) % 3321, '2025-07-01', 'sum', '0193a000-0000-7000-8000-000000000002'
from base as b, generate_series(1, 10600) as n;
commit;
vacuum analyze app.area, app.area_version, app.area_link;
