#include "resources/import_kinds.h"

#define TEXT(name, is_required)                  \
    {                                            \
        STR_INIT(name), IMPORT_TEXT, is_required \
    }
#define DAY(name, is_required)                   \
    {                                            \
        STR_INIT(name), IMPORT_DATE, is_required \
    }
#define INT(name, is_required)                  \
    {                                           \
        STR_INIT(name), IMPORT_INT, is_required \
    }
#define PERCENT(name, is_required)                  \
    {                                               \
        STR_INIT(name), IMPORT_PERCENT, is_required \
    }
#define BOOL(name, is_required)                  \
    {                                            \
        STR_INIT(name), IMPORT_BOOL, is_required \
    }

static const struct import_column units[] = {
    TEXT("code", true),       TEXT("name", true),         TEXT("short_name", false),
    TEXT("kind", true),       TEXT("area_code", true),    TEXT("parent_code", false),
    DAY("valid_from", false), TEXT("legal_basis", false),
};
static const struct import_column staff[] = {
    TEXT("code", true),
    TEXT("full_name", true),
    TEXT("unit_code", false),
};
static const struct import_column appointments[] = {
    TEXT("staff_code", true),   TEXT("unit_code", true),  TEXT("position", true),
    TEXT("kind", false),        DAY("valid_from", true),  DAY("valid_to", false),
    TEXT("legal_basis", false), TEXT("end_cause", false),
};
static const struct import_column courses[] = {
    TEXT("code", true),
    TEXT("name", true),
    TEXT("topic", true),
    TEXT("organiser_unit_code", false),
    TEXT("partner_unit_code", false),
    TEXT("partner", false),
    DAY("starts_on", true),
    DAY("ends_on", true),
    TEXT("place", false),
    INT("capacity", false),
    PERCENT("pass_percent", false),
};
static const struct import_column training_records[] = {
    TEXT("course_code", true), TEXT("organiser_unit_code", false), TEXT("staff_code", true),
    TEXT("status", false),     INT("days_attended", false),        TEXT("result", false),
    INT("score", false),       TEXT("certificate_number", false),  DAY("certified_on", false),
    DAY("valid_until", false),
};
static const struct import_column attendance[] = {
    TEXT("course_code", true), TEXT("organiser_unit_code", false), TEXT("staff_code", true),
    DAY("day", true),          BOOL("is_present", true),
};
static const struct import_column ratings[] = {
    TEXT("unit_code", true), INT("year", true),      TEXT("scale", true),
    TEXT("grade", true),     DAY("rated_on", false), TEXT("note", false),
};
static const struct import_column indicator_values[] = {
    TEXT("plan_number", true),     TEXT("period_label", true), TEXT("indicator_code", true),
    TEXT("unit_code", true),       INT("own_value", false),    INT("own_numerator", false),
    INT("own_denominator", false), TEXT("note", false),
};

#define KIND(n, list, c)                                                                      \
    {                                                                                         \
        {.name = STR_INIT(n), .columns = (c), .column_count = sizeof(c) / sizeof(*(c))}, list \
    }
/* The resource is looked up by its name, so that no list need be linked for the sake of another. */
static struct {
    struct import_kind kind;
    const char *resource;
} kinds[] = {
    KIND("units", "units", units),
    KIND("staff", "staff", staff),
    KIND("appointments", "appointments", appointments),
    KIND("courses", "courses", courses),
    KIND("training_records", "training-records", training_records),
    KIND("attendance", "training-attendance", attendance),
    KIND("ratings", "ratings", ratings),
    KIND("indicator_values", "indicator-values", indicator_values),
};

const struct import_kind *import_kind_at(size_t index)
{
    if (index >= sizeof kinds / sizeof *kinds)
        return NULL;
    if (kinds[index].kind.resource == NULL) {
        size_t count = 0;
        const struct resource *const *all = resource_all(&count);
        for (size_t i = 0; i < count; i++)
            if (str_equal(all[i]->name, str_from(kinds[index].resource)))
                kinds[index].kind.resource = all[i];
    }
    return &kinds[index].kind;
}

const struct import_kind *import_kind_find(struct str name)
{
    const struct import_kind *k = NULL;
    for (size_t i = 0; (k = import_kind_at(i)) != NULL; i++)
        if (str_equal(k->name, name))
            return k->resource != NULL ? k : NULL;
    return NULL;
}
