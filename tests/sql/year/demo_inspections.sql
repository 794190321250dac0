-- Inspections and models of the demonstration year against the rules that docs/demonstration.md tells, and what the lists
-- make of them.
begin;
\ir ../include/acting.sql
select plan(14);
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.phurieng', 'bdv-698', 'viewer');
create function pg_temp.roll(p_words text) returns integer
    language sql return (('x' || left(md5('danvan ke hoach 36|' || p_words), 7))::bit(28)::int4) % 100;

select is((select count(*) from app.inspection as i), 40::bigint, 'ten and three of each of ten boards');
select is((select string_agg(u.code, ' ' order by u.code) from app.unit as u where u.kind = 'district_board'
    and not exists (select from app.inspection as i where i.owner_unit_id = u.id)), 'bdv-698', 'Phú Riềng inspects nobody');
select is((select string_agg(u.code, ' ' order by u.code) from app.inspection as i join app.unit as u on u.id = i.owner_unit_id
    where i.status = 'planned'), 'bdv-691 bdv-693 bdv-70', 'the weak are behind');
select is((select count(*) from app.inspection as i where i.status = 'concluded' and (i.document_id is null or i.concluded_on < i.ends_on)),
    0::bigint, 'what is concluded has its document, after its last day');
select is((select count(*) from app.inspection_unit as s join app.inspection as i on i.id = s.inspection_id and i.status = 'concluded'
    where s.role = 'subject'
        and not exists (select from app.recommendation as r where r.inspection_id = i.id and r.lead_unit_id = s.unit_id)),
    0::bigint, 'and something recommended to each unit');
select is((select count(*) from app.recommendation as r left join app.assignment as a on a.source_id = r.id and a.lead_unit_id = r.lead_unit_id
    where a.id is null or (r.status = 'completed') <> (a.status = 'completed') or r.completed_on is distinct from a.completed_on
        or a.given_on <> r.given_on), 0::bigint, 'which is work of the unit from that day, closed on both sides or on none');
select cmp_ok((select count(*) from app.recommendation as r where r.status = 'open' and r.due_on < '2022-11-21'), '>=', 10::bigint,
    'some of it late');

-- the lists against the tables
select is(pg_temp.as_user('t.leader', 'select sum(overdue_recommendations) from api.inspection_overview(2022)'),
    (select count(*)::text from app.recommendation as r join app.assignment as a on a.source_id = r.id
    where r.status = 'open' and a.reported_on is null and a.due_on < '2022-11-21'), 'the overview tells how much');
select is(pg_temp.as_user('t.phurieng', $$select bool_and(is_never_inspected) from api.inspection_overview(2022) where level = 'grassroots'$$),
    'true', 'nobody was inspected in the communes of Phú Riềng');
select is(pg_temp.as_user('t.leader', $$select sum(open_count) || ' ' || sum(up_to_30 + from_31_to_90 + from_91_to_180 + over_180)
    from api.recommendation_ages('district')$$),
    (select count(*) || ' ' || count(*) from app.recommendation as r where r.status = 'open'), 'every open one is of some age');

-- models
select cmp_ok((select abs(count(*) - 300) from app.emulation_model), '<=', 20::bigint, 'some three hundred models');
select is((select count(*) from app.emulation_model as m join app.unit as u on u.id = m.owner_unit_id
    where m.effective_on is not null and pg_temp.roll('model' || u.code || m.year || m.field || 'works') >= 85), 0::bigint,
    'effective is who draws it');
select is((select count(*) from app.emulation_model as m where m.status = 'recognised'
    and m.recognised_on <> case m.year when 2021 then date '2021-12-20' else date '2022-11-11' end), 0::bigint,
    'recognised by one decision a year');
select is(pg_temp.as_user('t.leader', $$select sum(registered) || ' ' || sum(effective) || ' ' || sum(recognised) || ' ' || sum(replicated)
    from api.emulation_counts(2022, 2021, 'unit')$$),
    (select concat_ws(' ', count(*), count(m.effective_on), count(m.recognised_on),
        (select count(distinct x.model_id) from app.emulation_replication as x))
    from app.emulation_model as m), 'counted over both years');
select * from finish();
rollback;
