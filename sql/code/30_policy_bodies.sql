-- Who sees committees and coordination plans. A committee: the scope of its standing unit, and the units that are members
-- today; it flows to nobody else. A coordination plan: its owner; once signed the owner's scope and the parties.

set local role danvan_policy;

create function private.my_committees() returns uuid[]
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return array(
        select m.committee_id from app.committee_member as m
        where m.unit_id = private.my_unit()
            and m.valid_from <= private.today() and (m.valid_to is null or m.valid_to > private.today()));
end;
$$;

create function private.my_coordination_plans() returns uuid[]
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return array(
        select p.coordination_plan_id from app.coordination_party as p
        join app.coordination_plan as c on c.id = p.coordination_plan_id and c.status <> 'draft'
        where p.unit_id = private.my_unit());
end;
$$;

-- Is it my unit's? Past row security, for policies of the tables that stand under it.
create function private.is_my_committee(p_committee_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.committee as c where c.id = p_committee_id and c.owner_unit_id = private.my_unit());
end;
$$;

create function private.is_my_coordination_plan(p_coordination_plan_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select from app.coordination_plan as c where c.id = p_coordination_plan_id and c.owner_unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

select private.secure_table(t)
from unnest(array['committee_member', 'committee_work_item', 'committee_review', 'coordination_plan', 'coordination_party',
    'coordination_item']) as t;
-- (members are audited one by one but for a renewal, which is one event: 43_committees.sql)
select private.keep_table(t)
from unnest(array['committee_work_item', 'committee_review', 'coordination_plan', 'coordination_party', 'coordination_item']) as t;

select private.see_by_scope(t) from unnest(array['committee', 'committee_review']) as t;
select private.see_by_scope(t, $$status <> 'draft'$$) from unnest(array['committee_work_item', 'coordination_plan']) as t;
select private.see_by_scope('coordination_item', 'is_signed');
select private.see_by_parent('committee_member', 'committee_id', 'committee');
select private.see_by_parent('coordination_party', 'coordination_plan_id', 'coordination_plan');

create policy committee_select_member on app.committee for select to danvan_reader
    using (id = any ((select private.my_committees())::uuid[]));
create policy committee_review_select_member on app.committee_review for select to danvan_reader
    using (committee_id = any ((select private.my_committees())::uuid[]));
create policy committee_work_item_select_member on app.committee_work_item for select to danvan_reader
    using (status <> 'draft' and committee_id = any ((select private.my_committees())::uuid[]));
-- also when the lead is a member no more
create policy committee_work_item_select_lead on app.committee_work_item for select to danvan_reader
    using (status <> 'draft' and lead_unit_id = (select private.my_unit()));
create policy coordination_plan_select_party on app.coordination_plan for select to danvan_reader
    using (id = any ((select private.my_coordination_plans())::uuid[]));
create policy coordination_item_select_party on app.coordination_item for select to danvan_reader
    using (is_signed and coordination_plan_id = any ((select private.my_coordination_plans())::uuid[]));

select private.write_own(t)
from unnest(array['committee', 'committee_work_item', 'committee_review', 'coordination_plan', 'coordination_item']) as t;
-- What stands under a committee or a plan is its owner's to write: whose row it becomes is not enough.
create policy committee_work_item_insert_of_mine on app.committee_work_item as restrictive for insert to danvan_writer
    with check (private.is_my_committee(committee_id));
create policy committee_review_insert_of_mine on app.committee_review as restrictive for insert to danvan_writer
    with check (private.is_my_committee(committee_id));
create policy coordination_item_insert_of_mine on app.coordination_item as restrictive for insert to danvan_writer
    with check (private.is_my_coordination_plan(coordination_plan_id));

create policy committee_member_insert_standing on app.committee_member for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_committee(committee_id));
create policy committee_member_update_standing on app.committee_member for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_committee(committee_id));
create policy committee_member_delete_standing on app.committee_member for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_committee(committee_id));
create policy coordination_party_insert_owner on app.coordination_party for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_coordination_plan(coordination_plan_id));
create policy coordination_party_update_owner on app.coordination_party for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_coordination_plan(coordination_plan_id));
create policy coordination_party_delete_owner on app.coordination_party for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_coordination_plan(coordination_plan_id));
