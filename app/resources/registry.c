#include "resources/registry.h"

static const struct resource *const list[] = {
    &resource_assignments,
    &resource_assignment_parts,
    &resource_progress_entries,
    &resource_assignment_counts,
    &resource_assignment_totals,
    &resource_assignment_rates,
    &resource_extension_requests,
    &resource_periods,
    &resource_period_dues,
    &resource_period_events,
    &resource_period_exceptions,
    &resource_report_rates,
    &resource_reports,
    &resource_report_lines,
    &resource_report_sections,
    &resource_report_versions,
    &resource_report_differences,
    &resource_plans,
    &resource_plan_items,
    &resource_responsibilities,
    &resource_schedules,
    &resource_documents,
    &resource_document_relations,
    &resource_units,
    &resource_areas,
    &resource_lines,
    &resource_levels,
    &resource_users,
    &resource_memberships,
    &resource_sessions,
    &resource_api_tokens,
    &resource_audit_events,
};

void resources_install(void)
{
    resource_use(list, sizeof list / sizeof *list);
}
