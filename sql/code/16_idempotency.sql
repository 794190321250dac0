-- A POST sent twice under one Idempotency-Key acts once and is answered twice. Both functions run
-- inside the transaction of the write itself: a write that fails leaves no key behind.

set local role danvan_policy;

-- Takes the key. All NULL: it is new, go on and call idempotency_store before COMMIT. Else the reply
-- of the first request. A second request in flight waits on the first one's row and then finds its
-- reply. The acting membership belongs to what was asked: a reply made for one unit is not replayed
-- to the same person acting for another.
create function private.idempotency_begin(
    p_key text, p_request_hash text, out status integer, out reply text, out reply_headers text)
    returns record
    language plpgsql security definer set search_path = ''
as $$
declare
    asked_hash text := p_request_hash || ':' || coalesce(private.my_membership()::text, '');
    kept private.idempotency;
begin
    if private.my_user() is null then
        raise exception 'not signed in' using errcode = 'DV401', constraint = 'not_signed_in';
    end if;
    insert into private.idempotency (user_id, key, request_hash)
    values (private.my_user(), p_key, asked_hash)
    on conflict (user_id, key) do nothing;
    if found then
        return;
    end if;

    select i.* into kept
    from private.idempotency as i
    where i.user_id = private.my_user() and i.key = p_key
    for update;
    if kept.request_hash is distinct from asked_hash then
        raise exception 'this key was used for another request'
            using errcode = 'DV422', constraint = 'key_reused';
    end if;
    if kept.status is null then
        raise exception 'a request with this key is being answered'
            using errcode = 'DV409', constraint = 'in_flight';
    end if;
    status := kept.status;
    reply := kept.reply;
    reply_headers := kept.reply_headers;
end;
$$;

create function private.idempotency_store(p_key text, p_status integer, p_reply text, p_reply_headers text)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update private.idempotency as i
    set status = p_status, reply = p_reply, reply_headers = p_reply_headers
    where i.user_id = private.my_user() and i.key = p_key and i.status is null;
    if not found then
        raise exception 'no request is open under this key' using errcode = 'DV409', constraint = 'in_flight';
    end if;
end;
$$;
