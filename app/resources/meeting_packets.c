/* The packet that a meeting reads, by the id of its meeting. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD("id", FIELD_UUID, F_READ, "Mã hội nghị", "Meeting id"),
    FIELD("meeting_title", FIELD_TEXT, F_READ, "Hội nghị", "Meeting"),
    FIELD("meeting_kind", FIELD_CHOICE, F_READ, "Loại hội nghị", "Kind of meeting",
          CHOICES(choices_meeting_kind)),
    FIELD("held_on", FIELD_DATE, F_READ, "Ngày tổ chức", "Held on"),
    FIELD("meeting_status", FIELD_CHOICE, F_READ, "Trạng thái hội nghị", "Status of the meeting",
          CHOICES(choices_meeting_status)),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị triệu tập", "Convening unit id"),
    FIELD("period_id", FIELD_UUID, F_READ | F_NULLABLE, "Kỳ báo cáo", "Period"),
    FIELD("is_frozen", FIELD_BOOL, F_READ, "Đã chốt", "Is frozen",
          .doc =
              "Kept as it was when the meeting opened; until then it is gathered anew each time"),
    FIELD("frozen_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày chốt", "Frozen on"),
    FIELD("content", FIELD_JSON, F_READ | F_NULLABLE, "Nội dung", "Content",
          .doc = "day, unit, overdue, targets, previous; with a period also period, reports, "
                 "situation and proposals: docs/conclusions.md"),
};

/* No list is served; the engine wants each resource to have an order. */
static const struct sort sorts[] = {
    {STR_INIT("held_on"), {SORT_KEY("held_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_meeting_packets = {
    RESOURCE_NAME("meeting-packets"),
    .singular = "meeting_packet",
    .view = "api.meeting_packets",
    .can = CAN_GET,
    FIELDS(fields),
    SORTS(sorts),
    .title_vi = "Tài liệu hội nghị",
    .title_en = "Meeting packets",
    .doc = "What a meeting reads, by the meeting's id. For the unit that convenes it and whoever "
           "has that unit in scope; not for the invited",
};
