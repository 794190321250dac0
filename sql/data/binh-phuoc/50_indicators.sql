-- The targets K1 to K6 of plan 36 as indicators, with the readings told in docs/indicators.md; change
-- the two together. An indicator that stands already is left as its issuer has it since.
reset role;

create temp table wanted_indicator (
    code text primary key, item text not null, name text not null, measure_unit text not null, kind text not null,
    source text not null, from_year integer not null, until_year integer not null, threshold bigint not null,
    level_codes text[] not null, line_codes text[] not null, told_by text, position integer generated always as identity);

insert into wanted_indicator (code, item, name, measure_unit, kind, source, from_year, until_year, threshold,
    level_codes, line_codes, told_by)
values
    ('K1', 'K1', 'Tổ chức cơ sở của đoàn thể được xếp loại khá trở lên', 'tổ chức cơ sở', 'ratio', 'rating', 2021, 2025, 90,
        array['grassroots'], array['trade_union', 'farmers', 'women', 'veterans', 'youth'], null),
    ('K2', 'K2', 'Tổ chức có một phong trào, một nhiệm vụ xây dựng nông thôn mới, đô thị văn minh', 'tổ chức', 'ratio',
        'report', 2021, 2025, 100,
        array['grassroots'], array['front', 'trade_union', 'farmers', 'women', 'veterans', 'youth'], null),
    ('K3', 'K3', 'Cuộc giao ban trong năm', 'cuộc', 'value', 'report', 2021, 2025, 3,
        array['province'], array['mobilization'], 'T4'),
    ('K4a', 'K4', 'Kế hoạch phối hợp với Ủy ban nhân dân cùng cấp', 'kế hoạch', 'ratio', 'report', 2021, 2025, 100,
        array['province', 'district'], array['mobilization'], 'T2.1.4'),
    ('K4b', 'K4', 'Kế hoạch phối hợp với lực lượng vũ trang cùng cấp', 'kế hoạch', 'ratio', 'report', 2021, 2025, 100,
        array['province', 'district'], array['mobilization'], 'T2.3.3'),
    ('K5', 'K5', 'Hội nghị quán triệt đã hoàn thành', 'hội nghị', 'ratio', 'report', 2021, 2021, 100,
        array['province', 'district'], array['mobilization'], 'T1.1'),
    ('K6', 'K6', 'Lớp tập huấn mở cùng Trường Chính trị', 'lớp', 'value', 'report', 2021, 2025, 1,
        array['province'], array['mobilization'], 'T5.3');

create temp table new_indicator as
with made as (
    insert into app.indicator (plan_id, plan_item_id, code, name, measure_unit, kind, direction, roll_up, frequency, source,
        from_year, until_year, position)
    select t.plan_id, t.id, w.code, w.name, w.measure_unit, w.kind, 'up',
        case w.kind when 'ratio' then 'ratio' else 'sum' end, 'year', w.source, w.from_year, w.until_year, w.position * 10
    from wanted_indicator as w
    join app.plan_item as t on t.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and t.code = w.item
    order by w.position
    on conflict (plan_id, code) do nothing
    returning id, plan_id, code)
select m.id, m.plan_id, w.* from made as m join wanted_indicator as w using (code);

insert into app.indicator_ask (indicator_id, level_id, line_id)
select n.id, l.id, i.id
from new_indicator as n
join app.level as l on l.code = any (n.level_codes)
join app.line as i on i.code = any (n.line_codes);

insert into app.indicator_item (indicator_id, plan_item_id)
select n.id, t.id from new_indicator as n join app.plan_item as t on t.plan_id = n.plan_id and t.code = n.told_by;

-- Of every line asked, each for itself: K1 says "mỗi đoàn thể".
insert into app.target (indicator_id, year, comparator, threshold)
select n.id, year, '>=', n.threshold from new_indicator as n cross join generate_series(n.from_year, n.until_year) as year;

drop table new_indicator, wanted_indicator;
