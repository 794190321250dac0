-- What meetings decide: who writes it when, what closing asks and gives, both sides ending at once, and what the next meeting finds.
begin;
\ir include/acting.sql
select plan(126);
update private.installation set mode = 'test', fixed_today = '2022-07-12';

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.dongxoai.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.women.dongxoai', 'phunu-689', 'leader');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');

create function pg_temp.item(p_code text) returns uuid
    language sql return (
        select i.id from app.plan_item as i where i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = p_code);

create temp table made (name text primary key, id uuid not null);
grant select on made to public;
create function pg_temp.id(p_name text) returns uuid
    language sql return (select m.id from made as m where m.name = p_name);

-- A meeting as the commands of meetings leave it.
create function pg_temp.meeting(p_name text, p_unit text, p_held_on date, p_status text, p_kind text default 'thematic') returns void
    language plpgsql
as $$
declare
    made_id uuid;
begin
    insert into app.meeting (plan_id, kind, title, held_on, status, convened_on, opened_on, closed_on, owner_unit_id)
    values ('017b4fe7-da80-7000-8000-000000000a36', p_kind, p_name, p_held_on, p_status, p_held_on - 10,
        case when p_status in ('open', 'closed') then p_held_on end, case when p_status = 'closed' then p_held_on end,
        pg_temp.unit(p_unit))
    returning id into made_id;
    insert into made values (p_name, made_id);
end;
$$;
create function pg_temp.invite(p_meeting text, p_unit text) returns void
    language sql
as $$
    insert into app.meeting_invitation (meeting_id, unit_id) values (pg_temp.id(p_meeting), pg_temp.unit(p_unit));
$$;
-- What the closing of a meeting does to its outcomes, as its command does it.
create function pg_temp.close(p_meeting text) returns void
    language plpgsql
as $$
begin
    perform private.meeting_outcomes_check(pg_temp.id(p_meeting));
    update app.meeting set status = 'closed', closed_on = private.today() where id = pg_temp.id(p_meeting);
    perform private.meeting_outcomes_issue(pg_temp.id(p_meeting));
end;
$$;
-- 'made' or the refusal
create function pg_temp.decide(
    p_login text, p_name text, p_meeting text, p_kind text, p_lead text default null, p_due_on date default null,
    p_item uuid default null) returns text
    language plpgsql
as $$
declare
    answer text := pg_temp.as_user(p_login, format(
        'insert into app.outcome (meeting_id, kind, title, lead_unit_id, due_on, plan_item_id)
            values (%L, %L, %L, %L, %L, %L) returning id',
        pg_temp.id(p_meeting), p_kind, p_name, pg_temp.unit(p_lead), p_due_on, p_item));
begin
    if answer !~ '^[0-9a-f]{8}-' then
        return answer;
    end if;
    insert into made values (p_name, answer::uuid);
    return 'made';
end;
$$;
create function pg_temp.name(p_login text, p_outcome text, p_unit text) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.outcome_unit (outcome_id, unit_id) values (%L, %L) returning role', pg_temp.id(p_outcome), pg_temp.unit(p_unit)));
create function pg_temp.change(p_login text, p_outcome text, p_set text) returns text
    language sql return pg_temp.as_user(p_login, format(
        'with x as (update app.outcome set %s where id = %L returning 1) select count(*) from x', p_set, pg_temp.id(p_outcome)));
create function pg_temp.command(p_login text, p_outcome text, p_command text, p_body text default '{}', p_version integer default null)
    returns text
    language sql return pg_temp.as_user(p_login, format('select api.outcome_%s(%L, %L, %L)', p_command, pg_temp.id(p_outcome),
        coalesce(p_version, (select o.version from app.outcome as o where o.id = pg_temp.id(p_outcome))), p_body));
create function pg_temp.outcome(p_name text) returns app.outcome
    language sql return (select o from app.outcome as o where o.id = pg_temp.id(p_name));
create function pg_temp.work(p_name text) returns app.assignment
    language sql return (select a from app.assignment as a where a.source_id = pg_temp.id(p_name) and a.status <> 'moved');
create function pg_temp.on_work(p_login text, p_outcome text, p_command text, p_body text default '{}') returns text
    language sql return pg_temp.as_user(p_login, format('select api.assignment_%s(%L, %L, %L)', p_command,
        (pg_temp.work(p_outcome)).id, (pg_temp.work(p_outcome)).version, p_body));
