-- Who sees budget lines and their entries: the scope of the unit whose they are, once submitted; drafts are the owner's
-- alone. An entry is seen with its line. Entries are made by the commands (43_budget.sql) and never changed.

set local role danvan_policy;

-- Who approves what this unit submits under this plan: whoever decides on its reports; its own leader where nobody does.
create function private.budget_approver(p_unit_id integer, p_plan_id uuid) returns integer
    language sql stable security definer set search_path = ''
as $$
    select coalesce(private.superior_of(p_unit_id, p_plan_id), p_unit_id);
$$;

set local role danvan_owner;

select private.secure_table(t) from unnest(array['budget_line', 'budget_entry']) as t;
select private.keep_table(t) from unnest(array['budget_line', 'budget_entry']) as t;

select private.see_by_scope('budget_line', $$status <> 'draft'$$);
select private.write_own('budget_line', '{insert,update,delete}');
select private.see_by_parent('budget_entry', 'budget_line_id', 'budget_line');
