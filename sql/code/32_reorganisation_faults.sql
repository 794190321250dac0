-- stub
set local role danvan_policy;
create function private.reorganisation_refuse_faults(p_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$ begin end; $$;