-- who was told of its work under a topic, each with how often
create function pg_temp.told(p_outcome text, p_topic text) returns text
    language sql return (
        select string_agg(x.code || ' ' || x.count, ', ' order by x.code)
        from (
            select u.code, count(*) as count from app.notice as n join app.unit as u on u.id = n.unit_id
            where n.topic = p_topic and n.resource_id = (pg_temp.work(p_outcome)).id group by u.code) as x);
create function pg_temp.sees(p_login text, p_outcome text, p_column text default 'status') returns text
    language sql return pg_temp.as_user(p_login, format('select o.%s::text from api.outcome_details as o where o.id = %L',
        p_column, pg_temp.id(p_outcome)));

-- Who writes when ------------------------------------------------------------------------------------------

select pg_temp.meeting('dự kiến', 'bdv-70', '2022-07-12', 'planned');
select pg_temp.meeting('đang họp', 'bdv-70', '2022-07-12', 'open');
select pg_temp.meeting('của huyện', 'bdv-689', '2022-07-12', 'open');
select pg_temp.invite('đang họp', 'bdv-689');
select pg_temp.invite('đang họp', 'bdv-692');
select pg_temp.invite('của huyện', 'kdv-25195');

select is(pg_temp.decide('t.officer', 'sớm', 'dự kiến', 'decision'), 'DV409 not_open', 'a planned meeting has decided nothing');
select is(pg_temp.decide('t.viewer', 'x', 'đang họp', 'decision'), 'DV403 not_permitted', 'a viewer does not write');
select is(pg_temp.decide('t.dongxoai', 'x', 'đang họp', 'decision'), 'DV403 not_permitted', 'nor who is invited');
select is(pg_temp.decide('t.locninh', 'x', 'của huyện', 'decision'), 'DV422 not_visible meeting_id',
    'of a hidden meeting nothing is told');
select is(pg_temp.decide('t.officer', 'đánh giá', 'đang họp', 'assessment'), 'made', 'an officer writes an assessment');
select is(pg_temp.decide('t.leader', 'quyết định', 'đang họp', 'decision'), 'made', 'a leader a decision');
select is(pg_temp.decide('t.officer', 'đề án', 'đang họp', 'task', 'bdv-689', '2022-09-30', pg_temp.item('T1.3')), 'made', 'a task with lead, day and item');
select is(pg_temp.decide('t.officer', 'đề án hai', 'đang họp', 'task', 'bdv-689', '2022-10-31', pg_temp.item('T1.3')), 'made',
    'and another for the same unit and item');
select is(pg_temp.decide('t.officer', 'phụ nữ', 'đang họp', 'task', 'phunu-70'), 'made', 'one whose day comes later');
select is(pg_temp.decide('t.officer', 'chưa rõ', 'đang họp', 'task'), 'made', 'one that has nothing yet');
select is(array[(pg_temp.outcome('đề án')).owner_unit_id, (pg_temp.outcome('đề án')).province_key,
    (pg_temp.outcome('đánh giá')).position, (pg_temp.outcome('chưa rõ')).position]::integer[],
    array[pg_temp.unit('bdv-70'), (select u.province_key from app.unit as u where u.code = 'bdv-70'), 1, 6],
    'owner, keys and place come from the meeting');
select is(pg_temp.as_user('t.officer', format('insert into app.outcome (meeting_id, kind, title, owner_unit_id) values (%L, ''decision'', ''x'', %L)',
    pg_temp.id('đang họp'), pg_temp.unit('bdv-689'))), '42501', 'the owner is not for a client to say');

-- What may be named ------------------------------------------------------------------------------------------

select is(pg_temp.decide('t.officer', 'x', 'đang họp', 'decision', 'bdv-689', '2022-09-30'), '23514 outcome_owner_of_task',
    'a decision has no lead');
select is(pg_temp.decide('t.officer', 'x', 'đang họp', 'decision', null, '2022-09-30'), 'DV422 not_a_task due_on', 'nor a day');
select is(pg_temp.decide('t.officer', 'x', 'đang họp', 'task', 'bdv-689', '2022-07-11'), 'DV422 before_meeting due_on', 'due before the meeting');
select is(pg_temp.change('t.officer', 'phụ nữ', $$due_on = '2022-07-11'$$), 'DV422 before_meeting due_on', 'also by a change');
select is(pg_temp.change('t.officer', 'phụ nữ', $$due_on = '2022-07-12'$$), '1', 'the day of the meeting itself is allowed');
select is(pg_temp.decide('t.dongxoai', 'x', 'của huyện', 'task', 'nongdan-692', '2022-09-30'), 'DV422 not_visible lead_unit_id',
    'a unit of another district is not named');
