-- What reading the directory of another day needs beyond 90_grants.sql.
set local role none;

grant execute on function
    private.area_on(date), private.unit_on(date), private.restated(text, date), api.area_tree(date, integer, integer),
    private.unit_groups(text, date, boolean, text, integer)
to danvan_reader;
