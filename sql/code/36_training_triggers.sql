-- The triggers of courses, training records and requirements (functions: 36_training.sql).

set local role danvan_owner;

create trigger course_30_visible before insert or update of plan_item_id, document_id, partner_unit_id on app.course
    for each row execute function private.check_visible(
        'plan_item_id', 'plan_item', 'document_id', 'document', 'partner_unit_id', 'unit');
create trigger course_40_check before update of code, name, topic_code, partner_unit_id, partner, plan_item_id, document_id,
        starts_on, ends_on, place, capacity, pass_percent on app.course
    for each row execute function private.course_check();
create trigger course_50_touch before update on app.course
    for each row execute function private.touch_row();
create trigger course_90_audit after insert or update or delete on app.course
    for each row execute function private.audit_row();

create trigger course_day_30_visible before insert on app.course_day
    for each row execute function private.check_visible('course_id', 'course');
create trigger course_day_40_check before insert or delete on app.course_day
    for each row execute function private.course_part_check();
create trigger course_day_90_audit after insert or delete on app.course_day
    for each row execute function private.audit_row();

create trigger course_invitation_30_visible before insert on app.course_invitation
    for each row execute function private.check_visible('course_id', 'course', 'unit_id', 'unit');
create trigger course_invitation_40_check before insert or update or delete on app.course_invitation
    for each row execute function private.course_part_check();
create trigger course_invitation_50_touch before update on app.course_invitation
    for each row execute function private.touch_row();
create trigger course_invitation_90_audit after insert or update or delete on app.course_invitation
    for each row execute function private.audit_row();
create trigger course_invitation_95_tell after insert on app.course_invitation
    for each row execute function private.course_invitation_tell();

create trigger training_record_05_visible before insert on app.training_record
    for each row execute function private.training_record_visible();
create trigger training_record_07_take before insert on app.training_record
    for each row execute function private.training_record_take();
create trigger training_record_10_keys before insert or update of unit_id on app.training_record
    for each row execute function private.training_record_keys();
create trigger training_record_40_check
    before insert or update of result, score, certificate_number, certified_on, valid_until on app.training_record
    for each row execute function private.training_record_check();
create trigger training_record_50_touch before update on app.training_record
    for each row execute function private.touch_row();
create trigger training_record_90_audit_made after insert on app.training_record
    for each row when (coalesce(current_setting('danvan.import', true), '') = '')
    execute function private.audit_row();
create trigger training_record_90_audit after update or delete on app.training_record
    for each row execute function private.audit_row();
create trigger training_record_95_places after insert on app.training_record
    referencing new table as new_records
    for each statement execute function private.training_record_places();

create trigger training_requirement_30_visible before insert or update of plan_item_id on app.training_requirement
    for each row execute function private.check_visible('plan_id', 'plan', 'plan_item_id', 'plan_item');
create trigger training_requirement_40_check before insert or update on app.training_requirement
    for each row execute function private.training_requirement_check();
create trigger training_requirement_50_touch before update on app.training_requirement
    for each row execute function private.touch_row();
create trigger training_requirement_90_audit after insert or update or delete on app.training_requirement
    for each row execute function private.audit_row();
