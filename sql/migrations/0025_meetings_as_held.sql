-- Meetings as they go: a unit taken off the list of a convened one is told; who came uninvited is on the list of those who
-- came; one that opened and cannot go on is cancelled, and keeps the day on which it opened.

alter table app.notice drop constraint notice_topic_choice;
alter table app.notice add constraint notice_topic_choice check (topic in (
    'assignments_due', 'report_due', 'period_opened', 'report_submitted', 'report_returned', 'report_approved',
    'report_reopened', 'extension_requested', 'extension_decided', 'plan_issued', 'course_invited', 'course_cancelled',
    'meeting_convened', 'meeting_cancelled', 'invitation_withdrawn', 'conclusions_issued', 'work_given', 'work_withdrawn',
    'inspection_announced', 'inspection_concluded', 'inspection_cancelled'));

alter table app.meeting_invitation add column is_uninvited boolean not null default false;
alter table app.meeting_invitation add constraint meeting_invitation_uninvited_came
    check (not is_uninvited or (attendance is not distinct from 'present' and reply = 'none'));
comment on column app.meeting_invitation.is_uninvited is 'It was not asked and came: entered while the meeting is open, and not counted among the invited';

alter table app.meeting drop constraint meeting_opened_told;
alter table app.meeting add constraint meeting_opened_told
    check (status = 'cancelled' or (status in ('open', 'closed')) = (opened_on is not null));
