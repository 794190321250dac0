-- 01/10/2022: huyện Chơn Thành becomes a town (thị xã), its township and four of its communes wards. Nobody
-- begins or ends: kinds and names change, codes and identities stay. Carried out once, on its day,
-- before the year is lived through; in a demonstration that stands before it for good it waits.
reset role;

select i.mode = 'demonstration'
    and (i.fixed_today >= '2022-10-01'
        or i.fixed_today = '2021-11-15' and exists (
            select from app.plan as p
            where p.id = '017b4fe7-da80-7000-8000-000000000a36' and p.status = 'in_force'
                and not exists (select from app.report as r where r.plan_id = p.id and r.status <> 'not_started')))
    and not exists (select from app.reorganisation as r where r.legal_basis = '570/NQ-UBTVQH15') as is_new_reorganisation
from private.installation as i
\gset

\if :is_new_reorganisation

\ir ../demo/include/reorganising.sql

do $$
declare
    change uuid;
    place record;
begin
    change := pg_temp.reorg_add('Thành lập thị xã Chơn Thành và các phường thuộc thị xã Chơn Thành', '2022-10-01',
        '570/NQ-UBTVQH15', 'bdv-70',
        pg_temp.reorg_document('570/NQ-UBTVQH15', 'Ủy ban Thường vụ Quốc hội', '2022-08-11',
            'Thành lập thị xã Chơn Thành và các phường thuộc thị xã Chơn Thành, tỉnh Bình Phước', 'bdv-70'));
    for place in
        select *
        from (values
            ('697', 'Thị xã Chơn Thành', 'Thị xã'),
            ('25432', 'Phường Hưng Long', 'Phường'),
            ('25433', 'Phường Thành Tâm', 'Phường'),
            ('25441', 'Phường Minh Hưng', 'Phường'),
            ('25444', 'Phường Minh Long', 'Phường'),
            ('25447', 'Phường Minh Thành', 'Phường')
        ) as p (code, name, kind)
    loop
        perform pg_temp.reorg_part(pg_temp.reorg_step(change, 'area', 'change_kind'), 'from',
            pg_temp.reorg_area(place.code), p_name => place.name, p_kind => place.kind);
    end loop;
    perform pg_temp.reorg_carry_out(change);
end;
$$;

\endif