select is(pg_temp.decide('t.dongxoai', 'x', 'của huyện', 'task', 'bdv-70', '2022-09-30'), 'DV422 not_in_scope lead_unit_id',
    'nor the unit above, though it is seen');
create function pg_temp.came(p_unit text) returns text
    language sql return pg_temp.as_user('t.dongxoai', format('insert into app.meeting_invitation (meeting_id, unit_id, is_uninvited) values (%L, %s, true) returning attendance',
        pg_temp.id('của huyện'), pg_temp.unit(p_unit)));
create function pg_temp.went(p_unit text) returns text
    language sql return pg_temp.as_user('t.dongxoai', format('delete from app.meeting_invitation where meeting_id = %L and unit_id = %s returning ''off''',
        pg_temp.id('của huyện'), pg_temp.unit(p_unit)));
select is(array[pg_temp.came('bdv-70'), pg_temp.came('phunu-689')], '{present,present}', 'two came uninvited');
select is(pg_temp.decide('t.dongxoai', 'có mặt', 'của huyện', 'task', 'bdv-70', '2022-09-30'), 'made', 'who did is named');
select is(pg_temp.went('bdv-70'), 'DV409 named_by_outcome', 'and was there as long as it is');
select is(pg_temp.change('t.dongxoai', 'có mặt', 'lead_unit_id = ' || pg_temp.unit('phunu-689')), '1', 'another leads');
select is(pg_temp.name('t.dongxoai', 'có mặt', 'bdv-70'), 'coordinating', 'and it takes part');
select is(pg_temp.went('bdv-70'), 'DV409 named_by_outcome', 'which is no other');
select is(pg_temp.went('phunu-689'), 'off', 'one of the scope is named also when it did not come');
select is(pg_temp.as_user('t.dongxoai', format('delete from app.outcome where id = %L returning ''gone''', pg_temp.id('có mặt'))), 'gone', 'nothing names it any more');
select is(pg_temp.went('bdv-70'), 'off', 'it may have been a mistake');
select pg_temp.invite('của huyện', 'bdv-70');
select is(pg_temp.decide('t.dongxoai', 'lên tỉnh', 'của huyện', 'task', 'bdv-70', '2022-09-30'), 'made', 'unless it is invited');
select is(pg_temp.decide('t.dongxoai', 'cho mình', 'của huyện', 'task', 'bdv-689', '2022-09-30'), 'made', 'a unit charges itself');
select is(pg_temp.decide('t.dongxoai', 'cho phường', 'của huyện', 'task', 'kdv-25195', '2022-09-30'), 'made', 'or one below');
select is(pg_temp.decide('t.officer', 'x', 'đang họp', 'task', 'bdv-689', '2022-09-30', pg_temp.id('đang họp')),
    'DV422 not_visible plan_item_id', 'an item of no plan');
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to)
values ('00000000-0000-7000-8000-0000000000a1', 'MS', 'MS', pg_temp.unit('bdv-70'), '2022-01-01', '2022-12-31');
insert into app.plan_item (id, plan_id, kind, code, outline, position, title)
values ('00000000-0000-7000-8000-0000000000a2', '00000000-0000-7000-8000-0000000000a1', 'task', 'MS', '1', 1, 'MS');
select is(pg_temp.decide('t.officer', 'x', 'đang họp', 'task', 'bdv-689', '2022-09-30', '00000000-0000-7000-8000-0000000000a2'),
    'DV422 not_visible plan_item_id', 'an item of another plan');
select is(pg_temp.name('t.officer', 'đề án', 'bdv-692'), 'coordinating', 'a unit takes part in a task');
select is(pg_temp.name('t.officer', 'quyết định', 'phunu-689'), 'addressed', 'a decision is addressed to it');
select is(pg_temp.name('t.officer', 'đề án', 'bdv-689'), 'DV422 duplicate unit_id', 'the lead is not named twice');
select is(pg_temp.change('t.officer', 'đề án', format('lead_unit_id = %s', pg_temp.unit('bdv-692'))), 'DV422 duplicate lead_unit_id',
    'nor does a unit that takes part become the lead');
