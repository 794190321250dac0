-- My unit's inbox. Who has read what is each reader's own.

set local role danvan_owner;

create policy notice_reading_insert_self on app.notice_reading for insert to danvan_writer
    with check (user_id = (select private.my_user())
        and exists (select from app.notice as n where n.id = notice_id));

create view api.notices with (security_invoker = true) as
select
    n.id,
    n.topic,
    n.stage,
    private.notice_title(n.topic, n.stage, n.due_on, n.count, a.name, p.number, private.notice_subject(n.resource, n.resource_id)) as title,
    private.notice_text(n.topic, n.stage, n.due_on, n.count, a.name, p.number, private.notice_subject(n.resource, n.resource_id)) as text,
    private.notice_link(n.topic, n.stage, n.unit_id, n.about_unit_id, n.due_on, n.resource, n.resource_id) as link,
    n.resource,
    n.resource_id,
    n.about_unit_id,
    a.name as about_unit_name,
    n.plan_id,
    n.due_on,
    n.count,
    r.read_at is not null as is_read,
    r.read_at,
    n.created_at,
    case when r.read_at is null and (select private.my_user()) is not null then array['read'] else array[]::text[]
        end as actions
from app.notice as n
left join app.notice_reading as r on r.notice_id = n.id and r.user_id = (select private.my_user())
left join private.unit_today as a on a.unit_id = n.about_unit_id
left join app.plan as p on p.id = n.plan_id;

-- Read by me, once or again.
create function api.notice_read(p_id uuid, p_version integer default null, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.notice as n where n.id = p_id) then
        raise exception 'no such notice' using errcode = 'DV404';
    end if;
    insert into app.notice_reading (notice_id, user_id) values (p_id, private.my_user())
    on conflict do nothing;
end;
$$;

create function api.notices_read_all() returns void
    language plpgsql set search_path = ''
as $$
begin
    insert into app.notice_reading (notice_id, user_id)
    select n.id, private.my_user() from app.notice as n
    where not exists (
        select from app.notice_reading as r where r.notice_id = n.id and r.user_id = private.my_user())
    on conflict do nothing;
end;
$$;
