-- The rest of 2025, by the successors: each predecessor's line for itself. In January the provincial board and half of
-- the communes have closed their books.
reset role;

\if :is_new_history

call pg_temp.history_spend(2025, array['2025-09-12', '2025-12-11']::date[]);
update app.budget_line as b
set status = 'closed', closed_on = '2026-01-19'
from app.unit as u, app.level as l
where u.id = b.owner_unit_id and l.id = u.level_id and b.year = 2025 and b.status = 'approved'
    and (l.code = 'province' or pg_temp.history_roll(u.code || '|closes 2025') < 50);
drop procedure pg_temp.history_spend, pg_temp.history_close, pg_temp.history_approve, pg_temp.history_estimate;

\endif
