-- Work that is not given by issuing a plan: by a review meeting, a coordination plan, an inspection or a committee.
-- It is an assignment like any other (reported, confirmed, overdue by the same rule, with the same evidence); the row that
-- gave it keeps how it ended, and both are closed in one write (sql/code/21_given_work.sql).

alter table app.assignment alter column plan_item_id drop not null;
alter table app.assignment add column title text
    constraint assignment_title_len check (char_length(title) between 1 and 500);
alter table app.assignment add column source_id uuid;
alter table app.assignment add column given_by_unit_id integer references app.unit;
alter table app.assignment drop constraint assignment_source_choice;
alter table app.assignment add constraint assignment_source_choice
    check (source in ('plan', 'meeting', 'coordination', 'inspection', 'committee'));
alter table app.assignment add constraint assignment_source_told
    check ((source = 'plan') = (source_id is null) and (source = 'plan') = (given_by_unit_id is null)
        and (source = 'plan') = (title is null) and (source <> 'plan' or plan_item_id is not null));
create index assignment_source_id_idx on app.assignment (source_id) where source_id is not null;
create index assignment_given_by_unit_id_idx on app.assignment (given_by_unit_id) where given_by_unit_id is not null;
comment on column app.assignment.source is 'What gave it; with any other than plan: source_id is the row of app.outcome, coordination_item, recommendation or committee_work_item';
comment on column app.assignment.title is 'What is to be done, where no plan item says it; given work has its own';
comment on column app.assignment.given_by_unit_id is 'The unit that gave it beside the plan: it sees the assignment wherever its lead stands';

-- A report tells of given work too.
alter table app.report_line alter column plan_item_id drop not null;
alter table app.report_line add constraint report_line_about check (num_nonnulls(plan_item_id, assignment_id) > 0);

alter table app.notice drop constraint notice_topic_choice;
alter table app.notice add constraint notice_topic_choice check (topic in (
    'assignments_due', 'report_due', 'period_opened', 'report_submitted', 'report_returned', 'report_approved',
    'report_reopened', 'extension_requested', 'extension_decided', 'plan_issued', 'course_invited', 'course_cancelled',
    'meeting_convened', 'meeting_cancelled', 'conclusions_issued', 'work_given', 'work_withdrawn',
    'inspection_announced', 'inspection_concluded', 'inspection_cancelled'));
