-- What reorganisations keep by themselves: versions and scope keys.

set local role danvan_owner;

create trigger reorganisation_10_keys before insert or update of owner_unit_id on app.reorganisation
    for each row execute function private.copy_unit_keys('owner_unit_id');
create trigger reorganisation_50_touch before update on app.reorganisation
    for each row execute function private.touch_row();
create trigger reorganisation_step_50_touch before update on app.reorganisation_step
    for each row execute function private.touch_row();
create trigger reorganisation_part_50_touch before update on app.reorganisation_part
    for each row execute function private.touch_row();
create trigger reorganisation_90_audit after insert or update or delete on app.reorganisation
    for each row execute function private.audit_row();
