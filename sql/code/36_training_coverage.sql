-- Who must have what, and who holds it, as of a day.
--
-- People are counted by the primary post valid on that day (a secondment leaves them with their home unit), in
-- the unit, level and line of that post, whatever became of either since. The certificate belongs to the person:
-- it counts wherever it was earned. So the figures are taken past row security, from the posts of the caller's
-- scope alone (scope_of_unit refuses any other), and tell of nobody by name. Names are given out by
-- api.training_due, from the people that the caller sees.
--
-- A province has ten thousand people, each asked for a few topics, and a handful of ways to stand: so what a person
-- holds is one number, people who stand alike are counted together, and only these counts meet the requirements.

set local role danvan_policy;

-- Topics of one pass: each has a bit for a certificate and one, so many places higher, for a certificate that
-- is valid. Who is asked for more topics in a year is counted in as many passes.
create function private.training_pass() returns integer
    language sql immutable parallel safe
    return 31;

-- Who is asked for which of the topics (a bit for each, by its place in p_topics), spread over levels and lines: who
-- is asked twice is asked once.
create function private.training_posts_asked(p_plan_id uuid, p_year integer, p_topics text[])
    returns table (position_code text, level_id smallint, line_id smallint, asked bigint)
    language plpgsql stable set search_path = '' rows 500
as $$
begin
    return query
    select t.position_code, l.id, n.id, bit_or(1::bigint << array_position(p_topics, t.topic_code) - 1)
    from app.training_requirement as t
    join app.level as l on t.level_id is null or t.level_id = l.id
    join app.line as n on t.line_id is null or t.line_id = n.id
    where t.plan_id = p_plan_id and t.year = p_year and t.topic_code = any (p_topics)
    group by t.position_code, l.id, n.id;
end;
$$;

-- The statement behind both, for a scope column. $1 topics of the pass, $2 posts asked for any of them, $3 day,
-- $4 key, $5 unit or NULL, $6 with those under it, $7 the day on which a certificate is to be valid, $8 plan, $9 year.
-- One row per person: asked and held have the bits above, of the topics asked alone; asked is NULL where nothing is.
-- A certificate from after $3 does not count.
-- A left join, for the planner: of an inner join over three columns it expects one row, and sorts or loops on.
-- Certificates are read from an index alone (training_record_held_idx). p_is_gathered: all there are, once, in
-- the order of the index; else person by person, which is as long for a province among 63 as for one alone.
create function private.training_standing_sql(p_key_column text, p_is_gathered boolean) returns text
    language plpgsql immutable set search_path = ''
as $$
begin
    return format($sql$
        select p.staff_id, p.unit_id, p.level_id, p.line_id, p.position_code, q.asked, h.held & (q.asked | (q.asked << %2$s)) as held
        from app.appointment as p
        left join private.training_posts_asked($8, $9, $1) as q
            on q.position_code = p.position_code and q.level_id = p.level_id and q.line_id = p.line_id
        left join %3$s (
            select r.staff_id, bit_or(case when r.valid_until < $7 then 1::bigint else (1::bigint << %2$s) + 1 end
                << array_position($1, r.topic_code) - 1) as held
            from app.training_record as r
            where r.result = 'passed' and r.certified_on <= $3 %4$s
            group by r.staff_id) as h on h.staff_id = p.staff_id
        where p.%1$I = $4 and p.kind = 'primary' and p.position_code = any ($2)
            and p.valid_from <= $3 and (p.valid_to is null or p.valid_to > $3)
            and ($6 or p.unit_id = $5)$sql$,
        p_key_column, private.training_pass(),
        case when p_is_gathered then '' else 'lateral' end,
        case when p_is_gathered then '' else 'and r.staff_id = p.staff_id' end);
end;
$$;

-- Gather them all? For a province, as long as there are few: 30,000 are read in half the time of asking for each
-- of its people. By what the planner knows of the table.
create function private.training_is_gathered(p_key_column text) returns boolean
    language plpgsql stable set search_path = ''
as $$
begin
    return p_key_column like 'province%'
        and (select c.reltuples < 100000 from pg_catalog.pg_class as c where c.oid = 'app.training_record'::regclass);
end;
$$;

-- What a plan asks for in a year: topics in passes (the first of each pass), and posts.
create function private.training_asked_for(p_plan_id uuid, p_year integer, p_topic text, out topics text[], out posts text[])
    language plpgsql stable set search_path = ''
as $$
begin
    select array_agg(distinct t.topic_code), array_agg(distinct t.position_code) into topics, posts
    from app.training_requirement as t
    where t.plan_id = p_plan_id and t.year = p_year and (p_topic is null or t.topic_code = p_topic);
end;
$$;

