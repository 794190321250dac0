-- Reports of before app.report_state get the days that can still be told; once, for each that has none.
set local role none;

select private.report_states_fill() \g /dev/null
