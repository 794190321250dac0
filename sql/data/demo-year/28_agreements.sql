-- Which coordination plans the demonstration year has, and the day each was signed: told before the reports (30), which count
-- them for K4, and before the plans themselves (73).
reset role;

\if :is_new_year

create temp table demo_agreement as
select private.new_id() as plan_id, u.unit_id, u.code, u.level, u.class, u.name, x.partner_kind, x.term, x.year, x.until_year, x.item,
    u.code || '|' || x.partner_kind || '|' || x.year || x.term as words,
    case when x.is_draft then null else pg_temp.demo_workday(x.from_day + pg_temp.demo_roll(u.code || '|' || x.partner_kind || '|signed') % 60) end as signed_on
from demo_unit as u
cross join lateral (values
    ('people_committee', 'yearly', 2021, null::integer, 'T2.1.4', date '2021-09-01', false,
        u.level = 'province' or (u.level = 'district' and pg_temp.demo_roll(u.code || '|2021') < 50)),
    ('people_committee', 'yearly', 2022, null, 'T2.1.4', '2022-01-10', u.code = 'bdv-691',
        u.level in ('province', 'district') and u.code <> 'bdv-693' or (u.level = 'grassroots' and pg_temp.demo_roll(u.code || '|2022') < 35)),
    ('armed_forces', 'yearly', 2022, null, 'T2.3.3', '2022-01-20', false,
        u.level = 'province' or (u.level = 'district' and u.class <> 'weak' and pg_temp.demo_roll(u.code || '|forces') < 70)),
    ('armed_forces', 'stage', 2021, 2025, 'T2.3.3', '2021-09-15', false,
        u.level = 'province' or (u.level = 'district' and u.class <> 'weak' and pg_temp.demo_roll(u.code || '|stage') < 40))
) as x (partner_kind, term, year, until_year, item, from_day, is_draft, is_there)
where u.code like 'bdv-%' and u.code not like 'bdv-70-%' and x.is_there or u.code like 'kdv-%' and x.is_there;

\endif
