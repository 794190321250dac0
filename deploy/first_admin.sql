-- The first administrator of an installation without demonstration accounts; run by deploy/run.sh as
-- the superuser, with the psql variables login, name, password_hash. Does nothing once anybody is an
-- administrator. The password must be changed before it opens anything else.
\set ON_ERROR_STOP on
begin;
select not exists (select from app.membership as m where m.role = 'admin') as is_first \gset
\if :is_first
-- The board at the top: the unit of the highest level whose line sees all lines.
select u.code as unit_code, v.name as unit_name
from app.unit as u
join app.line as l on l.id = u.line_id and l.sees_all_lines
join app.unit_version as v on v.unit_id = u.id and v.valid_to is null
where u.parent_id is null and u.is_active
order by u.level_id, l.code <> 'mobilization', u.id
limit 1
\gset
select private.create_account(:'login', :'name', :'unit_code', 'admin', :'password_hash') \g /dev/null
\echo created:unit=:unit_name
\endif
commit;
