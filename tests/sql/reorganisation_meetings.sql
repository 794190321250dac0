-- Meetings not over yet, when units end: whose they become, who is invited, and which of two stays.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(13);
update private.installation set mode = 'test', fixed_today = '2022-09-15';
delete from app.meeting;
delete from app.meeting_series;

create function pg_temp.make(p_title text, p_unit text, p_status text, p_kind text default 'thematic', p_convened date default null) returns void
    language sql
as $$
    insert into app.meeting (plan_id, kind, title, held_on, period_id, status, convened_on, opened_on, closed_on, owner_unit_id)
    select pg_temp.plan_36(), p_kind, p_title, '2022-10-05',
        case when p_kind <> 'thematic' then (select d.id from app.period as d where d.plan_id = pg_temp.plan_36() and d.kind = p_kind and d.year = 2022) end,
        p_status, p_convened, case when p_status in ('open', 'closed') then date '2022-09-01' end,
        case p_status when 'closed' then date '2022-09-01' end, pg_temp.unit(p_unit);
$$;
create function pg_temp.invite(p_title text, p_unit text) returns void
    language sql
as $$
    insert into app.meeting_invitation (meeting_id, unit_id)
    select m.id, pg_temp.unit(p_unit) from app.meeting as m where m.title = p_title;
$$;
create function pg_temp.facts(p_title text) returns text
    language sql return (
        select concat_ws(' ', u.code, m.status, (
            select string_agg(i.code, ',' order by i.code) from app.meeting_invitation as x join app.unit as i on i.id = x.unit_id where x.meeting_id = m.id))
        from app.meeting as m join app.unit as u on u.id = m.owner_unit_id where m.title = p_title);

-- kdv-25195 and kdv-25201 go into kdv-25198
select pg_temp.make('ALONE', 'kdv-25195', 'planned') \g /dev/null
select pg_temp.make('OVER', 'kdv-25195', 'closed') \g /dev/null
select pg_temp.make('SIX-A', 'kdv-25195', 'planned', 'six_months', '2022-09-10') \g /dev/null
select pg_temp.make('SIX-B', 'kdv-25201', 'open', 'six_months', '2022-09-01') \g /dev/null
select pg_temp.make('NINE-A', 'kdv-25195', 'planned', 'nine_months', '2022-09-10') \g /dev/null
select pg_temp.make('NINE-HEIR', 'kdv-25198', 'planned', 'nine_months') \g /dev/null
select pg_temp.make('PROVINCE', 'bdv-70', 'planned') \g /dev/null
select pg_temp.make('DISTRICT', 'bdv-689', 'closed') \g /dev/null
select pg_temp.invite('SIX-A', 'mttq-25195'), pg_temp.invite('NINE-HEIR', 'kdv-25195'), pg_temp.invite('NINE-HEIR', 'mttq-25198'),
    pg_temp.invite('PROVINCE', 'kdv-25195'), pg_temp.invite('PROVINCE', 'kdv-25201'), pg_temp.invite('DISTRICT', 'kdv-25195') \g /dev/null
insert into app.meeting_series (plan_id, kind, owner_unit_id)
select pg_temp.plan_36(), k.kind, pg_temp.unit(k.unit)
from (values ('six_months', 'kdv-25195'), ('six_months', 'kdv-25201'), ('year_end', 'kdv-25195'), ('year_end', 'kdv-25198')) as k (kind, unit);
insert into app.meeting_series_invitee (series_id, unit_id)
select s.id, pg_temp.unit('kdv-25195') from app.meeting_series as s where s.owner_unit_id = pg_temp.unit('kdv-25198');

create temp table merger as select pg_temp.reorganise('2022-09-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('kdv-25195'), pg_temp.u('kdv-25201')),
    'to', jsonb_build_array(pg_temp.u('kdv-25198'))))) as id;
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;

select is(pg_temp.facts('ALONE'), 'kdv-25198 planned', 'what is planned is the successor''s');
select is(pg_temp.facts('OVER'), 'kdv-25195 closed', 'what is over stays');
select is(pg_temp.facts('SIX-B'), 'kdv-25198 open', 'of two for one period the one that sits');
select is(pg_temp.facts('SIX-A'), 'kdv-25195 cancelled mttq-25195', 'the other is cancelled');
select is((select count(*) from app.notice as n join app.meeting as m on m.id = n.resource_id where n.topic = 'meeting_cancelled' and m.title = 'SIX-A'), 1::bigint,
    'and whom it convened told');
select is(pg_temp.facts('NINE-A'), 'kdv-25195 cancelled', 'what the successor has goes before');
select is(pg_temp.facts('NINE-HEIR'), 'kdv-25198 planned mttq-25198', 'nobody is invited to their own');
select is(pg_temp.facts('PROVINCE'), 'bdv-70 planned kdv-25198', 'invited is the successor, once');
select is(pg_temp.facts('DISTRICT'), 'bdv-689 closed kdv-25195', 'who was there stays');
select is((select string_agg(concat_ws(' ', s.kind, u.code, s.ended_on), '; ' order by s.kind, u.code) from app.meeting_series as s join app.unit as u on u.id = s.owner_unit_id where s.kind = 'year_end'),
    'year_end kdv-25195 2022-09-15; year_end kdv-25198', 'of two series one ends');
select is((select count(*) from app.meeting_series as s where s.kind = 'six_months' and s.is_open and s.owner_unit_id = pg_temp.unit('kdv-25198')), 1::bigint, 'one goes on');
select is((select count(*) from app.meeting_series_invitee), 0::bigint, 'and invites nobody to their own');
select is((select (m.grassroots_key = u.grassroots_key)::text from app.meeting as m join app.unit as u on u.id = m.owner_unit_id where m.title = 'ALONE'), 'true', 'with its keys');
select * from finish();
rollback;
