-- Who sees posts and people. A person's name and post: their unit, and officers and leaders whose scope it
-- lies in. What is in staff_detail nobody reads through a table: 34_staff_detail.sql gives it out, person by
-- person, to those who keep the record, and writes down that it did. Who was lent to my unit, my unit sees too.

set local role danvan_owner;

alter table app.position enable row level security;
alter table app.position force row level security;
create policy position_select_signed_in on app.position for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.establishment enable row level security;
alter table app.establishment force row level security;
create policy establishment_select_scope_province on app.establishment for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy establishment_select_scope_province_line on app.establishment for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy establishment_select_scope_district on app.establishment for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy establishment_select_scope_district_line on app.establishment for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy establishment_select_scope_grassroots on app.establishment for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy establishment_select_scope_grassroots_line on app.establishment for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));
create policy establishment_select_own_unit on app.establishment for select to danvan_reader
    using (unit_id = (select private.my_unit()));

alter table app.staff enable row level security;
alter table app.staff force row level security;
create policy staff_select_scope_province on app.staff for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_province_line on app.staff for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_district on app.staff for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_district_line on app.staff for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_grassroots on app.staff for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_grassroots_line on app.staff for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_own_unit on app.staff for select to danvan_reader
    using (unit_id = (select private.my_unit()));
create policy staff_select_self on app.staff for select to danvan_reader
    using (user_id = (select private.my_user()));

alter table app.staff_detail enable row level security;
alter table app.staff_detail force row level security;

alter table app.qualification enable row level security;
alter table app.qualification force row level security;
create policy qualification_select_by_staff on app.qualification for select to danvan_reader
    using (exists (select from app.staff as s where s.id = staff_id offset 0));

alter table app.appointment enable row level security;
alter table app.appointment force row level security;
create policy appointment_select_scope_province on app.appointment for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_province_line on app.appointment for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_district on app.appointment for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_district_line on app.appointment for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_grassroots on app.appointment for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_grassroots_line on app.appointment for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_own_unit on app.appointment for select to danvan_reader
    using (unit_id = (select private.my_unit()));
create policy appointment_select_by_staff on app.appointment for select to danvan_reader
    using (exists (select from app.staff as s where s.id = staff_id offset 0));

alter table app.staff_deletion enable row level security;
alter table app.staff_deletion force row level security;
create policy staff_deletion_select_own_unit on app.staff_deletion for select to danvan_reader
    using (unit_id = (select private.my_unit()));

-- People lent to another unit: their name and post are for that unit too, while they work there.
set local role danvan_policy;

create function private.my_seconded_staff() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 10
as $$
begin
    return query
    select a.staff_id
    from app.appointment as a
    where a.unit_id = private.my_unit() and a.kind = 'secondment'
        and a.valid_from <= private.today() and (a.valid_to is null or a.valid_to > private.today());
end;
$$;

-- The unit that stands over this one in its own line: what it is an office of, else the first kind in
-- app.unit_kind_superior that stands at its area or nearest above. NULL: nobody.
create function private.direct_superior_of(p_unit_id integer) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce(u.parent_id, (
            select s.id
            from app.unit_kind_superior as k
            join app.unit as s on s.kind = k.superior_kind and s.is_active and s.parent_id is null
            where k.kind = u.kind and s.id <> u.id
                and s.area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
            order by k.position, s.level_id desc, s.id
            limit 1))
        from app.unit as u
        where u.id = p_unit_id);
end;
$$;

-- Whether my unit stands over this one: as its direct superior, as a party or mobilization unit of a
-- level above it, or as a party unit of its own level.
create function private.is_over(p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select
        from app.unit as u
        join app.unit as me on me.id = private.my_unit()
        join app.line as n on n.id = me.line_id
        join app.line as theirs on theirs.id = u.line_id
        where u.id = p_unit_id
            and u.id <> me.id
            and me.is_active
            and ((n.sees_all_lines and me.parent_id is null
                    and me.area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
                    and (me.level_id < u.level_id
                        or (n.code = 'party' and theirs.code <> 'party' and me.level_id = u.level_id)))
                or me.id = private.direct_superior_of(u.id)));
end;
$$;

set local role danvan_owner;

create policy staff_select_seconded on app.staff for select to danvan_reader
    using (id in (select private.my_seconded_staff()));

-- Writing ----------------------------------------------------------------------------------------------

-- How many posts a unit has is decided above it, by officers or leaders of who stands over it; where the
-- decision is on paper only, the unit's own leader records it.
create policy establishment_insert_decided on app.establishment for insert to danvan_writer
    with check (((select private.my_rank()) >= 2 and private.is_over(unit_id))
        or ((select private.my_rank()) >= 3 and unit_id = (select private.my_unit())));
create policy establishment_update_decided on app.establishment for update to danvan_writer
    using (((select private.my_rank()) >= 2 and private.is_over(unit_id))
        or ((select private.my_rank()) >= 3 and unit_id = (select private.my_unit())));
create policy establishment_delete_decided on app.establishment for delete to danvan_writer
    using (((select private.my_rank()) >= 2 and private.is_over(unit_id))
        or ((select private.my_rank()) >= 3 and unit_id = (select private.my_unit())));

-- The record of a person is kept by officers and leaders of their unit; moving goes by command.
create policy staff_insert_own_unit on app.staff for insert to danvan_writer
    with check (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);
create policy staff_update_own_unit on app.staff for update to danvan_writer
    using (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);

create policy qualification_insert_own_unit on app.qualification for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.staff as s where s.id = staff_id and s.unit_id = (select private.my_unit()) offset 0));
create policy qualification_update_own_unit on app.qualification for update to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.staff as s where s.id = staff_id and s.unit_id = (select private.my_unit()) offset 0));
create policy qualification_delete_own_unit on app.qualification for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.staff as s where s.id = staff_id and s.unit_id = (select private.my_unit()) offset 0));

-- Posts in the own unit of the own people; what they were elsewhere stays as it was written there.
create policy appointment_insert_own_unit on app.appointment for insert to danvan_writer
    with check (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and exists (
        select from app.staff as s where s.id = staff_id and s.unit_id = (select private.my_unit()) offset 0));
create policy appointment_update_own_unit on app.appointment for update to danvan_writer
    using (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and exists (
        select from app.staff as s where s.id = staff_id and s.unit_id = (select private.my_unit()) offset 0));
create policy appointment_delete_own_unit on app.appointment for delete to danvan_writer
    using (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3 and exists (
        select from app.staff as s where s.id = staff_id and s.unit_id = (select private.my_unit()) offset 0));
