-- When each level holds its review meetings: the 6-month one about July, the 9-month one about October, the year's end in
-- December; those below some days before, for the level above tells what they told. Data: another province sets its own days.
reset role;

insert into app.meeting_rule as r (kind, level_id, period_kind, held_offset_days, title_pattern)
select w.kind, l.id, w.period_kind, w.days, w.title
from (values
    ('six_months', 'province', 'six_months', 12, 'Hội nghị giao ban công tác dân vận 6 tháng đầu năm {year}'),
    ('six_months', 'district', 'six_months', 5, 'Hội nghị giao ban công tác dân vận 6 tháng đầu năm {year}'),
    ('six_months', 'grassroots', 'six_months', 0, 'Hội nghị giao ban công tác dân vận 6 tháng đầu năm {year}'),
    ('nine_months', 'province', 'nine_months', 12, 'Hội nghị giao ban công tác dân vận 9 tháng năm {year}'),
    ('nine_months', 'district', 'nine_months', 5, 'Hội nghị giao ban công tác dân vận 9 tháng năm {year}'),
    ('nine_months', 'grassroots', 'nine_months', 0, 'Hội nghị giao ban công tác dân vận 9 tháng năm {year}'),
    ('year_end', 'province', 'year', -5, 'Hội nghị tổng kết công tác dân vận năm {year}'),
    ('year_end', 'district', 'year', -12, 'Hội nghị tổng kết công tác dân vận năm {year}'),
    ('year_end', 'grassroots', 'year', -19, 'Hội nghị tổng kết công tác dân vận năm {year}')
) as w (kind, level, period_kind, days, title)
join app.level as l on l.code = w.level
on conflict (kind, level_id) do update
    set period_kind = excluded.period_kind, held_offset_days = excluded.held_offset_days, title_pattern = excluded.title_pattern
    where (r.period_kind, r.held_offset_days, r.title_pattern)
        is distinct from (excluded.period_kind, excluded.held_offset_days, excluded.title_pattern);