select is(pg_temp.name('t.officer', 'đề án', 'bdv-692'), '23505 outcome_unit_once', 'nor a unit twice');
select is(pg_temp.name('t.dongxoai', 'đề án', 'bdv-691'), 'DV422 not_visible outcome_id', 'drafts are the owner''s alone');
update app.unit set is_active = false where code = 'bdv-693';
select is(pg_temp.name('t.officer', 'đề án', 'bdv-693'), 'DV422 not_active unit_id', 'a unit that has ended is not named');
update app.unit set is_active = true where code = 'bdv-693';
select is(pg_temp.sees('t.dongxoai', 'đề án'), null, 'the lead does not see the draft');
select is(pg_temp.sees('t.officer', 'đề án', 'actions'), '{update,delete}', 'what an officer may do with it');
select is(pg_temp.sees('t.viewer', 'đề án', 'actions'), '{}', 'a viewer nothing');

-- Closing --------------------------------------------------------------------------------------------------

create function pg_temp.refusal(p_statement text) returns text
    language plpgsql
as $$
declare
    word text;
    told text;
begin
    execute p_statement;
    return 'done';
exception when others then
    get stacked diagnostics word = constraint_name, told = pg_exception_detail;
    return concat_ws(' ', sqlstate, word) || e'\n' || told;
end;
$$;
select pg_temp.change('t.officer', 'phụ nữ', 'due_on = null');
select is(pg_temp.refusal($$select pg_temp.close('đang họp')$$), format(e'DV409 outcomes_unready\noutcomes/%1$s/due_on required\noutcomes/%2$s/lead_unit_id required\noutcomes/%2$s/due_on required',
    pg_temp.id('phụ nữ'), pg_temp.id('chưa rõ')), 'it does not close while tasks lack lead or day, and names each');
select is(pg_temp.change('t.officer', 'phụ nữ', $$due_on = '2022-08-31'$$), '1', 'one is completed');
select is(pg_temp.as_user('t.officer', format('with x as (delete from app.outcome where id = %L returning 1) select count(*) from x',
    pg_temp.id('chưa rõ'))), '1', 'the other taken out');
select is(pg_temp.refusal($$select pg_temp.close('đang họp')$$), 'done', 'and it closes');

select is(array[(pg_temp.outcome('đánh giá')).status, (pg_temp.outcome('quyết định')).status, (pg_temp.outcome('đề án')).status],
    array['in_force', 'in_force', 'open'], 'assessments and decisions hold, tasks are to be done');
select is((pg_temp.outcome('đề án')).given_on, '2022-07-12', 'from the day it closed');
select is((select row(a.source, a.lead_unit_id, a.given_by_unit_id, a.due_on, a.original_due_on, a.title, a.status)::text
        from app.assignment as a where a.id = (pg_temp.work('đề án')).id),
    row('meeting', pg_temp.unit('bdv-689'), pg_temp.unit('bdv-70'), '2022-09-30'::date, '2022-09-30'::date, 'đề án', 'not_started')::text,
    'the task is an assignment of the meeting');
select isnt((pg_temp.work('đề án')).occurrence, (pg_temp.work('đề án hai')).occurrence, 'two of one unit and item are told apart');
select ok((pg_temp.work('đề án')).occurrence like '%12/07/2022%', 'by the meeting''s day');
select is((select count(*) from app.assignment as a where a.source_id in (pg_temp.id('đánh giá'), pg_temp.id('quyết định'))), 0::bigint,
    'what is assessed or decided gives no work');
select is((select string_agg(u.code || ' ' || x.role, ', ') from app.assignment_part as x join app.unit as u on u.id = x.unit_id
    where x.assignment_id = (pg_temp.work('đề án')).id), 'bdv-692 coordinating', 'who takes part is named there');
select is((select string_agg(u.code, ', ' order by u.code) from app.notice as n join app.unit as u on u.id = n.unit_id
    where n.topic = 'conclusions_issued' and n.resource_id = pg_temp.id('đang họp')), 'bdv-689, bdv-692, phunu-689, phunu-70',
    'each unit charged, addressed or invited learns of it once');

-- After the closing ------------------------------------------------------------------------------------------

