-- What the tables keep by themselves: versions, scope keys copied from area and unit, defaults that
-- come from the claim, references that must be visible to whoever makes them.
-- Numbers in trigger names give the order: 10 defaults and keys, 30 checks, 50 touch, 90 audit,
-- 95 what follows.
--
-- Trigger functions run as the caller, so what they look up is what the caller may see: a reference
-- to a hidden row is answered exactly like one to a row that does not exist.

set local role danvan_owner;

-- Versions ----------------------------------------------------------------------------------------

create function private.touch_row() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.version := old.version + 1;
    new.created_at := old.created_at;
    new.updated_at := now();
    return new;
end;
$$;

create function private.touch_version() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.version := old.version + 1;
    return new;
end;
$$;

create trigger area_50_touch before update on app.area
    for each row execute function private.touch_row();
create trigger unit_50_touch before update on app.unit
    for each row execute function private.touch_row();
create trigger user_account_50_touch before update on app.user_account
    for each row execute function private.touch_row();
create trigger membership_50_touch before update on app.membership
    for each row execute function private.touch_row();
create trigger document_50_touch before update on app.document
    for each row execute function private.touch_row();
create trigger document_relation_50_touch before update on app.document_relation
    for each row execute function private.touch_row();
create trigger plan_50_touch before update on app.plan
    for each row execute function private.touch_row();
create trigger plan_item_50_touch before update on app.plan_item
    for each row execute function private.touch_row();
create trigger responsibility_50_touch before update on app.responsibility
    for each row execute function private.touch_row();
create trigger schedule_50_touch before update on app.schedule
    for each row execute function private.touch_row();
create trigger assignment_50_touch before update on app.assignment
    for each row execute function private.touch_row();
create trigger assignment_part_50_touch before update on app.assignment_part
    for each row execute function private.touch_row();
-- Being used is no change of the token: the version an administrator read stays good.
create trigger api_token_50_touch
    before update of token_hash, name, user_id, membership_id, expires_at, revoked_at on app.api_token
    for each row execute function private.touch_version();

-- Scope keys --------------------------------------------------------------------------------------

-- An area's keys: its parent's, and itself at its own level unless an area above stands at that
-- level already (a hamlet belongs to the commune it lies in).
create function private.area_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    above app.area;
begin
    if new.parent_id is not null then
        select a.* into above from app.area as a where a.id = new.parent_id;
        if above.id is null then
            raise exception 'parent_id names no visible area'
                using errcode = 'DV422', column = 'parent_id', constraint = 'not_visible';
        end if;
    end if;
    new.province_key := above.province_key;
    new.district_key := above.district_key;
    new.grassroots_key := above.grassroots_key;
    case (select l.code from app.level as l where l.id = new.level_id)
        when 'province' then new.province_key := coalesce(new.province_key, new.id);
        when 'district' then new.district_key := coalesce(new.district_key, new.id);
        when 'grassroots' then new.grassroots_key := coalesce(new.grassroots_key, new.id);
        else raise exception 'this level has no key column' using errcode = 'DV422', column = 'level_id';
    end case;
    return new;
end;
$$;
create trigger area_10_keys before insert or update of parent_id, level_id on app.area
    for each row execute function private.area_keys();

-- A unit stands at its area and therefore at its area's level: were it said otherwise, a district's
-- administrator could make a unit that sees the province.
create function private.unit_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    stands_at app.area;
begin
    select a.* into stands_at from app.area as a where a.id = new.area_id;
    if stands_at.id is null then
        raise exception 'area_id names no visible area'
            using errcode = 'DV422', column = 'area_id', constraint = 'not_visible';
    end if;
    new.level_id := coalesce(new.level_id, stands_at.level_id);
    if new.level_id <> stands_at.level_id then
        raise exception 'a unit stands at the level of its area'
            using errcode = 'DV422', column = 'level_id', constraint = 'level_of_area';
    end if;
    if new.line_id is null then
        new.line_id := (select k.line_id from app.unit_kind as k where k.code = new.kind);
    end if;
    if new.parent_id is not null
        and not exists (
            select from app.unit as p
            where p.id = new.parent_id and p.area_id = new.area_id and p.line_id = new.line_id)
    then
        raise exception 'an office stands where its unit stands'
            using errcode = 'DV422', column = 'parent_id', constraint = 'same_area_and_line';
    end if;
    new.province_key := stands_at.province_key;
    new.district_key := stands_at.district_key;
    new.grassroots_key := stands_at.grassroots_key;
    return new;
