#include "output/csv.h"

/* OWASP's list. Numbers and dates of ours never meet it: only text is guarded. Text that looks
 * guarded already gets one more apostrophe, so that the import takes away exactly what was added
 * here. */
static bool begins_formula(struct str s)
{
    size_t at = 0;
    while (at < s.len && s.ptr[at] == '\'')
        at++;
    if (at == s.len)
        return false;
    char c = s.ptr[at];
    return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '"' || c == ',' || c == ';' || c == '\r' || c == '\n' || c == '\t')
            return true;
    }
    return s.len > 0 && (s.ptr[0] == ' ' || s.ptr[s.len - 1] == ' ');
}

static void put_cell(struct text *t, struct str s, bool is_text)
{
    bool is_guarded = is_text && begins_formula(s);
    bool is_quoted = needs_quotes(s);
    if (is_quoted)
        text_byte(t, '"');
    if (is_guarded)
        text_byte(t, '\'');
    size_t run = 0;
    for (size_t i = 0; is_quoted && i < s.len; i++) {
        if (s.ptr[i] != '"')
            continue;
        text_append(t, str_slice(s, run, i + 1));
        run = i; /* the quote is written again with what follows */
    }
    text_append(t, str_slice(s, run, s.len));
    if (is_quoted)
        text_byte(t, '"');
}

static void put_array(struct text *t, struct str value)
{
    struct text joined = {.arena = t->arena};
    struct str element;
    while (output_array_next(t->arena, &value, &element)) {
        if (joined.len > 0)
            text_append(&joined, STR("; "));
        text_append(&joined, element);
    }
    put_cell(t, text_str(&joined), true);
}

static void put_value(struct text *t, enum output_type type, struct str value)
{
    if (value.ptr == NULL)
        return;
    switch (type) {
    case OUTPUT_BOOL:
        text_append(t, value.len > 0 && value.ptr[0] == 't' ? STR("true") : STR("false"));
        break;
    case OUTPUT_TIMESTAMP:
        output_timestamp(t, value);
        break;
    case OUTPUT_NUMBER:
    case OUTPUT_DATE:
        put_cell(t, value, false);
        break;
    case OUTPUT_TEXT_ARRAY:
        put_array(t, value);
        break;
    case OUTPUT_TEXT:
    case OUTPUT_JSON:
    case OUTPUT_TYPE__MAX:
        put_cell(t, value, true);
        break;
    }
}

void output_csv(struct text *t, const struct output_rows *rows)
{
    bool is_first = true;
    text_append(t, STR("\xef\xbb\xbf"));
    for (size_t c = 0; c < rows->column_count; c++) {
        if (!rows->columns[c].is_in_csv)
            continue;
        if (!is_first)
            text_byte(t, ',');
        is_first = false;
        text_append(t, rows->columns[c].name);
    }
    text_append(t, STR("\r\n"));
    for (size_t row = 0; row < rows->row_count; row++) {
        is_first = true;
        for (size_t c = 0; c < rows->column_count; c++) {
            if (!rows->columns[c].is_in_csv)
                continue;
            if (!is_first)
                text_byte(t, ',');
            is_first = false;
            put_value(t, rows->columns[c].type, rows->value(rows->source, row, c));
        }
        text_append(t, STR("\r\n"));
    }
}