select is(pg_temp.change('t.leader', 'đề án', $$title = 'khác'$$), 'DV409 frozen', 'a closed meeting''s outcome is not rewritten');
select is(pg_temp.as_user('t.leader', format('delete from app.outcome where id = %L', pg_temp.id('quyết định'))), 'DV409 frozen', 'nor taken out');
select is(pg_temp.decide('t.leader', 'x', 'đang họp', 'decision'), 'DV409 frozen', 'nor another added');
select is(pg_temp.name('t.leader', 'quyết định', 'bdv-691'), 'DV409 frozen', 'nor a unit');
select is(pg_temp.sees('t.dongxoai', 'đề án'), 'open', 'the lead sees its task');
select is(pg_temp.sees('t.dongxoai', 'quyết định'), 'in_force', 'and, invited, what was decided');
select is(pg_temp.sees('t.women.dongxoai', 'quyết định'), 'in_force', 'who is addressed sees the decision');
select is(pg_temp.sees('t.women.dongxoai', 'đề án'), null, 'and not the rest');
select is(pg_temp.sees('t.bloc', 'quyết định'), null, 'a unit neither named nor invited sees nothing');
select is(pg_temp.sees('t.women.dongxoai', 'quyết định', 'units -> 0 ->> ''unit_code'''), 'phunu-689', 'the units named are told');
select is(pg_temp.sees('t.leader', 'đề án', 'actions'), '{complete,withdraw}', 'what the owner''s leader may do');
select is(pg_temp.sees('t.officer', 'đề án', 'actions'), '{}', 'an officer nothing');

-- Both sides at once: the lead ends it ------------------------------------------------------------------------

select is(pg_temp.on_work('t.dongxoai.officer', 'đề án', 'progress', '{"status":"in_progress","progress":40}'), '', 'the lead tells its progress');
select is(pg_temp.sees('t.women', 'phụ nữ', 'progress'), '0', 'each task has its own');
select is(pg_temp.sees('t.leader', 'đề án', 'progress'), '40', 'the owner sees it');
select is(array[pg_temp.as_user('t.locninh', format('select count(*) from api.assignments where id = %L', (pg_temp.work('phụ nữ')).id)),
    pg_temp.sees('t.locninh', 'phụ nữ', 'assignment_id'), pg_temp.sees('t.locninh', 'phụ nữ', 'assignment_status')], array['0', null, 'not_started'],
    'who was invited and does not see the assignment sees its status all the same');
select pg_temp.on_work('t.dongxoai.officer', 'đề án', 'progress', '{"status":"reported"}');
select is(pg_temp.sees('t.leader', 'đề án', 'actions'), '{complete,reopen,withdraw}', 'what is reported can be sent back');
update private.installation set fixed_today = '2022-08-01';
select is(pg_temp.on_work('t.dongxoai', 'đề án', 'confirm'), '', 'its leader confirms the assignment');
select is(row((pg_temp.outcome('đề án')).status, (pg_temp.outcome('đề án')).completed_on)::text, '(completed,2022-08-01)', 'and the outcome is completed');
select is(pg_temp.on_work('t.dongxoai', 'đề án', 'reopen', '{"note":"thiếu phụ lục"}'), '', 'its leader reopens it');
select is(row((pg_temp.outcome('đề án')).status, (pg_temp.outcome('đề án')).completed_on)::text, '(open,)', 'and the outcome is open');

-- … and the unit that held the meeting ------------------------------------------------------------------------

select is(pg_temp.command('t.officer', 'đề án', 'complete', '{"note":"x"}'), 'DV403 leader_needed', 'an officer does not judge');
select is(pg_temp.command('t.dongxoai', 'đề án', 'complete', '{"note":"x"}'), 'DV403 not_permitted', 'nor the lead''s leader');
select is(pg_temp.command('t.bloc', 'đề án', 'complete', '{"note":"x"}'), 'DV404', 'a hidden outcome is not there');
select is(pg_temp.command('t.leader', 'đề án', 'complete'), 'DV422 required note', 'what was not reported needs a ground');
select is(pg_temp.command('t.leader', 'đề án', 'complete', '{"note":"x"}', 1), 'DV412', 'a stale version');
select is(pg_temp.command('t.leader', 'đề án', 'complete', '{"note":"Hội nghị xem sản phẩm"}'), '', 'the meeting''s leader judges it done');
select is(row((pg_temp.outcome('đề án')).status, (pg_temp.work('đề án')).status, (pg_temp.work('đề án')).progress,
    (pg_temp.work('đề án')).completed_on)::text, '(completed,completed,100,2022-08-01)', 'the assignment with it');
select is((select row(e.unit_id, e.status, e.note)::text from app.progress_entry as e where e.assignment_id = (pg_temp.work('đề án')).id
    order by e.created_at desc limit 1), row(pg_temp.unit('bdv-70'), 'completed', 'Hội nghị xem sản phẩm')::text, 'an entry tells who said so and why');
