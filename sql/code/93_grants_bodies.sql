-- What committees and coordination plans need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.my_committees(), private.my_coordination_plans(), private.unit_name_on(integer, date),
    private.given_row_is_seen(uuid), private.given_state(uuid), private.given_state_on(uuid, date),
    -- sessions are meetings
    private.my_invited_meetings(), private.my_named_outcomes(), private.my_concluded_meetings(),
    api.coordination_coverage(integer, text, uuid, date, integer, boolean),
    api.coordination_rates(integer, text, uuid, date, integer, boolean),
    api.committees_on(date), api.committee_members_on(date), api.committee_work_items_on(date), api.committee_reviews_on(date),
    api.coordination_plans_on(date), api.coordination_parties_on(date), api.coordination_items_on(date)
to danvan_reader;

grant execute on function
    private.is_my_committee(uuid), private.is_my_coordination_plan(uuid),
    private.document_read(jsonb, text), private.id_read(jsonb),
    private.members_read(jsonb), private.members_faults(jsonb),
    private.committee_renew(uuid, integer, uuid, date, integer[], text[], text[], uuid[]),
    private.committee_end(uuid, integer, date, text, uuid),
    private.committee_work_item_give(uuid, integer), private.committee_work_item_withdraw(uuid, integer, text),
    private.committee_work_item_complete(uuid, integer, date),
    private.committee_review_conclude(uuid, integer, date, text, uuid),
    private.coordination_plan_sign(uuid, integer, date, uuid), private.coordination_plan_end(uuid, integer, date, text),
    private.coordination_item_give(uuid, integer), private.coordination_item_withdraw(uuid, integer, text),
    private.coordination_item_complete(uuid, integer, date)
to danvan_writer;

grant insert (id, name, code, plan_id, document_id, duties, established_on),
    update (name, code, plan_id, document_id, duties, established_on), delete
    on app.committee to danvan_writer;
grant insert (id, committee_id, unit_id, role, post, staff_id, document_id, valid_from, valid_to),
    update (role, post, staff_id, document_id, valid_from, valid_to), delete
    on app.committee_member to danvan_writer;
grant insert (id, committee_id, year, title, text, lead_unit_id, due_on, plan_item_id),
    update (year, title, text, lead_unit_id, due_on, plan_item_id), delete
    on app.committee_work_item to danvan_writer;
grant insert (id, committee_id, title, document_id, plan_item_id, period_from, period_to, due_on),
    update (title, document_id, plan_item_id, period_from, period_to, due_on), delete
    on app.committee_review to danvan_writer;
grant insert (id, partner_kind, term, year, until_year, number, title, plan_id, plan_item_id, document_id),
    update (partner_kind, term, year, until_year, number, title, plan_id, plan_item_id, document_id), delete
    on app.coordination_plan to danvan_writer;
grant insert (id, coordination_plan_id, unit_id, signatory), update (signatory), delete
    on app.coordination_party to danvan_writer;
grant insert (id, coordination_plan_id, position, title, text, lead_unit_id, due_on),
    update (position, title, text, lead_unit_id, due_on), delete
    on app.coordination_item to danvan_writer;
