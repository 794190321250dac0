-- The headings of reports that a meeting's packet quotes: what happened and how it went. What is asked for (proposals) has a
-- place of its own there; plans for the time to come have none.
reset role;

update app.report_outline_section as s
set is_situation = w.code is not null
from app.report_outline_section as x
left join (values
    ('sector_year', 'general'), ('sector_year', 'party_committees'), ('sector_year', 'state_bodies'),
    ('sector_year', 'front_and_bodies'), ('sector_year', 'ethnic_and_religious'), ('sector_year', 'assessment'),
    ('plan_36', 'leadership'), ('plan_36', 'state_bodies'), ('plan_36', 'front_and_bodies'), ('plan_36', 'armed_forces'),
    ('plan_36', 'ethnic_minorities'), ('plan_36', 'religion'), ('plan_36', 'limits_and_causes')
) as w (outline, code) on w.outline = x.outline and w.code = x.code
where s.outline = x.outline and s.code = x.code and x.outline in ('sector_year', 'plan_36')
    and s.is_situation is distinct from (w.code is not null);