-- Counted. By area: the one that the unit stood in on the day.
create function private.training_coverage(
    p_plan_id uuid, p_year integer, p_topic text, p_day date, p_by text, p_unit_id integer, p_subtree boolean)
    returns table (
        group_id integer, group_code text, group_name text, topic text, topic_name text,
        required bigint, held_and_valid bigint, expired bigint, never bigint, percent numeric)
    language plpgsql stable security definer set search_path = '' set enable_mergejoin = off set enable_memoize = off rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    asked constant record := private.training_asked_for(p_plan_id, p_year, p_topic);
begin
    -- what another unit drafts is nobody's to count by
    if not exists (
        select from app.plan as p
        where p.id = p_plan_id and (p.status in ('in_force', 'closed') or p.issuer_unit_id = private.my_unit()))
    then
        return;
    end if;
    for i in 1 .. coalesce(cardinality(asked.topics), 0) by private.training_pass() loop
        return query execute format($sql$
            with told as materialized (
                select %2$s as id, %3$s as code, s.asked, s.held, count(*)::integer as people
                from (%1$s) as s
                group by 1, 2, 3, 4),
            placed as materialized (
                select u.id, coalesce(v.area_id, u.area_id) as area_id
                from app.unit as u
                left join (
                    select distinct on (x.unit_id) x.unit_id, x.area_id
                    from app.unit_version as x
                    where x.valid_from <= $3 and x.unit_id in (select y.id from told as y)
                    order by x.unit_id, x.valid_from desc) as v on v.unit_id = u.id
                where u.id in (select y.id from told as y)),
            counted as materialized (
                select %4$s as id, s.code, t.place, sum(s.people) as required,
                    coalesce(sum(s.people) filter (where s.held >> t.place::integer - 1 + %6$s & 1 = 1), 0) as valid,
                    coalesce(sum(s.people) filter (where s.held >> t.place::integer - 1 & 1 = 1), 0) as held
                from told as s
                join unnest($1) with ordinality as t (topic_code, place) on s.asked >> t.place::integer - 1 & 1 = 1
                %5$s
                group by 1, 2, 3)
            select c.id, n.code, n.name, t.code, t.name, c.required, c.valid, c.held - c.valid, c.required - c.held,
                private.rate(c.valid, c.required)
            from counted as c
            join app.training_topic as t on t.code = ($1)[c.place]
            left join private.group_names($10, (select array_agg(distinct x.id) from counted as x), $3,
                (select array_agg(distinct x.code) from counted as x)) as n on n.%7$s = c.%7$s$sql$,
            private.training_standing_sql(scope.key_column, private.training_is_gathered(scope.key_column)),
            case when p_by in ('unit', 'area') then 's.unit_id' when p_by = 'line' then 's.line_id::integer'
                when p_by = 'level' then 's.level_id::integer' else 'null::integer' end,
            case p_by when 'position' then 's.position_code' else 'null::text' end,
            case p_by when 'area' then 'a.area_id' else 's.id' end,
            case p_by when 'area' then 'join placed as a on a.id = s.id' else '' end,
            private.training_pass(),
            case p_by when 'position' then 'code' else 'id' end)
        using asked.topics[i:i + private.training_pass() - 1], asked.posts, p_day, scope.key_value, p_unit_id,
            p_unit_id is null or p_subtree, p_day, p_plan_id, p_year, p_by;
    end loop;
end;
$$;

-- Who holds none, one that has run out, or one that ends within p_days; without a name. Only for those who may
-- see staff: officers and leaders; everybody in their own unit. Until when is looked up for these alone.
create function private.training_due_rows(
    p_plan_id uuid, p_year integer, p_topic text, p_day date, p_days integer, p_unit_id integer, p_subtree boolean)
    returns table (staff_id uuid, unit_id integer, position_code text, topic_code text, valid_until date)
    language plpgsql stable security definer set search_path = '' set enable_mergejoin = off set enable_memoize = off rows 1000
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    asked constant record := private.training_asked_for(p_plan_id, p_year, p_topic);
begin
    for i in 1 .. coalesce(cardinality(asked.topics), 0) by private.training_pass() loop
        return query execute format($sql$
            with standing as materialized (%1$s)
            select s.staff_id, s.unit_id, s.position_code, t.topic_code, h.until
            from standing as s
            join unnest($1) with ordinality as t (topic_code, place)
                on s.asked >> t.place::integer - 1 & 1 = 1 and coalesce(s.held >> t.place::integer - 1 + %2$s & 1, 0) = 0
            cross join lateral (
                select max(r.valid_until) as until
                from app.training_record as r
                where s.held >> t.place::integer - 1 & 1 = 1
                    and r.staff_id = s.staff_id and r.topic_code = t.topic_code
                    and r.result = 'passed' and r.certified_on <= $3) as h
            where (select private.my_rank()) >= 2 or s.unit_id = (select private.my_unit())$sql$,
            private.training_standing_sql(scope.key_column, private.training_is_gathered(scope.key_column)), private.training_pass())
        using asked.topics[i:i + private.training_pass() - 1], asked.posts, p_day, scope.key_value, p_unit_id,
            p_unit_id is null or p_subtree, p_day + p_days, p_plan_id, p_year;
    end loop;
end;
$$;
