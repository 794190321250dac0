-- The first half of 2025 is spent by whoever has the lines: after March the merged provincial board, and for the last
-- time the districts.
reset role;

\if :is_new_history

call pg_temp.history_spend(2025, array['2025-03-14', '2025-06-12']::date[]);

\endif