end;
$$;
create trigger unit_10_keys before insert or update of area_id, level_id, line_id, parent_id on app.unit
    for each row execute function private.unit_keys();

-- The unit a row names, as the caller sees it; a hidden one is answered as one that is not there.
create function private.visible_unit(p_unit_id integer, p_column text) returns app.unit
    language plpgsql stable set search_path = ''
as $$
declare
    found_unit app.unit;
begin
    if p_unit_id is not null then
        select u.* into found_unit from app.unit as u where u.id = p_unit_id;
        if found_unit.id is null then
            raise exception '% names no visible unit', p_column
                using errcode = 'DV422', column = p_column, constraint = 'not_visible';
        end if;
    end if;
    return found_unit;
end;
$$;

-- The argument is the column that names the unit. Documents and plans belong to the acting unit
-- when nobody is named, and remember the area, from where they flow down.
create function private.copy_unit_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    of_unit app.unit;
begin
    case tg_argv[0]
        when 'unit_id' then
            of_unit := private.visible_unit(new.unit_id, tg_argv[0]);
        when 'home_unit_id' then
            of_unit := private.visible_unit(new.home_unit_id, tg_argv[0]);
        when 'owner_unit_id' then
            new.owner_unit_id := coalesce(new.owner_unit_id, private.my_unit());
            of_unit := private.visible_unit(new.owner_unit_id, tg_argv[0]);
            new.owner_area_id := of_unit.area_id;
        when 'issuer_unit_id' then
            new.issuer_unit_id := coalesce(new.issuer_unit_id, private.my_unit());
            of_unit := private.visible_unit(new.issuer_unit_id, tg_argv[0]);
            new.issuer_area_id := of_unit.area_id;
    end case;
    new.province_key := of_unit.province_key;
    new.district_key := of_unit.district_key;
    new.grassroots_key := of_unit.grassroots_key;
    new.province_line_key := of_unit.province_line_key;
    new.district_line_key := of_unit.district_line_key;
    new.grassroots_line_key := of_unit.grassroots_line_key;
    return new;
end;
$$;
create trigger user_account_10_keys before insert or update of home_unit_id on app.user_account
    for each row execute function private.copy_unit_keys('home_unit_id');
create trigger membership_10_keys before insert or update of unit_id on app.membership
    for each row execute function private.copy_unit_keys('unit_id');
create trigger document_10_keys before insert or update of owner_unit_id on app.document
    for each row execute function private.copy_unit_keys('owner_unit_id');
create trigger plan_10_keys before insert or update of issuer_unit_id on app.plan
    for each row execute function private.copy_unit_keys('issuer_unit_id');
create trigger assignment_count_10_keys before insert or update of unit_id on app.assignment_count
    for each row execute function private.copy_unit_keys('unit_id');

create function private.assignment_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    lead_unit app.unit := private.visible_unit(new.lead_unit_id, 'lead_unit_id');
begin
    new.province_key := lead_unit.province_key;
    new.district_key := lead_unit.district_key;
    new.grassroots_key := lead_unit.grassroots_key;
    new.line_id := lead_unit.line_id;
    new.original_due_on := coalesce(new.original_due_on, new.due_on);
    new.given_on := coalesce(new.given_on, private.today());
    return new;
end;
$$;
create trigger assignment_10_keys before insert or update of lead_unit_id on app.assignment
    for each row execute function private.assignment_keys();

-- When an area or a unit moves, what carries its keys follows. Each table's own trigger above
-- computes them anew: naming the column is enough. Runs as danvan_policy, for the rows are
-- everybody's. The audit record stays as it was written.
set local role danvan_policy;

-- One statement for all areas or units that one statement changed: abolishing a level moves thousands.
create function private.area_cascade() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    changed constant integer[] := array(
        select n.id
        from new_rows as n
        join old_rows as o on o.id = n.id
        where (o.province_key, o.district_key, o.grassroots_key)
            is distinct from (n.province_key, n.district_key, n.grassroots_key));
begin
    if cardinality(changed) > 0 then
        update app.area as a set parent_id = a.parent_id where a.parent_id = any (changed);
        update app.unit as u set area_id = u.area_id where u.area_id = any (changed);
    end if;
    return null;
