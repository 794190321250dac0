-- What reports and their content keep by themselves.

set local role danvan_owner;

-- A report that a unit makes for itself names a period alone; everything else follows from it. What
-- opening a period makes comes complete and is left alone.
create function private.report_own() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    period app.period;
    exception_until date;
    refusal text;
begin
    if new.unit_id is not null then
        return new;
    end if;
    if coalesce(private.my_rank(), 0) < 2 then
        raise exception 'an officer writes reports' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    select p.* into period from app.period as p where p.id = new.period_id;
    if period.id is null then
        raise exception 'no such period' using errcode = 'DV422', column = 'period_id', constraint = 'not_visible';
    end if;
    select max(e.until_on) into exception_until
    from app.period_exception as e
    where e.period_id = period.id and e.unit_id = private.my_unit() and e.revoked_at is null;
    refusal := private.report_refusal('not_started', null,
        private.period_state(period.opened_at, period.locked_at, period.opens_on, period.expires_on, period.locks_on,
            private.today()), exception_until, private.today());
    if refusal is not null then
        raise exception 'the period is %', refusal using errcode = 'DV409', constraint = refusal;
    end if;
    new.unit_id := private.my_unit();
    new.plan_id := period.plan_id;
    new.superior_unit_id := private.superior_of(new.unit_id, period.plan_id);
    new.original_due_on := coalesce(
        (select d.due_on from app.period_due as d where d.period_id = period.id and d.level_id = private.my_level()),
        period.expires_on);
    new.due_on := greatest(new.original_due_on, exception_until);
    return new;
end;
$$;
create trigger report_05_own before insert on app.report
    for each row execute function private.report_own();

-- Done is 100 % and not started is none, as with progress; blank text says nothing.
create function private.report_line_said() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.progress := case new.status when 'done' then 100 when 'not_started' then 0 else new.progress end;
    new.done := nullif(btrim(new.done, e' \t\r\n'), '');
    new.doing := nullif(btrim(new.doing, e' \t\r\n'), '');
    new.figures := nullif(btrim(new.figures, e' \t\r\n'), '');
    new.difficulties := nullif(btrim(new.difficulties, e' \t\r\n'), '');
    new.proposals := nullif(btrim(new.proposals, e' \t\r\n'), '');
    return new;
end;
$$;
create trigger report_line_40_said before update on app.report_line
    for each row execute function private.report_line_said();

create function private.report_section_said() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.text := nullif(btrim(new.text, e' \t\r\n'), '');
    return new;
end;
$$;
create trigger report_section_40_said before update on app.report_section
    for each row execute function private.report_section_said();
