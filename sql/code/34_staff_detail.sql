-- What is personal about a person: given out one by one, for a purpose, on the record; corrected; exported
-- whole; and deleted when its time is over, with a proof that holds nothing of the person.

set local role danvan_policy;

-- Which fields the purpose opens to the caller; refused where it opens none. Who: the person; officers and
-- leaders of the unit that keeps the record; a leader of its direct superior for a purpose that reaches above.
create function private.staff_detail_fields(p_staff app.staff, p_purpose text) returns text[]
    language plpgsql stable security definer set search_path = ''
as $$
declare
    purpose private.staff_purpose;
    keeper constant integer := private.staff_keeper(p_staff);
begin
    select p.* into purpose from private.staff_purpose as p where p.code = p_purpose;
    if purpose.code is null then
        raise exception 'not a purpose'
            using errcode = 'DV422', column = 'purpose', constraint = case when p_purpose is null then 'required' else 'not_a_choice' end;
    end if;
    if p_staff.user_id = private.my_user() then
        return (select p.fields from private.staff_purpose as p where p.code = 'record_check');
    end if;
    if (keeper = private.my_unit() and private.my_rank() >= 2)
        or (purpose.reaches_above and private.my_rank() >= 3 and private.direct_superior_of(keeper) = private.my_unit())
    then
        return purpose.fields;
    end if;
    raise exception 'not for the caller to read' using errcode = 'DV403', constraint = 'not_permitted';
end;
$$;

create function private.staff_read_detail(p_id uuid, p_purpose text) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    person app.staff;
    fields text[];
begin
    select s.* into person from app.staff as s where s.id = p_id;
    fields := private.staff_detail_fields(person, p_purpose);
    perform private.audit('read_detail', 'staff', p_id::text, jsonb_build_object('purpose', p_purpose, 'fields', fields));
    return (
        select jsonb_build_object('staff_id', p_id, 'purpose', p_purpose, 'detail', jsonb_object_agg(f.name, to_jsonb(d) -> f.name))
        from unnest(fields) as f (name)
        left join app.staff_detail as d on d.staff_id = p_id);
end;
$$;

-- Only what is named changes; null empties it. Checked before it is written: what a table refuses is told
-- to the log with the whole row.
create function private.staff_change_detail(p_id uuid, p_version integer, p_change jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    person constant app.staff := private.staff_take(p_id, p_version, 2,
        (select s.status from app.staff as s where s.id = p_id));
begin
    insert into app.staff_detail as d (staff_id, born_on, gender, is_ethnic_minority, phone, email)
    select person.id, w.born_on, w.gender, w.is_ethnic_minority, w.phone, w.email
    from jsonb_populate_record(null::app.staff_detail, p_change) as w
    on conflict (staff_id) do update
    set born_on = case when p_change ? 'born_on' then excluded.born_on else d.born_on end,
        gender = case when p_change ? 'gender' then excluded.gender else d.gender end,
        is_ethnic_minority = case when p_change ? 'is_ethnic_minority' then excluded.is_ethnic_minority else d.is_ethnic_minority end,
        phone = case when p_change ? 'phone' then excluded.phone else d.phone end,
        email = case when p_change ? 'email' then excluded.email else d.email end;
    update app.staff as s set unit_id = s.unit_id where s.id = person.id;
end;
$$;

-- Everything held of one person, as one document. Nothing in it depends on when or by whom it is asked.
create function private.staff_document(p_id uuid) returns jsonb
    language plpgsql stable security definer set search_path = ''
as $$
declare
    kept constant text[] := array['search', 'level_id', 'line_id', 'province_key', 'district_key', 'grassroots_key',
        'province_line_key', 'district_line_key', 'grassroots_line_key'];
begin
    return (
        select jsonb_build_object(
            'staff', to_jsonb(s) - kept || jsonb_build_object(
                'unit_code', (select u.code from app.unit as u where u.id = s.unit_id),
                'login', (select u.login from app.user_account as u where u.id = s.user_id)),
            'detail', (select to_jsonb(d) - 'staff_id' from app.staff_detail as d where d.staff_id = s.id),
            'appointments', (select coalesce(jsonb_agg(to_jsonb(a) - kept || jsonb_build_object(
                    'unit_code', (select u.code from app.unit as u where u.id = a.unit_id))
                    order by a.valid_from, a.id), '[]')
                from app.appointment as a where a.staff_id = s.id),
            'qualifications', (select coalesce(jsonb_agg(to_jsonb(q) order by q.kind, q.id), '[]')
                from app.qualification as q where q.staff_id = s.id),
            'training_records', (select coalesce(jsonb_agg(to_jsonb(r) - kept || jsonb_build_object(
                    'course_code', c.code, 'course_name', c.name,
                    'attendance', (select coalesce(jsonb_agg(to_jsonb(t) - 'record_id' order by t.day), '[]')
                        from app.training_attendance as t where t.record_id = r.id))
                    order by c.starts_on, r.id), '[]')
                from app.training_record as r join app.course as c on c.id = r.course_id
                where r.staff_id = s.id))
        from app.staff as s
        where s.id = p_id);
end;
$$;

create function private.staff_digest(p_document jsonb) returns bytea
    language sql immutable set search_path = ''
    return sha256(convert_to(p_document::text, 'UTF8'));

-- For the person, or a leader of the unit that keeps the record. Beside the document, who has read the detail.
create function private.staff_export(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    person app.staff;
    document constant jsonb := private.staff_document(p_id);
begin
    select s.* into person from app.staff as s where s.id = p_id;
    if person.user_id is distinct from private.my_user()
        and not (private.staff_keeper(person) = private.my_unit() and private.my_rank() >= 3)
    then
        raise exception 'not for the caller to export' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    perform private.audit('export', 'staff', p_id::text, null);
    return jsonb_build_object(
        'document', document,
        'digest', encode(private.staff_digest(document), 'hex'),
        'reads', (
            select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'action', e.action, 'unit_id', e.unit_id,
                'role', e.role, 'purpose', e.change ->> 'purpose') order by e.at, e.id), '[]')
            from app.audit_event as e
            where e.resource = 'staff' and e.resource_id = p_id::text and e.action in ('read_detail', 'export')));