end;
$$;

create function private.unit_cascade() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    changed constant integer[] := array(
        select n.id
        from new_rows as n
        join old_rows as o on o.id = n.id
        where (o.area_id, o.line_id, o.province_line_key, o.district_line_key, o.grassroots_line_key)
            is distinct from (n.area_id, n.line_id, n.province_line_key, n.district_line_key, n.grassroots_line_key));
begin
    if cardinality(changed) = 0 then
        return null;
    end if;
    update app.user_account as t set home_unit_id = t.home_unit_id where t.home_unit_id = any (changed);
    update app.membership as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.document as t set owner_unit_id = t.owner_unit_id where t.owner_unit_id = any (changed);
    update app.plan as t set issuer_unit_id = t.issuer_unit_id where t.issuer_unit_id = any (changed);
    update app.assignment as t set lead_unit_id = t.lead_unit_id where t.lead_unit_id = any (changed);
    update app.assignment_count as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.extension_request as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.report as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.indicator_value as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.rating as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.reorganisation as t set owner_unit_id = t.owner_unit_id where t.owner_unit_id = any (changed);
    update app.establishment as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.staff as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.appointment as t set unit_id = t.unit_id where t.unit_id = any (changed);
    update app.course as t set organiser_unit_id = t.organiser_unit_id where t.organiser_unit_id = any (changed);
    update app.training_record as t set unit_id = t.unit_id where t.unit_id = any (changed);
    perform private.owned_cascade(changed);
    return null;
end;
$$;

set local role danvan_owner;

create trigger area_95_cascade after update on app.area
    referencing old table as old_rows new table as new_rows
    for each statement execute function private.area_cascade();
create trigger unit_95_cascade after update on app.unit
    referencing old table as old_rows new table as new_rows
    for each statement execute function private.unit_cascade();

-- Defaults ------------------------------------------------------------------------------------------

-- A dated version of a unit says its kind; unless told otherwise, the one it has.
create function private.unit_version_defaults() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.kind := coalesce(new.kind, (select u.kind from app.unit as u where u.id = new.unit_id));
    return new;
end;
$$;
create trigger unit_version_10_defaults before insert on app.unit_version
    for each row execute function private.unit_version_defaults();

-- Whoever runs a plan later, it was issued once.
create function private.plan_original_issuer() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.original_issuer_unit_id := new.issuer_unit_id;
    return new;
end;
$$;
create trigger plan_15_original_issuer before insert on app.plan
    for each row execute function private.plan_original_issuer();

-- Defaults from the claim -------------------------------------------------------------------------

create function private.membership_defaults() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.valid_from := coalesce(new.valid_from, private.today());
    return new;
end;
$$;
create trigger membership_10_defaults before insert on app.membership
    for each row execute function private.membership_defaults();

-- A token is its maker's, acts under the membership it was made under, and ends within a year.
create function private.api_token_defaults() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.user_id := coalesce(new.user_id, private.my_user());
    new.membership_id := coalesce(new.membership_id, private.my_membership());
    new.expires_at := coalesce(new.expires_at, now() + interval '90 days');
    if new.expires_at <= now() or new.expires_at > now() + private.api_token_lifetime() then
        raise exception 'expires_at is past or more than a year away'
            using errcode = 'DV422', column = 'expires_at', constraint = 'out_of_range';
    end if;
    return new;
end;
$$;
create trigger api_token_10_defaults before insert on app.api_token
    for each row execute function private.api_token_defaults();

create function private.progress_entry_defaults() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.unit_id := coalesce(new.unit_id, private.my_unit());
    new.recorded_by := coalesce(new.recorded_by, private.my_user());
    new.recorded_on := coalesce(new.recorded_on, private.today());
    return new;
end;
$$;
create trigger progress_entry_10_defaults before insert on app.progress_entry
    for each row execute function private.progress_entry_defaults();

-- Checks ------------------------------------------------------------------------------------------

-- Arguments are pairs: a column, the table it names. What the caller cannot see cannot be named.
create function private.check_visible() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    named jsonb := to_jsonb(new);
    named_before jsonb := case tg_op when 'UPDATE' then to_jsonb(old) else '{}' end;
    column_name text;
    is_visible boolean;