select is(pg_temp.told('đề án', 'work_completed'), 'bdv-689 1, bdv-692 1', 'the lead and who takes part are told');
select is(pg_temp.command('t.leader', 'đề án', 'withdraw', '{"reason":"x"}'), 'DV409 wrong_state', 'what is done is not withdrawn');
select is(pg_temp.command('t.leader', 'đề án', 'reopen'), 'DV422 required reason', 'reopening needs a reason');
select is(pg_temp.command('t.leader', 'đề án', 'reopen', '{"reason":"Chưa đạt"}'), '', 'it is reopened');
select is(row((pg_temp.outcome('đề án')).status, (pg_temp.work('đề án')).status, (pg_temp.work('đề án')).confirmed_by)::text, '(open,in_progress,)',
    'on both sides');
select is(pg_temp.told('đề án', 'work_reopened'), 'bdv-689 1, bdv-692 1', 'and they are told that it goes on');
select is(pg_temp.as_user('t.locninh', format($$select string_agg(n.title, ' / ' order by n.topic) from api.notices as n
        where n.topic in ('work_completed', 'work_reopened') and n.resource_id = %L$$, (pg_temp.work('đề án')).id)),
    'Ban Dân vận Tỉnh ủy Bình Phước xác nhận hoàn thành nhiệm vụ đã giao: đề án / '
        || 'Ban Dân vận Tỉnh ủy Bình Phước yêu cầu tiếp tục thực hiện nhiệm vụ, hạn 30/09/2022: đề án', 'by whom, of what and until when');
select pg_temp.on_work('t.dongxoai.officer', 'đề án', 'progress', '{"status":"reported"}');
select pg_temp.command('t.leader', 'đề án', 'reopen', '{"reason":"Vẫn chưa đạt"}');
select is(pg_temp.told('đề án', 'work_reopened'), 'bdv-689 2, bdv-692 2', 'each time: what was reported is sent back');
select is(pg_temp.command('t.leader', 'phụ nữ', 'withdraw', '{"reason":"Trùng đề án khác"}'), '', 'a task is withdrawn');
select is(row((pg_temp.outcome('phụ nữ')).status, (pg_temp.work('phụ nữ')).status)::text, '(withdrawn,cancelled)', 'its assignment cancelled');
select is(pg_temp.on_work('t.women', 'phụ nữ', 'progress', '{"progress":10}'), 'DV409 closed', 'and nothing more is told of it');
select is(pg_temp.command('t.leader', 'quyết định', 'withdraw', '{"reason":"Thay bằng văn bản mới"}'), '', 'a decision is withdrawn too');
select is(pg_temp.command('t.leader', 'quyết định', 'reopen', '{"reason":"x"}'), 'DV409 wrong_state', 'for good');

-- The next meeting ---------------------------------------------------------------------------------------------

update private.installation set fixed_today = '2022-10-05';
update app.assignment set due_on = '2022-11-30' where id = (pg_temp.work('đề án')).id;
select is(array[pg_temp.sees('t.leader', 'đề án', 'present_due_on'), pg_temp.sees('t.leader', 'đề án', 'due_on'), pg_temp.sees('t.leader', 'đề án', 'is_overdue')],
    array['2022-11-30', '2022-09-30', 'false'], 'with more time it is not overdue; what the meeting set stays');
update private.installation set fixed_today = '2022-12-10';
select is(array[pg_temp.sees('t.leader', 'đề án', 'days_overdue'), pg_temp.sees('t.locninh', 'đề án', 'is_overdue')], array['10', 'true'], 'then it is');
select is(pg_temp.as_user('t.leader', $$select count(*) filter (where o.is_overdue) || ' ' || count(*) filter (where o.is_overdue <> f.is_found)
        from api.outcomes as o cross join lateral (select o.status = 'open' and (o.id in (select private.overdue_outcomes())) is true as is_found) as f
        where o.held_on = '2022-07-12'$$), '2 0', 'the filter finds what is overdue and nothing else');
select is(pg_temp.as_user('t.bloc', 'select count(*) from private.overdue_outcomes() as f where f not in (select o.id from api.outcomes as o)'), '0',
    'of others it tells not even how many');
select is(pg_temp.as_user('t.leader', format($$select row(o.status, o.assignment_status, o.progress, o.is_overdue, o.days_overdue, o.present_due_on, o.named_unit_count)::text
    from report.outcomes as o where o.outcome_id = %L$$, pg_temp.id('đề án'))), '(open,in_progress,100,t,10,2022-11-30,1)', 'the view for tools tells the same');
select is(pg_temp.as_user('t.bloc', format('select count(*) from report.outcomes as o where o.owner_unit_id = %s', pg_temp.unit('bdv-70'))), '0',
    'to those who see it');
