-- Who is asked anew to a meeting whose day, hour or place has moved, is told so: it is no second letter of the same words.

alter table app.notice drop constraint notice_stage_choice;
alter table app.notice add constraint notice_stage_choice check (stage in ('before', 'on', 'after', 'escalated', 'moved'));
