/* Looking things up in descriptors, and printing them for the drift test. */
#include "resource/descriptor.h"

#include <inttypes.h>

static const struct resource *const *all;
static size_t all_count;

void resource_use(const struct resource *const *list, size_t count)
{
    all = list;
    all_count = count;
}

const struct resource *const *resource_all(size_t *count)
{
    *count = all_count;
    return all;
}

const char *field_type_word(enum field_type t)
{
    static const char *const words[FIELD_TYPE__MAX] = {
#define X(type, word, sql) [type] = word,
        FIELD_TYPE_LIST(X)
#undef X
    };
    return words[t];
}

const char *field_type_sql(enum field_type t)
{
    static const char *const types[FIELD_TYPE__MAX] = {
#define X(type, word, sql) [type] = sql,
        FIELD_TYPE_LIST(X)
#undef X
    };
    return types[t];
}

const struct field *field_find(const struct field *fields, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(fields[i].name, name))
            return &fields[i];
    return NULL;
}

const struct filter *filter_find(const struct resource *r, struct str name)
{
    for (size_t i = 0; i < r->filter_count; i++)
        if (str_equal(r->filters[i].name, name))
            return &r->filters[i];
    return NULL;
}

const struct sort *sort_find(const struct resource *r, struct str name)
{
    for (size_t i = 0; i < r->sort_count; i++)
        if (str_equal(r->sorts[i].name, name))
            return &r->sorts[i];
    return NULL;
}

bool resource_has_version(const struct resource *r)
{
    return field_find(r->fields, r->field_count, STR("version")) != NULL;
}

bool resource_has_days(const struct resource *r)
{
    return r->is_dated || r->day_detail_view != NULL;
}

static void put_flags(struct text *out, unsigned flags)
{
    static const struct {
        unsigned flag;
        char letter;
    } letters[] = {{F_READ, 'R'},     {F_CREATE, 'C'},        {F_UPDATE, 'U'}, {F_REQUIRED, 'Q'},
                   {F_NULLABLE, 'N'}, {F_HIDDEN_IN_CSV, 'H'}, {F_DETAIL, 'D'}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (flags & letters[i].flag)
            text_byte(out, letters[i].letter);
}

/* The limits, the choices, and the constraints whose rule points at the field. */
static void put_checks(struct text *out, const struct resource *r, const struct field *f)
{
    text_printf(out, "\t%" PRId64 "\t%" PRId64 "\t", f->min, f->max);
    for (size_t i = 0; i < f->choice_count; i++)
        text_printf(out, "%s%.*s", i > 0 ? "," : "", STR_ARG(f->choices[i].value));
    text_byte(out, '\t');
    bool is_first = true;
    for (size_t i = 0; i < r->rule_count; i++) {
        if (!str_equal(r->rules[i].field, f->name))
            continue;
        text_printf(out, "%s%.*s", is_first ? "" : ",", STR_ARG(r->rules[i].constraint));
        is_first = false;
    }
}

static void dump_one(struct text *out, const struct resource *r, const char *view,
                     const char *detail_view)
{
    for (size_t i = 0; i < r->field_count; i++) {
        const struct field *f = &r->fields[i];
        text_printf(out, "%.*s\t%s\t%s\t%s\t%.*s\t%s\t", STR_ARG(r->name), view, detail_view,
                    r->table != NULL ? r->table : "", STR_ARG(f->name), field_type_word(f->type));
        put_flags(out, f->flags);
        put_checks(out, r, f);
        text_byte(out, '\n');
    }
}

/* What is read of a day in place of the view is held to the same fields. */
void descriptor_dump(struct text *out)
{
    for (size_t i = 0; i < all_count; i++) {
        const struct resource *r = all[i];
        const char *detail = r->detail_view != NULL ? r->detail_view : r->view;
        dump_one(out, r, r->view, detail);
        if (r->day_view != NULL)
            dump_one(out, r, r->day_view, r->day_detail_view != NULL ? r->day_detail_view : detail);
    }
}
