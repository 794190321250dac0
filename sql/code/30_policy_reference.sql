-- Reference data (levels, scopes, lines, kinds, roles of a level) is for everyone who is signed in;
-- it changes only by deploying.

set local role danvan_owner;

alter table app.level enable row level security;
alter table app.level force row level security;
create policy level_select_signed_in on app.level for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.scope enable row level security;
alter table app.scope force row level security;
create policy scope_select_signed_in on app.scope for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.line enable row level security;
alter table app.line force row level security;
create policy line_select_signed_in on app.line for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.unit_kind enable row level security;
alter table app.unit_kind force row level security;
create policy unit_kind_select_signed_in on app.unit_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.level_role enable row level security;
alter table app.level_role force row level security;
create policy level_role_select_signed_in on app.level_role for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.level_role_kind enable row level security;
alter table app.level_role_kind force row level security;
create policy level_role_kind_select_signed_in on app.level_role_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.document_kind enable row level security;
alter table app.document_kind force row level security;
create policy document_kind_select_signed_in on app.document_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.unit_kind_superior enable row level security;
alter table app.unit_kind_superior force row level security;
create policy unit_kind_superior_select_signed_in on app.unit_kind_superior for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.period_kind enable row level security;
alter table app.period_kind force row level security;
create policy period_kind_select_signed_in on app.period_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.period_kind_due enable row level security;
alter table app.period_kind_due force row level security;
create policy period_kind_due_select_signed_in on app.period_kind_due for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.report_outline enable row level security;
alter table app.report_outline force row level security;
create policy report_outline_select_signed_in on app.report_outline for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.report_outline_section enable row level security;
alter table app.report_outline_section force row level security;
create policy report_outline_section_select_signed_in on app.report_outline_section for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.rating_scale enable row level security;
alter table app.rating_scale force row level security;
create policy rating_scale_select_signed_in on app.rating_scale for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.rating_grade enable row level security;
alter table app.rating_grade force row level security;
create policy rating_grade_select_signed_in on app.rating_grade for select to danvan_reader
    using ((select private.my_unit()) is not null);
