-- Who sees inspections. A programme, once issued, and an inspection, once shown, are seen in the scope of the unit that
-- inspects; the units inspected see it from its announcement on, the partners of a joint team from the day it is planned.
-- What was found and recommended is the inspecting unit's and its partners' until the conclusion; then the scope sees it,
-- and each subject what is about itself.

set local role danvan_policy;

-- Inspections of others that name my unit: as a subject once announced, as a partner.
create function private.my_named_inspections() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select u.inspection_id from app.inspection_unit as u
    join app.inspection as i on i.id = u.inspection_id
    where u.unit_id = private.my_unit() and (u.role = 'partner' or i.announced_on is not null);
end;
$$;

create function private.my_partner_inspections() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select u.inspection_id from app.inspection_unit as u where u.unit_id = private.my_unit() and u.role = 'partner';
end;
$$;

create function private.my_subject_inspections() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select u.inspection_id from app.inspection_unit as u
    join app.inspection as i on i.id = u.inspection_id and i.announced_on is not null
    where u.unit_id = private.my_unit() and u.role = 'subject';
end;
$$;

create function private.my_named_programmes() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select i.programme_id from app.inspection as i where i.id in (select private.my_named_inspections());
end;
$$;

-- What was found of a unit is told to the inspecting unit and its partners, then to the scope and to that unit: as the policies of
-- findings say.
create function private.inspection_tells(p_inspection app.inspection, p_unit_id integer) returns boolean
    language sql stable set search_path = ''
    return p_inspection.owner_unit_id = (select private.my_unit())
        or p_inspection.id in (select private.my_partner_inspections())
        or p_inspection.concluded_on is not null and (p_unit_id = (select private.my_unit())
            or private.in_my_scope(p_inspection.province_key, p_inspection.district_key, p_inspection.grassroots_key,
                p_inspection.province_line_key, p_inspection.district_line_key, p_inspection.grassroots_line_key));

-- The word that nothing was found, for whoever is told: nobody reads the column itself (93_grants_inspections.sql), for the
-- row is seen from the announcement on.
create function private.nothing_found(p_inspection_unit_id uuid) returns boolean
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return exists (
        select from app.inspection_unit as s
        join app.inspection as i on i.id = s.inspection_id
        where s.id = p_inspection_unit_id and s.nothing_found and private.inspection_tells(i, s.unit_id));
end;
$$;

-- Is it my unit's? Past row security, for policies of the tables that stand under an inspection.
create function private.is_my_inspection(p_inspection_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.inspection as i where i.id = p_inspection_id and i.owner_unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

select private.secure_table(t)
from unnest(array['inspection_programme', 'inspection', 'inspection_unit', 'inspection_standard', 'inspection_finding',
    'recommendation']) as t;
select private.keep_table(t)
from unnest(array['inspection_programme', 'inspection', 'inspection_unit', 'inspection_standard', 'inspection_finding',
    'recommendation']) as t;
select private.write_own(t)
from unnest(array['inspection_programme', 'inspection', 'inspection_finding', 'recommendation']) as t;

select private.see_by_scope('inspection_programme', $$status <> 'draft'$$);
create policy inspection_programme_select_named on app.inspection_programme for select to danvan_reader
    using (status <> 'draft' and id in (select private.my_named_programmes()));

select private.see_by_scope('inspection', 'shown_on is not null');
create policy inspection_select_named on app.inspection for select to danvan_reader
    using (id in (select private.my_named_inspections()));

select private.see_by_parent('inspection_unit', 'inspection_id', 'inspection');
select private.see_by_parent('inspection_standard', 'inspection_id', 'inspection');

select private.see_by_scope('inspection_finding', 'issued_on is not null');
create policy inspection_finding_select_subject on app.inspection_finding for select to danvan_reader
    using (subject_unit_id = (select private.my_unit()) and issued_on is not null);
create policy inspection_finding_select_partner on app.inspection_finding for select to danvan_reader
    using (inspection_id in (select private.my_partner_inspections()));

select private.see_by_scope('recommendation', $$status <> 'draft'$$);
create policy recommendation_select_lead on app.recommendation for select to danvan_reader
    using (lead_unit_id = (select private.my_unit()) and status <> 'draft');
create policy recommendation_select_partner on app.recommendation for select to danvan_reader
    using (inspection_id in (select private.my_partner_inspections()));

-- Only what nobody else knows of yet can be deleted.
create policy inspection_programme_delete_drafts_only on app.inspection_programme as restrictive for delete to danvan_writer
    using (status = 'draft');
create policy inspection_delete_planned_only on app.inspection as restrictive for delete to danvan_writer
    using (status = 'planned');
create policy recommendation_delete_drafts_only on app.recommendation as restrictive for delete to danvan_writer
    using (status = 'draft');
create policy inspection_finding_delete_drafts_only on app.inspection_finding as restrictive for delete to danvan_writer
    using (issued_on is null);
-- A finding and a recommendation are written under one's own inspection.
create policy inspection_finding_insert_own_inspection on app.inspection_finding as restrictive for insert to danvan_writer
    with check (private.is_my_inspection(inspection_id));
create policy recommendation_insert_own_inspection on app.recommendation as restrictive for insert to danvan_writer
    with check (private.is_my_inspection(inspection_id));

create policy inspection_unit_insert_own on app.inspection_unit for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_inspection(inspection_id));
create policy inspection_unit_update_own on app.inspection_unit for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_inspection(inspection_id));
create policy inspection_unit_delete_own on app.inspection_unit for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_inspection(inspection_id));
create policy inspection_standard_insert_own on app.inspection_standard for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_inspection(inspection_id));
create policy inspection_standard_delete_own on app.inspection_standard for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_inspection(inspection_id));
