-- Units that see their own line walk its meetings by day, as the others walk their area's.

create index meeting_province_line_key_idx on app.meeting (province_line_key, held_on, id);
create index meeting_district_line_key_idx on app.meeting (district_line_key, held_on, id);
create index meeting_grassroots_line_key_idx on app.meeting (grassroots_line_key, held_on, id);
