-- Who I am, what I act as, and what that lets me do: what a screen needs before anything else. The
-- abilities repeat in words what the policies decide; they open no door.

set local role danvan_owner;

create view api.me with (security_invoker = true) as
select
    u.id,
    u.version,
    u.login,
    u.display_name,
    u.email,
    u.wants_mail,
    u.must_change_password,
    (select f.has_totp from private.my_account_facts() as f) as has_totp,
    (select private.my_membership()) as membership_id,
    (select private.my_unit()) as unit_id,
    acting.code as unit_code,
    n.name as unit_name,
    acting.area_id,
    a.name as area_name,
    l.code as level,
    l.name as level_name,
    i.code as line,
    i.name as line_name,
    (select private.my_role()) as role,
    (select private.my_scope_code()) as scope,
    (select private.my_memberships()) as memberships,
    case (select private.my_role())
        when 'admin' then array['accounts.manage', 'units.manage', 'audit.read']
        when 'leader' then array['documents.write', 'plans.write', 'plans.issue', 'assignments.report',
            'assignments.confirm', 'accounts.read']
        when 'officer' then array['documents.write', 'plans.write', 'assignments.report']
        else array[]::text[]
    end as abilities,
    (select count(*)
        from app.notice as o
        where o.unit_id = (select private.my_unit())
            and not exists (
                select from app.notice_reading as g
                where g.notice_id = o.id and g.user_id = (select private.my_user()))) as unread_notices,
    (select private.today()) as today,
    u.created_at,
    u.updated_at
from app.user_account as u
left join app.unit as acting on acting.id = (select private.my_unit())
left join app.level as l on l.id = acting.level_id
left join app.line as i on i.id = acting.line_id
left join private.unit_today as n on n.unit_id = acting.id
left join private.area_today as a on a.area_id = acting.area_id
where u.id = (select private.my_user());
