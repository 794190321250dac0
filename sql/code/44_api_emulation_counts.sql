-- Models counted as the sector reports them: of those registered in a year, how many had become effective, were recognised
-- and were replicated by the end of the last year asked for, or by the day, whichever comes first. As the caller: a scope
-- sees every model in it.

set local role danvan_owner;

create function api.emulation_counts(
    p_year integer default null, p_since_year integer default null, p_by text default 'level', p_as_of date default null,
    p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, year integer, field text,
        registered bigint, effective bigint, recognised bigint, replicated bigint, percent_effective numeric)
    language plpgsql stable set search_path = '' rows 500
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    day constant date := coalesce(p_as_of, private.today());
    last_year constant integer := coalesce(p_year, extract(year from day)::integer);
    first_year constant integer := coalesce(p_since_year, last_year);
begin
    if first_year > last_year then
        raise exception 'the years run backwards' using errcode = 'DV422', column = 'since_year', constraint = 'wrong_order';
    end if;
    if first_year < 2000 or last_year > 2100 then
        raise exception 'no such year' using errcode = 'DV422', constraint = 'out_of_range',
            column = case when first_year < 2000 and p_since_year is not null then 'since_year' else 'year' end;
    end if;
    -- %I is one of the scope columns; %s one of the expressions of private.rate_group
    return query execute format($sql$
        with counted as materialized (
            select (%2$s)::integer as id, m.year, m.field, count(*) as registered,
                count(*) filter (where m.effective_on <= $4) as effective,
                count(*) filter (where m.recognised_on <= $4) as recognised,
                count(*) filter (where exists (
                    select from app.emulation_replication as x where x.model_id = m.id and x.replicated_on <= $4)) as replicated
            from app.emulation_model as m
            join app.unit as u on u.id = m.owner_unit_id
            where m.%1$I = $1 and ($5 or m.owner_unit_id = $6)
                and m.registered_on between make_date($2, 1, 1) and $4
            group by 1, 2, 3)
        select c.id, g.code, g.name, c.year::integer, c.field, c.registered, c.effective, c.recognised, c.replicated,
            private.rate(c.effective, c.registered)
        from counted as c
        left join private.group_names($7, (select array_agg(x.id) from counted as x), $3) as g on g.id = c.id$sql$,
        scope.key_column, private.rate_group(p_by, 'm', 'owner_unit_id', false))
    using scope.key_value, first_year, day, least(day, make_date(last_year, 12, 31)), p_unit_id is null or p_subtree, p_unit_id, p_by;
end;
$$;
