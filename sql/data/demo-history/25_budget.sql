-- Budgets go on: 2022 is closed, 2023 and 2024 are approved, spent and closed, 2025 is approved before its year. Who
-- drafted or left out a line one year does so no more: each year takes over the lines of the year before.
reset role;

\if :is_new_history

-- So many of the year's quarters are spent of every approved line, a sixth or so each, by whoever has the line now.
create procedure pg_temp.history_spend(p_year integer, p_days date[])
    language sql
begin atomic
    insert into app.budget_entry (budget_line_id, kind, amount, entered_on, reason, unit_id, recorded_by, created_at)
    select b.id, 'spending',
        (b.approved_amount * (14 + pg_temp.history_roll(w.words) * 9 / 100) / 100 / 100000) * 100000,
        d.day, 'Chi theo dự toán', b.owner_unit_id, p.officer_id, pg_temp.history_time(d.day, w.words)
    from app.budget_line as b
    join app.unit as u on u.id = b.origin_unit_id
    join app.plan_item as i on i.id = b.plan_item_id
    cross join lateral unnest(p_days) as d (day)
    cross join lateral (select u.code || '|' || i.code || '|' || d.day as words) as w
    left join pg_temp.history_post as p on p.unit_id = b.owner_unit_id
    where b.year = p_year and b.status = 'approved' and b.approved_amount >= 1000000
    order by d.day, w.words;
end;

create procedure pg_temp.history_close(p_year integer, p_day date)
    language sql
begin atomic
    update app.budget_line as b set status = 'closed', closed_on = p_day where b.year = p_year and b.status = 'approved';
end;

-- What is drafted for the year is submitted, and what was submitted is approved.
create procedure pg_temp.history_approve(p_year integer)
    language plpgsql
as $$
begin
    insert into app.budget_entry (budget_line_id, kind, amount, entered_on, unit_id, recorded_by, created_at)
    select b.id, 'estimate', b.estimate_amount, s.day, b.owner_unit_id, p.officer_id, pg_temp.history_time(s.day, u.code || b.plan_item_id)
    from app.budget_line as b
    join app.unit as u on u.id = b.owner_unit_id
    left join pg_temp.history_post as p on p.unit_id = u.id
    cross join lateral (select make_date(p_year - 1, 12, 1 + pg_temp.history_roll(u.code || '|submits ' || p_year) % 8) as day) as s
    where b.year = p_year and b.status = 'draft';
    insert into app.budget_entry (budget_line_id, kind, amount, entered_on, unit_id, recorded_by, created_at)
    select b.id, 'approval', (b.estimate_amount * (90 + pg_temp.history_roll(u.code || i.code || '|approved ' || p_year) % 11) / 100 / 100000) * 100000,
        s.day, above.unit_id, p.leader_id, pg_temp.history_time(s.day, u.code || i.code)
    from app.budget_line as b
    join app.unit as u on u.id = b.owner_unit_id
    join app.plan_item as i on i.id = b.plan_item_id
    cross join lateral (select private.budget_approver(b.owner_unit_id, b.plan_id) as unit_id) as above
    left join pg_temp.history_post as p on p.unit_id = above.unit_id
    cross join lateral (select make_date(p_year - 1, 12, 19 + pg_temp.history_roll(u.code || '|approves ' || p_year) % 9) as day) as s
    where b.year = p_year and b.status = 'submitted';
end;
$$;

-- A few per cent more than the year before.
create procedure pg_temp.history_estimate(p_year integer)
    language sql
begin atomic
    insert into app.budget_line (plan_item_id, year, estimate_amount, note, owner_unit_id, created_at)
    select b.plan_item_id, p_year, (b.estimate_amount * 103 / 100 / 100000) * 100000, b.note, b.owner_unit_id,
        pg_temp.history_time(make_date(p_year - 1, 11, 20), u.code || i.code)
    from app.budget_line as b
    join app.unit as u on u.id = b.owner_unit_id
    join app.plan_item as i on i.id = b.plan_item_id
    where b.year = p_year - 1 and private.leads_item(b.owner_unit_id, b.plan_item_id, p_year)
    order by u.code, i.code;
end;

call pg_temp.history_close(2022, '2023-01-16');
call pg_temp.history_approve(2023);
call pg_temp.history_spend(2023, array['2023-03-15', '2023-06-14', '2023-09-14', '2023-12-13']::date[]);
call pg_temp.history_close(2023, '2024-01-15');
call pg_temp.history_estimate(2024);
call pg_temp.history_approve(2024);
call pg_temp.history_spend(2024, array['2024-03-14', '2024-06-13', '2024-09-12', '2024-12-12']::date[]);
call pg_temp.history_close(2024, '2025-01-15');
call pg_temp.history_estimate(2025);
call pg_temp.history_approve(2025);

\endif
