-- Who sees models, drives and awards. All are seen in the scope of their unit. A model that was recognised is there to be
-- learnt from: it flows down to the units below its owner, and is seen where it was replicated. A drive flows down once
-- it is launched.

set local role danvan_policy;

create function private.my_replicated_models() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select r.model_id from app.emulation_replication as r
    where r.unit_id = private.my_unit() or r.recorded_by_unit_id = private.my_unit();
end;
$$;

-- May my unit say where this model was replicated? Its owner may, and a unit that stands over the owner.
create function private.is_model_mine_or_below(p_model_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select from app.emulation_model as m
        where m.id = p_model_id and (m.owner_unit_id = private.my_unit() or private.is_over(m.owner_unit_id)));
end;
$$;

set local role danvan_owner;

select private.secure_table(t)
from unnest(array['emulation_model', 'emulation_replication', 'emulation_drive', 'award_count']) as t;
select private.keep_table(t)
from unnest(array['emulation_model', 'emulation_replication', 'emulation_drive', 'award_count']) as t;
select private.see_by_scope(t) from unnest(array['emulation_model', 'emulation_drive', 'award_count']) as t;
select private.write_own(t) from unnest(array['emulation_model', 'emulation_drive', 'award_count']) as t;

create policy emulation_model_select_path on app.emulation_model for select to danvan_reader
    using (recognised_on is not null and owner_area_id = any ((select private.my_path())::integer[]));
create policy emulation_model_select_found_here on app.emulation_model for select to danvan_reader
    using (id in (select private.my_replicated_models()));
create policy emulation_drive_select_path on app.emulation_drive for select to danvan_reader
    using (launched_on is not null and owner_area_id = any ((select private.my_path())::integer[]));
select private.see_by_parent('emulation_replication', 'model_id', 'emulation_model');

create policy emulation_model_delete_registered_only on app.emulation_model as restrictive for delete to danvan_writer
    using (status = 'registered');
create policy emulation_drive_delete_planned_only on app.emulation_drive as restrictive for delete to danvan_writer
    using (launched_on is null);

create policy emulation_replication_insert_known on app.emulation_replication for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and recorded_by_unit_id = (select private.my_unit())
        and private.is_model_mine_or_below(model_id));
create policy emulation_replication_update_recorder on app.emulation_replication for update to danvan_writer
    using ((select private.my_rank()) >= 2 and recorded_by_unit_id = (select private.my_unit()));
create policy emulation_replication_delete_recorder on app.emulation_replication for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and recorded_by_unit_id = (select private.my_unit()));