select pg_temp.meeting('lần sau', 'bdv-70', '2022-12-20', 'planned');
select pg_temp.meeting('huyện lần sau', 'bdv-692', '2022-12-20', 'planned');
insert into app.meeting_agenda_item (meeting_id, position, title) values (pg_temp.id('lần sau'), 1, 'Khai mạc'), (pg_temp.id('lần sau'), 2, 'Thảo luận');
select is(array[private.meeting_carry_over(pg_temp.id('lần sau')), private.meeting_carry_over(pg_temp.id('lần sau')),
    private.meeting_carry_over(pg_temp.id('huyện lần sau'))], array[2, 0, 0], 'open tasks arrive at the next meeting once, and at no other unit''s');
select is((select string_agg(i.title, ' / ' order by i.position) from app.meeting_agenda_item as i where i.meeting_id = pg_temp.id('lần sau')),
    'Việc chuyển tiếp: đề án (Hội nghị chuyên đề, ngày 12/07/2022) / Việc chuyển tiếp: đề án hai (Hội nghị chuyên đề, ngày 12/07/2022) / Khai mạc / Thảo luận',
    'at the front, and say where they come from');
select is((select m.previous_meeting_id from app.meeting as m where m.id = pg_temp.id('lần sau')), pg_temp.id('đang họp'), 'the meeting knows the one before');
select is(pg_temp.sees('t.leader', 'đề án', 'carry_over_count'), '1', 'the outcome counts it');
select pg_temp.invite('lần sau', 'bdv-692');
insert into app.meeting (plan_id, kind, title, held_on, status, convened_on, owner_unit_id)
values ('017b4fe7-da80-7000-8000-000000000a36', 'thematic', 'lần sau nữa', '2022-12-28', 'planned', '2022-12-18', pg_temp.unit('bdv-70'));
insert into made select 'lần sau nữa', m.id from app.meeting as m where m.title = 'lần sau nữa';
select pg_temp.invite('lần sau nữa', 'bdv-692');
select private.meeting_carry_over(pg_temp.id('lần sau nữa'));
select is(pg_temp.as_user(u.login, format($$select string_agg(coalesce(a.carry_over_count::text, '-'), ' ' order by m.held_on, a.position)
        from api.meeting_agenda_items as a join api.meetings as m on m.id = a.meeting_id where m.id in (%L, %L)$$, pg_temp.id('lần sau'), pg_temp.id('lần sau nữa'))),
    '1 1 - - 2 2', 'each agenda tells its count, which later meetings do not change: ' || u.login)
from (values ('t.leader'), ('t.locninh')) as u (login);
select is(pg_temp.as_user('t.locninh', format($$select string_agg(coalesce(e ->> 'carry_over_count', '-'), ' ' order by (e ->> 'position')::integer)
        from api.meeting_details as m cross join jsonb_array_elements(m.agenda) as e where m.id = %L$$, pg_temp.id('lần sau nữa'))), '2 2',
    'and so does the meeting itself');
update app.meeting set status = 'cancelled', cancelled_on = '2022-12-11', cancel_reason = 'x' where id = pg_temp.id('lần sau nữa');
select is((select string_agg(o.status || o.carry_over_count || o.is_overdue, ' ' order by o.status)
        from api.outcomes_on('2022-07-12') as o where o.id in (pg_temp.id('đề án'), pg_temp.id('quyết định'))), 'in_force0false open0false',
    'as of the day of the meeting nothing was withdrawn or carried over');
update app.meeting set status = 'cancelled', cancelled_on = '2022-12-11', cancel_reason = 'x' where id = pg_temp.id('lần sau');
select is((pg_temp.outcome('đề án')).carry_over_count, 0::smallint, 'a cancelled meeting does not count');

-- Who was charged is named to the invited, also beyond what they know of.
insert into app.outcome (meeting_id, plan_id, kind, title, lead_unit_id, due_on, status, given_on, owner_unit_id)
values (pg_temp.id('đang họp'), '017b4fe7-da80-7000-8000-000000000a36', 'task', 'của phường', pg_temp.unit('kdv-25195'), '2022-12-30', 'open', '2022-07-12', pg_temp.unit('bdv-70'));
insert into made select 'của phường', o.id from app.outcome as o where o.title = 'của phường';
insert into app.outcome_unit (outcome_id, unit_id) values (pg_temp.id('của phường'), pg_temp.unit('phunu-25195'));
select is(array[pg_temp.sees('t.locninh', 'của phường', 'lead_unit_name'), pg_temp.sees('t.locninh', 'của phường', $$units -> 0 ->> 'unit_name'$$),
        pg_temp.as_user('t.locninh', format($$select private.unit_name(%s)$$, pg_temp.unit('kdv-25195'))),
        pg_temp.as_user('t.locninh', format($$select o.lead_unit_name from api.outcomes_on('2022-08-01') as o where o.id = %L$$, pg_temp.id('của phường')))],
    array['Khối Dân vận phường Tân Phú', 'Hội Liên hiệp Phụ nữ phường Tân Phú', null, 'Khối Dân vận phường Tân Phú'],
    'the invited hear the names of who was charged and who takes part');
