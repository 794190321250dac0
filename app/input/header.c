#include "input/header.h"

#include "input/cell_type.h"

struct header_key {
    struct str name;
    struct str title_vi;
    struct str title_en;
};

void header_begin(struct header *h, struct arena *keep, const struct header_name *names,
                  size_t count)
{
    *h = (struct header){.keep = keep, .names = names, .name_count = count};
    h->keys = arena_alloc_array(keep, count, sizeof *h->keys);
    for (size_t i = 0; i < count; i++)
        h->keys[i] = (struct header_key){cell_text_key(keep, names[i].name),
                                         cell_text_key(keep, names[i].title_vi),
                                         cell_text_key(keep, names[i].title_en)};
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++)
        h->columns[i] = HEADER_NONE;
}

static const struct header_name *find(struct arena *a, const struct header *h, struct str text)
{
    if (text.len > HEADER_TEXT_MAX)
        return NULL;
    struct str key = cell_text_key(a, text);
    for (size_t i = 0; i < h->name_count; i++)
        if (str_equal(key, h->keys[i].name))
            return &h->names[i];
    for (size_t i = 0; i < h->name_count; i++)
        if (str_equal(key, h->keys[i].title_vi) || str_equal(key, h->keys[i].title_en))
            return &h->names[i];
    return NULL;
}

/* Not cut within a character. */
static struct str shorten(struct str s)
{
    s = str_slice(s, 0, HEADER_TEXT_MAX);
    while (s.len > 0 && !str_is_utf8(s))
        s.len--;
    return s;
}

struct look {
    size_t known;
    size_t of_kind; /* of these, columns that are read */
    size_t unknown;
    bool has_number;
    bool is_below; /* every known one stands where there is none yet */
};

static struct look look_at(struct arena *a, const struct header *h, const struct sheet_row *row)
{
    struct look l = {.is_below = true};
    int64_t number = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct str text = STR("");
        const struct header_name *n = NULL;
        if (cell_text_clean(a, row->cells[i].text, &text) == NULL &&
            row->cells[i].kind == CELL_TEXT)
            n = find(a, h, text);
        l.has_number = l.has_number || row->cells[i].kind != CELL_TEXT || str_to_int(text, &number);
        l.known += n != NULL;
        l.of_kind += n != NULL && n->column >= 0;
        l.unknown += n == NULL;
        l.is_below = l.is_below && h->columns[row->cells[i].column] == HEADER_NONE;
    }
    return l;
}

static void take(struct arena *a, struct header *h, const struct sheet_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        uint32_t at = row->cells[i].column;
        struct str text = STR("");
        if (cell_text_clean(a, row->cells[i].text, &text) != NULL)
            text = STR("?");
        const struct header_name *n = find(a, h, text);
        if (n != NULL) {
            h->columns[at] = n->column >= 0 ? n->column : HEADER_IGNORED;
            h->unknown[at] = STR("");
        } else if (h->columns[at] == HEADER_NONE && text.len > 0) {
            h->unknown[at] = str_copy(h->keep, shorten(text));
        }
    }
    if (h->first_row == 0)
        h->first_row = row->number;
    h->last_row = row->number;
}

bool header_take(struct arena *a, struct header *h, const struct sheet_row *row)
{
    if (h->first_row != 0) {
        /* the lower half of a merged header: nothing in it but names of columns that had none */
        if (row->number != h->last_row + 1 || h->last_row != h->first_row)
            return false;
        struct look l = look_at(a, h, row);
        if (l.unknown > 0 || l.known == 0 || !l.is_below)
            return false;
        take(a, h, row);
        return true;
    }
    if (row->number > HEADER_WITHIN)
        return false;
    struct look l = look_at(a, h, row);
    /* what stands above a table says other things: "Năm: 2022", a title */
    if (l.of_kind > 1 || (l.of_kind == 1 && l.unknown <= 1 && !l.has_number))
        take(a, h, row);
    return true;
}

const char *header_fault(const struct header *h, uint32_t *at)
{
    *at = 0;
    if (h->first_row == 0)
        return "no_header";
    for (uint32_t i = 0; i < SHEET_COLUMNS_MAX; i++) {
        *at = i;
        if (h->unknown[i].len > 0)
            return "unknown_header";
        for (uint32_t k = 0; k < i && h->columns[i] >= 0; k++)
            if (h->columns[k] == h->columns[i])
                return "doubled_header";
    }
    return NULL;
}
