/* The resources that danvan serves: one descriptor file each, listed in registry.c and nowhere
 * else. */
#ifndef DANVAN_RESOURCES_REGISTRY_H
#define DANVAN_RESOURCES_REGISTRY_H

#include "resource/descriptor.h"

extern const struct resource resource_users;
extern const struct resource resource_memberships;
extern const struct resource resource_api_tokens;
extern const struct resource resource_sessions;
extern const struct resource resource_areas;
extern const struct resource resource_area_tree;
extern const struct resource resource_unit_tree;
extern const struct resource resource_units;
extern const struct resource resource_lines;
extern const struct resource resource_levels;
extern const struct resource resource_documents;
extern const struct resource resource_document_relations;
extern const struct resource resource_evidence;
extern const struct resource resource_plans;
extern const struct resource resource_plan_items;
extern const struct resource resource_responsibilities;
extern const struct resource resource_schedules;
extern const struct resource resource_assignments;
extern const struct resource resource_assignment_parts;
extern const struct resource resource_progress_entries;
extern const struct resource resource_assignment_counts;
extern const struct resource resource_assignment_totals;
extern const struct resource resource_assignment_rates;
extern const struct resource resource_extension_requests;
extern const struct resource resource_periods;
extern const struct resource resource_period_dues;
extern const struct resource resource_period_events;
extern const struct resource resource_period_exceptions;
extern const struct resource resource_report_line_counts;
extern const struct resource resource_report_rates;
extern const struct resource resource_reports;
extern const struct resource resource_report_lines;
extern const struct resource resource_report_sections;
extern const struct resource resource_report_versions;
extern const struct resource resource_report_differences;
extern const struct resource resource_audit_events;
extern const struct resource resource_imports;
extern const struct resource resource_import_errors;
extern const struct resource resource_report_gathered_lines;
extern const struct resource resource_indicators;
extern const struct resource resource_indicator_asks;
extern const struct resource resource_indicator_items;
extern const struct resource resource_indicator_values;
extern const struct resource resource_targets;
extern const struct resource resource_target_answers;
extern const struct resource resource_ratings;
extern const struct resource resource_rating_scales;
extern const struct resource resource_rating_grades;
extern const struct resource resource_notices;
extern const struct resource resource_plan_coverage;
extern const struct resource resource_plan_carriers;
extern const struct resource resource_overview;
extern const struct resource resource_task_matrix;
extern const struct resource resource_reorganisations;
extern const struct resource resource_reorganisation_steps;
extern const struct resource resource_reorganisation_parts;
extern const struct resource resource_reorganisation_function_items;
extern const struct resource resource_area_links;
extern const struct resource resource_unit_links;
extern const struct resource resource_positions;
extern const struct resource resource_establishments;
extern const struct resource resource_establishment_figures;
extern const struct resource resource_staff;
extern const struct resource resource_qualifications;
extern const struct resource resource_appointments;
extern const struct resource resource_staff_deletions;
extern const struct resource resource_training_topics;
extern const struct resource resource_courses;
extern const struct resource resource_course_days;
extern const struct resource resource_course_invitations;
extern const struct resource resource_training_records;
extern const struct resource resource_training_attendance;
extern const struct resource resource_training_requirements;
extern const struct resource resource_training_coverage;
extern const struct resource resource_training_due;
extern const struct resource resource_meeting_rules;
extern const struct resource resource_meeting_series;
extern const struct resource resource_meeting_series_invitees;
extern const struct resource resource_meeting_series_agenda_items;
extern const struct resource resource_meetings;
extern const struct resource resource_meeting_invitations;
extern const struct resource resource_meeting_agenda_items;
extern const struct resource resource_meeting_minutes;
extern const struct resource resource_meeting_errata;
extern const struct resource resource_outcomes;
extern const struct resource resource_outcome_units;
extern const struct resource resource_meeting_packets;
extern const struct resource resource_committees;
extern const struct resource resource_committee_members;
extern const struct resource resource_committee_work_items;
extern const struct resource resource_committee_reviews;
extern const struct resource resource_coordination_plans;
extern const struct resource resource_coordination_parties;
extern const struct resource resource_coordination_items;
extern const struct resource resource_coordination_coverage;
extern const struct resource resource_coordination_rates;
extern const struct resource resource_inspection_programmes;
extern const struct resource resource_inspections;
extern const struct resource resource_inspection_units;
extern const struct resource resource_inspection_standards;
extern const struct resource resource_inspection_findings;
extern const struct resource resource_recommendations;
extern const struct resource resource_recommendation_ages;
extern const struct resource resource_inspection_overview;
extern const struct resource resource_emulation_models;
extern const struct resource resource_emulation_replications;
extern const struct resource resource_emulation_counts;
extern const struct resource resource_emulation_drives;
extern const struct resource resource_award_counts;
extern const struct resource resource_budget_lines;
extern const struct resource resource_budget_entries;
extern const struct resource resource_budget_totals;
extern const struct resource resource_plan_phases;
extern const struct resource resource_plan_years;
extern const struct resource resource_plan_year_details;

/* Makes them known to the engine. Once, before the first request. */
void resources_install(void);

/* Lists that more than one resource uses. */
extern const struct choice choices_assignment_status[6];
extern const struct choice choices_meeting_kind[5];
extern const struct choice choices_meeting_status[4];

#endif
