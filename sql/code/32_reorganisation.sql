-- What reorganisations keep by themselves: versions, scope keys, who prepared them; and that their content
-- changes only while they are drafts.

set local role danvan_owner;

create function private.reorganisation_defaults() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.prepared_by := coalesce(private.my_user(), new.prepared_by);
    return new;
end;
$$;
create trigger reorganisation_08_defaults before insert on app.reorganisation
    for each row execute function private.reorganisation_defaults();
create trigger reorganisation_10_keys before insert or update of owner_unit_id on app.reorganisation
    for each row execute function private.copy_unit_keys('owner_unit_id');
create trigger reorganisation_30_visible before insert or update of document_id on app.reorganisation
    for each row execute function private.check_visible('document_id', 'document');
create trigger reorganisation_step_30_visible before insert on app.reorganisation_step
    for each row execute function private.check_visible('reorganisation_id', 'reorganisation');
create trigger reorganisation_part_30_visible
    before insert or update of area_id, unit_id, new_area_id, new_parent_unit_id, new_area_part_id, new_parent_part_id
    on app.reorganisation_part
    for each row execute function private.check_visible('step_id', 'reorganisation_step', 'area_id', 'area',
        'unit_id', 'unit', 'new_area_id', 'area', 'new_parent_unit_id', 'unit',
        'new_area_part_id', 'reorganisation_part', 'new_parent_part_id', 'reorganisation_part');
create trigger reorganisation_function_item_30_visible before insert on app.reorganisation_function_item
    for each row execute function private.check_visible('step_id', 'reorganisation_step', 'plan_item_id', 'plan_item');

create trigger reorganisation_50_touch before update on app.reorganisation
    for each row execute function private.touch_row();
create trigger reorganisation_step_50_touch before update on app.reorganisation_step
    for each row execute function private.touch_row();
create trigger reorganisation_part_50_touch before update on app.reorganisation_part
    for each row execute function private.touch_row();

create trigger reorganisation_90_audit after insert or update or delete on app.reorganisation
    for each row execute function private.audit_row();
create trigger reorganisation_step_90_audit after insert or update or delete on app.reorganisation_step
    for each row execute function private.audit_row();
create trigger reorganisation_part_90_audit after insert or update or delete on app.reorganisation_part
    for each row execute function private.audit_row();
create trigger reorganisation_function_item_90_audit after insert or delete on app.reorganisation_function_item
    for each row execute function private.audit_row();

set local role danvan_policy;

-- Whoever decides on a version decides on its steps: each change of them makes a new version of the whole,
-- and none slips in while it is being decided or carried out.
create function private.reorganisation_touch(p_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.reorganisation as r set title = r.title where r.id = p_id and r.status = 'draft';
    if not found and exists (select from app.reorganisation as r where r.id = p_id) then
        raise exception 'no draft any more' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
end;
$$;

create function private.reorganisation_step_touches() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.reorganisation_touch(coalesce(new.reorganisation_id, old.reorganisation_id));
    return null;
end;
$$;

create function private.reorganisation_part_touches() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.reorganisation_touch(t.reorganisation_id)
    from app.reorganisation_step as t
    where t.id = coalesce(new.step_id, old.step_id);
    return null;
end;
$$;

-- For row policies: a draft that my unit prepares, and I am its administrator.
create function private.prepares_reorganisation(p_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return private.my_is_admin() and exists (
        select from app.reorganisation as r
        where r.id = p_id and r.status = 'draft' and r.owner_unit_id = private.my_unit());
end;
$$;

create function private.prepares_step(p_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return private.prepares_reorganisation(
        (select t.reorganisation_id from app.reorganisation_step as t where t.id = p_id));
end;
$$;

set local role danvan_owner;

create trigger reorganisation_step_95_touches after insert or delete or update on app.reorganisation_step
    for each row execute function private.reorganisation_step_touches();
create trigger reorganisation_part_95_touches after insert or delete or update of side, position, area_id, unit_id,
    new_code, new_name, new_short_name, new_kind, new_level_id, new_area_id, new_area_part_id, new_parent_unit_id,
    new_parent_part_id, allocation, share_permille on app.reorganisation_part
    for each row execute function private.reorganisation_part_touches();
create trigger reorganisation_function_item_95_touches after insert or delete on app.reorganisation_function_item
    for each row execute function private.reorganisation_part_touches();

-- An administrator prepares drafts for their own unit; who decides is said by the commands.
create policy reorganisation_insert_admin on app.reorganisation for insert to danvan_writer
    with check ((select private.my_is_admin()) and status = 'draft' and owner_unit_id = (select private.my_unit()));
create policy reorganisation_update_draft on app.reorganisation for update to danvan_writer
    using ((select private.my_is_admin()) and status = 'draft' and owner_unit_id = (select private.my_unit()));
create policy reorganisation_delete_draft on app.reorganisation for delete to danvan_writer
    using ((select private.my_is_admin()) and status = 'draft' and owner_unit_id = (select private.my_unit()));

create policy reorganisation_step_insert_draft on app.reorganisation_step for insert to danvan_writer
    with check (private.prepares_reorganisation(reorganisation_id));
create policy reorganisation_step_update_draft on app.reorganisation_step for update to danvan_writer
    using (private.prepares_reorganisation(reorganisation_id));
create policy reorganisation_step_delete_draft on app.reorganisation_step for delete to danvan_writer
    using (private.prepares_reorganisation(reorganisation_id));

create policy reorganisation_part_insert_draft on app.reorganisation_part for insert to danvan_writer
    with check (private.prepares_step(step_id));
create policy reorganisation_part_update_draft on app.reorganisation_part for update to danvan_writer
    using (private.prepares_step(step_id));
create policy reorganisation_part_delete_draft on app.reorganisation_part for delete to danvan_writer
    using (private.prepares_step(step_id));

create policy reorganisation_function_item_insert_draft on app.reorganisation_function_item for insert to danvan_writer
    with check (private.prepares_step(step_id));
create policy reorganisation_function_item_delete_draft on app.reorganisation_function_item for delete to danvan_writer
    using (private.prepares_step(step_id));
