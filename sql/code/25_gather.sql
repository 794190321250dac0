-- Stand-ins, until gathering and indicators are here.
set local role danvan_policy;

create function private.report_prefill_values(p_report_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
end;
$$;

create function private.report_freeze_values(p_report_id uuid, p_is_approved boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.indicator_value as v set is_approved = p_is_approved where v.report_id = p_report_id;
end;
$$;

set local role danvan_owner;

create function api.report_gather(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
end;
$$;
