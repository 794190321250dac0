-- Lists of outcomes go by their due day, what has none last: each scope walks them in that order, as it walks its meetings.

drop index app.outcome_province_key_idx;
drop index app.outcome_district_key_idx;
drop index app.outcome_grassroots_key_idx;
create index outcome_province_key_idx on app.outcome (province_key, coalesce(due_on, date '9999-12-31'), id);
create index outcome_district_key_idx on app.outcome (district_key, coalesce(due_on, date '9999-12-31'), id);
create index outcome_grassroots_key_idx on app.outcome (grassroots_key, coalesce(due_on, date '9999-12-31'), id);
create index outcome_province_line_key_idx on app.outcome (province_line_key, coalesce(due_on, date '9999-12-31'), id);
create index outcome_district_line_key_idx on app.outcome (district_line_key, coalesce(due_on, date '9999-12-31'), id);
create index outcome_grassroots_line_key_idx on app.outcome (grassroots_line_key, coalesce(due_on, date '9999-12-31'), id);
