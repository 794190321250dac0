-- Emulation as of a day, from dated facts alone (see 46_as_of_people.sql).

set local role danvan_owner;

-- Models registered by the day, in the state of its end.
create function api.emulation_models_on(p_day date) returns setof api.emulation_models
    language sql stable rows 1000
begin atomic
    select
        m.id,
        m.field,
        m.name,
        m.description,
        m.year,
        m.registered_on,
        case when m.ended_on <= p_day then 'ended' when m.recognised_on <= p_day then 'recognised'
            when m.effective_on <= p_day then 'effective' else 'registered' end,
        case when m.effective_on <= p_day then m.effective_on end,
        case when m.recognised_on <= p_day then m.recognised_on end,
        (select x.code from app.level as x where x.id = m.recognition_level_id and m.recognised_on <= p_day),
        case when m.recognised_on <= p_day then m.recognised_by_unit_id end,
        case when m.recognised_on <= p_day then (select v.name from app.unit_version as v
            where v.unit_id = m.recognised_by_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1) end,
        case when m.recognised_on <= p_day then m.document_id end,
        (select d.symbol from app.document as d where d.id = m.document_id and m.recognised_on <= p_day),
        case when m.ended_on <= p_day then m.ended_on end,
        case when m.ended_on <= p_day then m.end_reason end,
        (select count(*) from app.emulation_replication as x where x.model_id = m.id and x.replicated_on <= p_day),
        m.plan_item_id,
        (select i.code from app.plan_item as i where i.id = m.plan_item_id),
        m.drive_id,
        (select e.title from app.emulation_drive as e where e.id = m.drive_id),
        m.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = m.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        m.version,
        m.created_at,
        m.updated_at,
        '{}'::text[],
        m.search,
        m.province_key,
        m.district_key,
        m.grassroots_key,
        m.province_line_key,
        m.district_line_key,
        m.grassroots_line_key
    from app.emulation_model as m
    join app.level as l on l.id = m.level_id
    join app.line as n on n.id = m.line_id
    left join app.unit as u on u.id = m.owner_unit_id
    where m.registered_on <= p_day;
end;

-- Where models were replicated by the day.
create function api.emulation_replications_on(p_day date) returns setof api.emulation_replications
    language sql stable rows 1000
begin atomic
    select
        x.id,
        x.model_id,
        m.name,
        m.field,
        x.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = x.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        x.area_id,
        (select v.name from app.area_version as v
            where v.area_id = x.area_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        x.replicated_on,
        x.note,
        x.recorded_by_unit_id,
        x.version,
        x.created_at,
        x.updated_at,
        '{}'::text[]
    from app.emulation_replication as x
    join app.emulation_model as m on m.id = x.model_id
    left join app.unit as u on u.id = x.unit_id
    where x.replicated_on <= p_day;
end;

-- Drives and congresses launched by the day.
create function api.emulation_drives_on(p_day date) returns setof api.emulation_drives
    language sql stable rows 1000
begin atomic
    select
        e.id,
        e.kind,
        e.title,
        e.plan_item_id,
        (select p.number from app.plan_item as i join app.plan as p on p.id = i.plan_id where i.id = e.plan_item_id),
        (select i.code from app.plan_item as i where i.id = e.plan_item_id),
        e.document_id,
        (select d.symbol from app.document as d where d.id = e.document_id),
        e.starts_on,
        e.ends_on,
        case when e.launched_on <= p_day then e.launched_on end,
        case when e.summed_up_on <= p_day then e.summed_up_on end,
        case when e.summed_up_on <= p_day then 'summed_up' else 'under_way' end,
        e.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = e.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        e.version,
        e.created_at,
        e.updated_at,
        '{}'::text[],
        e.search,
        e.province_key,
        e.district_key,
        e.grassroots_key,
        e.province_line_key,
        e.district_line_key,
        e.grassroots_line_key
    from app.emulation_drive as e
    join app.level as l on l.id = e.level_id
    join app.line as n on n.id = e.line_id
    left join app.unit as u on u.id = e.owner_unit_id
    where e.launched_on <= p_day;
end;

-- Awards decided by the day; those without a day are on none.
create function api.award_counts_on(p_day date) returns setof api.award_counts
    language sql stable rows 1000
begin atomic
    select
        a.id,
        a.year,
        a.form,
        a.awarding_level_id,
        (select x.code from app.level as x where x.id = a.awarding_level_id),
        a.group_count,
        a.person_count,
        a.awarded_on,
        a.drive_id,
        (select e.title from app.emulation_drive as e where e.id = a.drive_id),
        a.document_id,
        (select d.symbol from app.document as d where d.id = a.document_id),
        a.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = a.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        a.version,
        a.created_at,
        a.updated_at,
        '{}'::text[],
        a.province_key,
        a.district_key,
        a.grassroots_key,
        a.province_line_key,
        a.district_line_key,
        a.grassroots_line_key
    from app.award_count as a
    join app.level as l on l.id = a.level_id
    join app.line as n on n.id = a.line_id
    left join app.unit as u on u.id = a.owner_unit_id
    where a.awarded_on <= p_day;
end;
