-- What reorganisations need beyond 90_grants.sql.
set local role none;

grant insert (id, title, document_id, legal_basis, effective_on, is_doubtful, doubt, owner_unit_id),
    update (title, document_id, legal_basis, effective_on, is_doubtful, doubt), delete
    on app.reorganisation to danvan_writer;
grant insert (id, reorganisation_id, position, subject, kind, with_units, moves_accounts, note),
    update (position, subject, kind, with_units, moves_accounts, note), delete
    on app.reorganisation_step to danvan_writer;
grant insert (id, step_id, side, position, area_id, unit_id, new_code, new_name, new_short_name, new_kind, new_level_id,
        new_area_id, new_area_part_id, new_parent_unit_id, new_parent_part_id, allocation, share_permille),
    update (side, position, area_id, unit_id, new_code, new_name, new_short_name, new_kind, new_level_id,
        new_area_id, new_area_part_id, new_parent_unit_id, new_parent_part_id, allocation, share_permille), delete
    on app.reorganisation_part to danvan_writer;
grant insert (id, step_id, plan_item_id), delete on app.reorganisation_function_item to danvan_writer;

grant execute on function
    private.is_ended(integer), private.is_ended_on(integer, date), private.is_moved_to_mine(text, uuid), private.may_decide_reorganisation(uuid), private.prepares_reorganisation(uuid), private.prepares_step(uuid)
to danvan_reader;
grant execute on function
    private.reorganisation_visible(uuid), private.reorganisation_look(uuid),
    private.reorganisation_decide(uuid, integer, boolean), private.reorganisation_withdraw(uuid, integer, text)
to danvan_writer;
grant execute on function private.reorganisation_tick() to danvan_service;
