#include <string.h>

#include "fuzz.h"
#include "input/cell_type.h"
#include "input/header.h"
#include "input/legacy.h"

static bool read_memory(void *state, uint64_t at, void *to, size_t len)
{
    const struct str *all = state;
    if (at > all->len || len > all->len - at)
        return false;
    if (len > 0)
        memcpy(to, all->ptr + at, len);
    return true;
}

struct seen {
    struct arena *arena;
    uint32_t last_row;
    struct header header;
    bool has_header;
};

static void try_types(struct arena *a, const struct cell *c, struct str text)
{
    struct str out = STR("");
    if (cell_as_date(a, c->kind, text, false, &out) == NULL)
        MUST(out.len == 10);
    (void)cell_as_integer(a, c->kind, text, &out);
    (void)cell_as_percent(a, c->kind, text, &out);
    (void)cell_as_boolean(a, c->kind, text, &out);
    (void)cell_as_text(a, c->kind, text, &out);
    MUST(str_is_utf8(out));
    struct legacy_finding f = legacy_find(text, FONT_PLAIN);
    if (f.kind != LEGACY_NONE)
        MUST(str_is_utf8(legacy_convert(a, f.kind, false, text)));
}

static bool on_row(void *state, const struct sheet_row *row)
{
    struct seen *s = state;
    MUST(row->number > s->last_row && row->count > 0);
    s->last_row = row->number;
    s->has_header = s->has_header || !header_take(s->arena, &s->header, row);
    for (size_t i = 0; i < row->count; i++) {
        const struct cell *c = &row->cells[i];
        struct str text = STR("");
        MUST(c->column < SHEET_COLUMNS_MAX && c->text.len > 0);
        MUST(i == 0 || c->column > row->cells[i - 1].column);
        if (cell_text_clean(s->arena, c->text, &text) == NULL)
            try_types(s->arena, c, cell_text_undefuse(text));
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct header_name names[] = {
        {STR_INIT("a"), STR_INIT("Mã"), STR_INIT("Code"), 0},
        {STR_INIT("b"), STR_INIT("Năm"), STR_INIT("Year"), 1}};
    static struct seen s;
    struct str raw = {(const char *)data, size};
    const struct byte_source source = {read_memory, &raw, size};
    struct sheet_options options = {.sheet = STR_INIT("")};
    struct sheet_sink sink = {on_row, &s};
    struct sheet_fault fault;
    memset(&s, 0, sizeof s);
    s.arena = fuzz_arena();
    header_begin(&s.header, s.arena, names, 2);
    bool is_good = csv_read(&source, &options, &sink, &fault);
    MUST(is_good == (fault.word == NULL));
    return 0;
}