end;
$$;

-- One person deleted, everywhere. An account of theirs keeps its number, for the record says who acted;
-- what it says of the person goes, and nobody signs in to it again.
create function private.staff_delete_one(p_staff app.staff, p_years smallint) returns void
    language plpgsql set search_path = ''
as $$
declare
    counts jsonb;
    document_digest constant bytea := private.staff_digest(private.staff_document(p_staff.id));
begin
    select jsonb_build_object(
        'staff', 1,
        'staff_detail', (select count(*) from app.staff_detail as d where d.staff_id = p_staff.id),
        'appointment', (select count(*) from app.appointment as a where a.staff_id = p_staff.id),
        'qualification', (select count(*) from app.qualification as q where q.staff_id = p_staff.id),
        'training_record', (select count(*) from app.training_record as r where r.staff_id = p_staff.id),
        'training_attendance', (select count(*) from app.training_attendance as t
            join app.training_record as r on r.id = t.record_id where r.staff_id = p_staff.id),
        'user_account', (select count(*) from app.user_account as u where u.id = p_staff.user_id))
    into counts;
    delete from app.staff as s where s.id = p_staff.id;
    -- replies kept for repeated requests, and cells of tables brought in
    delete from private.idempotency as i
    where position(p_staff.id::text in i.reply) > 0 or position(p_staff.full_name in i.reply) > 0;
    delete from app.import_error as e where e.value in (p_staff.full_name, p_staff.code);
    if p_staff.user_id is not null then
        delete from app.session as s where s.user_id = p_staff.user_id;
        delete from private.credential as c where c.user_id = p_staff.user_id;
        update app.user_account as u
        set login = 'deleted.' || left(replace(u.id::text, '-', ''), 24), display_name = 'Tài khoản đã xóa', email = null,
            disabled_at = coalesce(u.disabled_at, now())
        where u.id = p_staff.user_id;
    end if;
    insert into app.staff_deletion (staff_id, unit_id, left_on, retention_years, deleted_counts, digest)
    values (p_staff.id, private.staff_keeper(p_staff), p_staff.left_on, p_years, counts, document_digest);
    perform private.audit('expire', 'staff', p_staff.id::text, counts);
end;
$$;

-- Everybody whose term is over. Answers how many; may run twice.
create function private.staff_delete_expired() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    kept_years constant smallint := (select r.years from private.staff_retention as r);
    person app.staff;
    deleted_count integer := 0;
begin
    for person in
        select s.* from app.staff as s
        where s.left_on is not null and (s.left_on + make_interval(years => kept_years))::date <= private.today()
        order by s.left_on, s.id
        for update skip locked
    loop
        perform private.staff_delete_one(person, kept_years);
        deleted_count := deleted_count + 1;
    end loop;
    return deleted_count;
end;
$$;