-- The plan is closed: nothing new is given, and what was given ends all the same.
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.refusal($$select pg_temp.close('của huyện')$$), e'DV409 plan_closed\n', 'under a closed plan no meeting gives work');
select is(pg_temp.sees('t.leader', 'đề án', 'actions'), '{complete,withdraw}', 'what was given waits for its end');
select is(pg_temp.command('t.leader', 'đề án', 'complete', '{"note":"Đã xong"}'), '', 'it is judged done');
select is(row((pg_temp.outcome('đề án')).status, (pg_temp.work('đề án')).status)::text, '(completed,completed)', 'on both sides');
select is(pg_temp.command('t.leader', 'đề án', 'reopen', '{"reason":"x"}'), 'DV409 plan_closed', 'and not opened again');
select is(pg_temp.sees('t.leader', 'đề án', 'actions'), '{}', 'as it says');
select is(pg_temp.on_work('t.dongxoai.officer', 'đề án hai', 'progress', '{"status":"reported"}'), '', 'another is reported');
select is(pg_temp.command('t.leader', 'đề án hai', 'reopen', '{"reason":"Chưa đạt"}'), '', 'sent back');
select is(pg_temp.command('t.leader', 'đề án hai', 'withdraw', '{"reason":"Hết kế hoạch"}'), '', 'and withdrawn');
select is(row((pg_temp.outcome('đề án hai')).status, (pg_temp.work('đề án hai')).status)::text, '(withdrawn,cancelled)', 'on both sides');
select is(pg_temp.command('t.leader', 'đánh giá', 'withdraw', '{"reason":"Hết kế hoạch"}'), '', 'so is what was assessed');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();

-- The list of a scope walks its index in the order of the list, so that a province with many does not sort them all.
create function pg_temp.walk(p_login text, p_key text) returns text
    language sql return pg_temp.as_user(p_login, format($$explain (costs off, format json) select o.* from api.outcomes as o
        where o.%I = (select private.my_scope()) order by coalesce(o.due_on, date '9999-12-31'), o.id limit 21$$, p_key));
set local enable_sort = off;
set local enable_incremental_sort = off;
select is((select count(*) from (values ('t.viewer', 'province_key'), ('t.dongxoai', 'district_key'), ('t.bloc', 'grassroots_key'),
        ('t.women', 'province_line_key'), ('t.women.dongxoai', 'district_line_key')) as w (login, key)
    where pg_temp.walk(w.login, w.key) !~ ('"Index Name": "outcome_' || w.key || '_idx"')
        or pg_temp.walk(w.login, w.key) ~* 'Sort Key": \["\(?coalesce'), 0::bigint, 'each scope walks its outcomes by their due day');

-- So does the list of what is late, past what is over: what is late is found once and looked up as the list goes.
create function pg_temp.walk_overdue(p_login text, p_key text) returns text
    language sql return pg_temp.as_user(p_login, format($$explain (costs off, format json) select o.* from api.outcomes as o
        where o.status = 'open' and (o.id in (select private.overdue_outcomes())) is true and o.%I = (select private.my_scope())
        order by coalesce(o.due_on, date '9999-12-31'), o.id limit 21$$, p_key));
select is((select count(*) from (values ('t.viewer', 'province_key'), ('t.dongxoai', 'district_key'), ('t.bloc', 'grassroots_key'),
        ('t.women', 'province_line_key'), ('t.women.dongxoai', 'district_line_key')) as w (login, key)
    where pg_temp.walk_overdue(w.login, w.key) !~ ('"Index Name": "outcome_open_' || w.key || '_idx"')
        or pg_temp.walk_overdue(w.login, w.key) !~ 'hashed SubPlan'
        or pg_temp.walk_overdue(w.login, w.key) ~* 'Sort Key": \["\(?coalesce'), 0::bigint, 'each scope walks what is open, and sorts nothing');

select * from finish();
rollback;
