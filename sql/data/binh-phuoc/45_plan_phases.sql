-- The three phases of plan 36 (III.5): rolled out, supervised, closed; each told by its own item and for its years.
reset role;

insert into app.plan_phase (plan_id, from_year, to_year, name, plan_item_id)
select i.plan_id, w.from_year, w.to_year, w.name, i.id
from (values
    ('T6.5a', 2021, 2021, 'Triển khai thực hiện'),
    ('T6.5b', 2022, 2024, 'Giám sát việc thực hiện'),
    ('T6.5c', 2025, 2025, 'Kiểm tra, tổng kết 5 năm')) as w (code, from_year, to_year, name)
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = w.code
-- whoever changed them keeps them so
where not exists (select from app.plan_phase as f where f.plan_id = i.plan_id);
