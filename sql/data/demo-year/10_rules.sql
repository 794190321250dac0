-- The demonstration year: what every other file here draws from. Loaded once, after the plain
-- demonstration and while it still stands on its day with no report sent; a later run leaves all alone.
--
-- Nothing is random. Every choice hangs on pg_temp.demo_roll, a hash of the seed and of what is being
-- chosen, so that two loads give the same facts (docs/demonstration.md).
reset role;

select exists (
        select from app.plan as p
        where p.id = '017b4fe7-da80-7000-8000-000000000a36' and p.status = 'in_force'
            and not exists (select from app.report as r where r.plan_id = p.id and r.status <> 'not_started'))
    and (select i.mode = 'demonstration' and i.fixed_today = '2021-11-15' from private.installation as i) as is_new_year
\gset

\if :is_new_year

-- 0 to 99, the same for the same words on every machine.
create function pg_temp.demo_roll(p_words text) returns integer
    language sql immutable
    return ('x' || substr(md5('danvan ke hoach 36|' || p_words), 1, 7))::bit(28)::integer % 100;

-- The last working day up to this one.
create function pg_temp.demo_workday(p_day date) returns date
    language sql immutable
    return p_day - greatest(extract(isodow from p_day)::integer - 5, 0);

-- Some hour of a working day, for records that carry a time.
create function pg_temp.demo_time(p_day date, p_words text) returns timestamptz
    language sql stable
    return (p_day + time '07:30' + make_interval(mins => pg_temp.demo_roll(p_words || '|hour') * 5)) at time zone 'Asia/Ho_Chi_Minh';

-- The demonstration walks through its year: the day of the installation is moved on as it goes.
create function pg_temp.demo_day(p_day date) returns void
    language sql
begin atomic
    update private.installation set fixed_today = p_day;
end;

-- The day on which it ends, and what of each hundred is done by whom: two districts do well, two badly.
create temp table demo_share (
    class text primary key,
    in_time integer not null,       -- assignments due by now, done in time
    in_the_end integer not null,    -- … or late
    ahead integer not null,         -- assignments due later, done already
    begun integer not null,         -- of the rest, begun
    confirmed integer not null,     -- of what is reported, confirmed by the leader
    report_in_time integer not null, report_in_the_end integer not null);
insert into demo_share values
    ('steady', 92, 100, 30, 96, 95, 90, 100),
    ('good', 94, 99, 35, 97, 92, 96, 100),
    ('normal', 82, 95, 22, 88, 85, 86, 97),
    ('weak', 60, 82, 8, 60, 70, 62, 88);

create temp table demo_class (district_code text primary key, class text not null);
insert into demo_class values ('689', 'good'), ('697', 'good'), ('691', 'weak'), ('693', 'weak');

-- Units that the plan names, with the accounts that write and decide there. Most have none yet: each
-- gets an officer and a leader, named after the post and without a password.
create temp table demo_unit as
select u.id as unit_id, u.code, u.kind, l.code as level, n.code as line, u.area_id, district.code as district_code,
    case when l.code = 'province' then 'steady' else coalesce(c.class, 'normal') end as class,
    private.superior_of(u.id, '017b4fe7-da80-7000-8000-000000000a36') as superior_id,
    v.name, null::uuid as officer_id, null::uuid as leader_id
from app.unit as u
join app.level as l on l.id = u.level_id
join app.line as n on n.id = u.line_id
join app.unit_version as v on v.unit_id = u.id and v.valid_from = '2021-07-01'
left join app.area_version as district on district.area_id = u.district_key and district.valid_from = '2021-07-01'
left join demo_class as c on c.district_code = district.code
where u.id in (
    select a.lead_unit_id from app.assignment as a
    union select p.unit_id from app.assignment_part as p
    union select s.id from app.unit as s where s.kind in (select k.superior_kind from app.unit_kind_superior as k));
alter table demo_unit add primary key (unit_id);

create temp table demo_post (login text primary key, display_name text not null, unit_id integer not null, role text not null);
insert into demo_post
select u.code || post.suffix, post.title || ' ' || u.name, u.unit_id, post.role
from demo_unit as u
join (values
    ('.chuyenvien', 'officer', 'Chuyên viên', array['province', 'district']),
    ('.canbo', 'officer', 'Cán bộ', array['grassroots']),
    ('.lanhdao', 'leader', 'Lãnh đạo', array['province', 'district', 'grassroots'])
) as post (suffix, role, title, levels) on u.level = any (post.levels)
where not exists (select from app.membership as m where m.unit_id = u.unit_id and m.role = post.role);

insert into app.user_account (login, display_name, home_unit_id)
select p.login, p.display_name, p.unit_id from demo_post as p order by p.login;
insert into app.membership (user_id, unit_id, role, valid_from)
select a.id, p.unit_id, p.role, '2021-07-01'
from demo_post as p join app.user_account as a on a.login = p.login
order by p.login;
update demo_unit as u
set officer_id = (select m.user_id from app.membership as m join app.user_account as a on a.id = m.user_id
        where m.unit_id = u.unit_id and m.role = 'officer' order by a.login limit 1),
    leader_id = (select m.user_id from app.membership as m join app.user_account as a on a.id = m.user_id
        where m.unit_id = u.unit_id and m.role = 'leader' order by a.login limit 1);
drop table demo_post;
analyze demo_unit;

\endif
