/* The pieces that all read statements share: select list, view, result columns. */
#include "resource/operation.h"

static bool is_shown(const struct field *f, bool is_detail)
{
    return (f->flags & F_READ) && (is_detail || !(f->flags & F_DETAIL));
}

void sql_select(struct text *t, const struct resource *res, bool is_detail)
{
    bool is_first = true;
    text_append(t, STR("select "));
    for (size_t i = 0; i < res->field_count; i++) {
        if (!is_shown(&res->fields[i], is_detail))
            continue;
        text_append(t, is_first ? STR("r.") : STR(", r."));
        text_append(t, res->fields[i].name);
        is_first = false;
    }
}

void sql_from(struct text *t, const struct resource *res, bool is_detail)
{
    const char *view = is_detail && res->detail_view != NULL ? res->detail_view : res->view;
    text_append(t, STR(" from "));
    text_append(t, str_from(view));
    text_append(t, STR(" as r"));
}

void sql_from_day(struct text *t, const struct resource *res, bool is_detail, size_t param)
{
    text_printf(t, " from %s($%zu::date) as r", is_detail ? res->day_detail_view : res->day_view,
                param);
}

static enum output_type output_of(enum field_type type)
{
    switch (type) {
    case FIELD_INT:
    case FIELD_INT_REF:
    case FIELD_NUMBER:
        return OUTPUT_NUMBER;
    case FIELD_BOOL:
        return OUTPUT_BOOL;
    case FIELD_DATE:
        return OUTPUT_DATE;
    case FIELD_TIMESTAMP:
        return OUTPUT_TIMESTAMP;
    case FIELD_JSON:
        return OUTPUT_JSON;
    case FIELD_TEXT_ARRAY:
        return OUTPUT_TEXT_ARRAY;
    case FIELD_TEXT:
    case FIELD_UUID:
    case FIELD_CHOICE:
    case FIELD_TYPE__MAX:
        break;
    }
    return OUTPUT_TEXT;
}

const struct output_column *sql_columns(struct arena *a, const struct resource *res, bool is_detail,
                                        size_t *count)
{
    struct output_column *columns = arena_alloc_array(a, res->field_count, sizeof *columns);
    size_t n = 0;
    for (size_t i = 0; i < res->field_count; i++) {
        const struct field *f = &res->fields[i];
        if (!is_shown(f, is_detail))
            continue;
        columns[n].name = f->name;
        columns[n].type = output_of(f->type);
        columns[n].is_in_csv = !(f->flags & F_HIDDEN_IN_CSV);
        n++;
    }
    *count = n;
    return columns;
}

static const char *type_word(enum field_type type)
{
    switch (type) {
    case FIELD_INT:
        return "Số nguyên";
    case FIELD_INT_REF:
        return "Mã số của hệ thống (cột ẩn)";
    case FIELD_NUMBER:
        return "Số";
    case FIELD_BOOL:
        return "Có hoặc Không (API, CSV: true, false)";
    case FIELD_DATE:
        return "Ngày";
    case FIELD_TIMESTAMP:
        return "Thời điểm";
    case FIELD_UUID:
        return "Mã định danh của hệ thống (cột ẩn)";
    case FIELD_JSON:
        return "Dữ liệu JSON";
    case FIELD_TEXT_ARRAY:
        return "Danh sách, cách nhau bằng dấu chấm phẩy";
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_TYPE__MAX:
        break;
    }
    return "Chữ";
}

static struct str meaning_of(struct arena *a, const struct field *f)
{
    struct text t = {.arena = a};
    size_t count = 0;
    const struct choice *words = field_words(f, &count);
    text_printf(&t, "%s", count > 0 ? "Một trong các giá trị" : type_word(f->type));
    for (size_t i = 0; i < count; i++)
        text_printf(&t, "%s %.*s = %s", i == 0 ? ":" : ";", STR_ARG(words[i].value),
                    words[i].title_vi);
    text_printf(&t, ". (%s%s%s)", f->title_en, f->doc != NULL ? ": " : "",
                f->doc != NULL ? f->doc : "");
    return text_str(&t);
}

static const struct output_word *words_of(struct arena *a, const struct field *f, size_t *count)
{
    const struct choice *named = field_words(f, count);
    struct output_word *words = arena_alloc_array(a, *count, sizeof *words);
    for (size_t i = 0; i < *count; i++)
        words[i] = (struct output_word){named[i].value, str_from(named[i].title_vi)};
    return words;
}

const struct output_note *sql_notes(struct arena *a, const struct resource *res, size_t count)
{
    struct output_note *notes = arena_alloc_array(a, count, sizeof *notes);
    size_t n = 0;
    for (size_t i = 0; i < res->field_count && n < count; i++) {
        const struct field *f = &res->fields[i];
        if (!is_shown(f, false))
            continue;
        notes[n].title = str_from(f->title_vi);
        notes[n].meaning = meaning_of(a, f);
        notes[n].words = words_of(a, f, &notes[n].word_count);
        notes[n].is_hidden = f->type == FIELD_UUID || f->type == FIELD_INT_REF;
        /* whole đồng, in fields that are named so */
        notes[n].is_money = f->type == FIELD_INT && str_ends(f->name, STR("amount"));
        n++;
    }
    return notes;
}
