/* What a cell says, as the value that its column takes: by its type, and where the field has
 * choices, the code for the words that people read. */
#include "input/cell_type.h"
#include "service/job.h"

#define TEXT_MAX 4000

static const struct field *field_of(const struct import_kind *kind, size_t column)
{
    return field_find(kind->resource->fields, kind->resource->field_count,
                      kind->columns[column].name);
}

/* Workbooks that we wrote have the title itself; people write it as they like. What is neither
 * title nor code stays, to be told by the check of its kind. */
static struct str code_of(struct arena *a, const struct field *f, struct str text)
{
    for (size_t i = 0; i < f->choice_count; i++)
        if (str_equal(text, str_from(f->choices[i].title_vi)))
            return f->choices[i].value;
    for (size_t i = 0; i < f->choice_count; i++)
        if (str_equal(text, f->choices[i].value))
            return text;
    for (size_t i = 0; i < f->choice_count; i++)
        if (cell_text_equal(a, text, str_from(f->choices[i].title_vi)) ||
            cell_text_equal(a, text, f->choices[i].value))
            return f->choices[i].value;
    return text;
}

static const char *text_cell(struct arena *a, const struct field *f, const struct cell *c,
                             struct str *out)
{
    size_t longest = f != NULL && f->type == FIELD_TEXT && f->max > 0 ? (size_t)f->max : TEXT_MAX;
    const char *word = cell_as_text(a, c->kind, c->text, out);
    if (word == NULL && cell_text_length(*out) > longest)
        word = "too_long";
    if (word == NULL && f != NULL)
        *out = code_of(a, f, *out);
    return word;
}

const char *job_cell(struct arena *a, const struct import_kind *kind, size_t column,
                     const struct cell *c, bool is_1904, struct str *out)
{
    switch (kind->columns[column].type) {
    case IMPORT_DATE:
        return cell_as_date(a, c->kind, c->text, is_1904, out);
    case IMPORT_INT:
        return cell_as_integer(a, c->kind, c->text, out);
    case IMPORT_PERCENT:
        return cell_as_percent(a, c->kind, c->text, out);
    case IMPORT_BOOL:
        return cell_as_boolean(a, c->kind, c->text, out);
    case IMPORT_TEXT:
        break;
    }
    return text_cell(a, field_of(kind, column), c, out);
}