begin
    for i in 0 .. tg_nargs - 1 by 2
    loop
        column_name := tg_argv[i];
        continue when named ->> column_name is null or named -> column_name = named_before -> column_name;
        execute format('select exists (select from app.%I as t where t.id = %L)',
            tg_argv[i + 1], named ->> column_name)
        into is_visible;
        if not is_visible then
            raise exception '% names no visible %', column_name, tg_argv[i + 1]
                using errcode = 'DV422', column = column_name, constraint = 'not_visible';
        end if;
    end loop;
    return new;
end;
$$;
create trigger membership_30_visible before insert or update of user_id on app.membership
    for each row execute function private.check_visible('user_id', 'user_account');
create trigger document_relation_30_visible before insert or update of from_id, to_id on app.document_relation
    for each row execute function private.check_visible('from_id', 'document', 'to_id', 'document');
create trigger plan_30_visible before insert or update of document_id, parent_plan_id on app.plan
    for each row execute function private.check_visible('document_id', 'document', 'parent_plan_id', 'plan');
create trigger plan_item_30_visible
    before insert or update of plan_id, source_document_id, carries_out_id on app.plan_item
    for each row execute function private.check_visible(
        'plan_id', 'plan', 'source_document_id', 'document', 'carries_out_id', 'plan_item');
create trigger plan_item_document_30_visible before insert or update on app.plan_item_document
    for each row execute function private.check_visible('plan_item_id', 'plan_item', 'document_id', 'document');
create trigger responsibility_30_visible before insert or update of plan_item_id, unit_id on app.responsibility
    for each row execute function private.check_visible('plan_item_id', 'plan_item', 'unit_id', 'unit');
create trigger schedule_30_visible before insert or update of plan_item_id on app.schedule
    for each row execute function private.check_visible('plan_item_id', 'plan_item');

-- The same for what is written most often, with a plan that is kept.
create function private.progress_entry_visible() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.assignment as a where a.id = new.assignment_id) then
        raise exception 'assignment_id names no visible assignment'
            using errcode = 'DV422', column = 'assignment_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;
create trigger progress_entry_30_visible before insert on app.progress_entry
    for each row execute function private.progress_entry_visible();

-- An outline hangs together: parent and block are items of the same plan.
create function private.plan_item_outline() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.parent_id is not null and (new.parent_id = new.id or not exists (
        select from app.plan_item as p where p.id = new.parent_id and p.plan_id = new.plan_id))
    then
        raise exception 'parent_id names no item of this plan'
            using errcode = 'DV422', column = 'parent_id', constraint = 'not_visible';
    end if;
    if new.block_id is not null and not exists (
        select from app.plan_item as b
        where b.id = new.block_id and b.plan_id = new.plan_id and b.kind = 'block')
    then
        raise exception 'block_id names no block of this plan'
            using errcode = 'DV422', column = 'block_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;
create trigger plan_item_30_outline before insert or update of plan_id, parent_id, block_id on app.plan_item
    for each row execute function private.plan_item_outline();

-- Whoever asks: the first due day is kept for ever, and only a leader confirms or takes it back.
create function private.assignment_guard() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.original_due_on is distinct from old.original_due_on then
        raise exception 'original_due_on never changes'
            using errcode = 'DV422', column = 'original_due_on', constraint = 'immutable';
    end if;
    if new.status = 'moved' and old.status <> 'moved' and current_user <> 'danvan_policy' then
        raise exception 'only a reorganisation moves' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if private.my_user() is not null then
        if (new.status = 'completed') <> (old.status = 'completed') and private.my_rank() < 3 then
            raise exception 'a leader confirms' using errcode = 'DV403', constraint = 'leader_needed';
        end if;
        if new.confirmed_by is distinct from old.confirmed_by
            and (private.my_rank() < 3 or new.confirmed_by <> private.my_user())
        then
            raise exception 'a leader confirms, in their own name'
                using errcode = 'DV403', column = 'confirmed_by', constraint = 'leader_needed';
        end if;
    end if;
    return new;
end;
$$;
create trigger assignment_30_guard before update on app.assignment
    for each row execute function private.assignment_guard();

create function private.progress_entry_refuse() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    raise exception 'a progress entry is never changed' using errcode = 'DV403', constraint = 'append_only';
end;
$$;
create trigger progress_entry_30_append_only before update on app.progress_entry
    for each row execute function private.progress_entry_refuse();
