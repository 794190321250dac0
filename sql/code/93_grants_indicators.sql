-- What gathering, indicators, targets and ratings need beyond 90_grants.sql.
set local role none;

grant select on private.indicator_asked, private.report_approved_before, private.value_approved_before, private.value_in_force
    to danvan_reader;
grant execute on function api.target_answers(uuid, integer, integer, text, date, boolean) to danvan_reader;
grant execute on function
    private.may_rate(integer), private.is_my_indicator(uuid),
    private.target_answer(text, text, bigint, numeric, numeric, numeric),
    private.target_figures(uuid[], integer, text, integer, text, date, boolean)
to danvan_reader;

grant execute on function
    private.report_gather(uuid, integer), private.report_hold(uuid), private.indicator_is_answered(uuid)
to danvan_writer;

grant insert (id, plan_id, plan_item_id, code, name, measure_unit, kind, direction, roll_up, frequency, source,
        from_year, until_year, position),
    update (plan_item_id, code, name, measure_unit, kind, direction, roll_up, frequency, source,
        from_year, until_year, position),
    delete
    on app.indicator to danvan_writer;
grant insert (id, indicator_id, level_id, line_id), delete on app.indicator_ask to danvan_writer;
grant insert (id, indicator_id, plan_item_id), delete on app.indicator_item to danvan_writer;
grant insert (id, indicator_id, year, line_id, comparator, threshold), update (year, line_id, comparator, threshold), delete
    on app.target to danvan_writer;
grant update (own_value, own_numerator, own_denominator, note) on app.indicator_value to danvan_writer;
grant insert (id, unit_id, year, scale, grade, rated_on, document_id, note),
    update (scale, grade, rated_on, document_id, note), delete
    on app.rating to danvan_writer;
