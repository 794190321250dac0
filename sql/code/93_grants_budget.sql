-- What budget lines need beyond 90_grants.sql.
set local role none;

grant execute on function
    api.budget_totals(integer, text, uuid, uuid, integer, boolean, date),
    api.budget_lines_on(date), api.budget_entries_on(date),
    private.budget_total_rows(integer, text, uuid, uuid, integer, boolean, date),
    private.budget_sums(uuid, date), private.budget_approver(integer, uuid)
to danvan_reader;

grant execute on function
    private.amount_read(jsonb, text), private.note_read(jsonb, text, boolean),
    private.named_document(jsonb),
    private.budget_line_submit(uuid, integer), private.budget_line_return(uuid, integer, text),
    private.budget_line_approve(uuid, integer, bigint, uuid),
    private.budget_line_adjust(uuid, integer, bigint, text, uuid),
    private.budget_line_spend(uuid, integer, bigint, date, text), private.budget_line_close(uuid, integer)
to danvan_writer;

grant insert (id, plan_item_id, year, estimate_amount, note), update (estimate_amount, note), delete
    on app.budget_line to danvan_writer;
