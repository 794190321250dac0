-- Ratings of the five bodies' 111 grassroots organisations. Communes are numbered 1 to 111 in the order
-- of district and commune code; of each body every so-and-so-many-th was rated below "khá" in 2021, and
-- the last ones are missing. The youth union stays under 90 %. For 2022 two bodies have begun.
reset role;

\if :is_new_year

select pg_temp.demo_day('2022-11-21') \g /dev/null
create temp table demo_rating (line text primary key, below_every integer not null, rated_2021 integer not null, rated_2022 integer not null);
insert into demo_rating values
    ('trade_union', 20, 110, 0), ('farmers', 12, 111, 0), ('women', 30, 111, 74), ('veterans', 15, 111, 37), ('youth', 8, 109, 0);

insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
select u.unit_id, y.year, 'five_grades',
    case when u.number % d.below_every = 0 then case when u.number % (d.below_every * 3) = 0 then 'weak' else 'average' end
        when u.number % 9 = 4 then 'excellent' when u.number % 3 = 1 then 'fair' else 'good' end,
    pg_temp.demo_workday(y.rated_on + u.number % 12), u.superior_id
from (
    select x.*, (row_number() over (partition by x.line order by x.district_code, x.code))::integer as number
    from demo_unit as x
    where x.level = 'grassroots' and x.line in (select d.line from demo_rating as d)) as u
join demo_rating as d on d.line = u.line
join (values (2021, date '2021-12-06'), (2022, date '2022-11-08')) as y (year, rated_on)
    on u.number <= case y.year when 2021 then d.rated_2021 else d.rated_2022 end
order by y.year, u.line, u.number;
drop table demo_rating;

\endif
