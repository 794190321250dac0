-- What more a unit is told: that work it was given was judged done, or is open again; that a budget line waits for its
-- decision, or was decided.

alter table app.notice drop constraint notice_topic_choice;
alter table app.notice add constraint notice_topic_choice check (topic in (
    'assignments_due', 'report_due', 'period_opened', 'report_submitted', 'report_returned', 'report_approved',
    'report_reopened', 'extension_requested', 'extension_decided', 'plan_issued', 'course_invited', 'course_cancelled',
    'meeting_convened', 'meeting_cancelled', 'invitation_withdrawn', 'conclusions_issued', 'work_given', 'work_withdrawn', 'work_completed',
    'work_reopened', 'inspection_announced', 'inspection_concluded', 'inspection_cancelled', 'budget_submitted',
    'budget_returned', 'budget_approved', 'budget_adjusted'));
