-- Meetings as they go: a unit taken off the list of a convened one is told.

alter table app.notice drop constraint notice_topic_choice;
alter table app.notice add constraint notice_topic_choice check (topic in (
    'assignments_due', 'report_due', 'period_opened', 'report_submitted', 'report_returned', 'report_approved',
    'report_reopened', 'extension_requested', 'extension_decided', 'plan_issued', 'course_invited', 'course_cancelled',
    'meeting_convened', 'meeting_cancelled', 'invitation_withdrawn', 'conclusions_issued', 'work_given', 'work_withdrawn',
    'inspection_announced', 'inspection_concluded', 'inspection_cancelled'));
