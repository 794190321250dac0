-- What figures carried to another day, and the tree of units, need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.restated_area(date, date), private.restated_unit(date, date), api.unit_tree(date, integer, integer)
to danvan_reader;
