/* For tests of the readers: a file read whole, its cells as one text: "1 A=x; C=y\n". What is no
 * text is marked: # number, % percentage, @ date, ? yes or no, ! fault; a font of the old sort in
 * front, <1> to <3>. */
#ifndef DANVAN_UNIT_SHEET_TEXT_H
#define DANVAN_UNIT_SHEET_TEXT_H

#include <stdio.h>

#include "input/sheet.h"
#include "unit.h"

static bool sheet_memory(void *state, uint64_t at, void *to, size_t len)
{
    const struct str *all = state;
    if (at > all->len || len > all->len - at)
        return false;
    if (len > 0)
        memcpy(to, all->ptr + at, len);
    return true;
}

static bool sheet_put_row(void *state, const struct sheet_row *row)
{
    static const char *const marks[] = {"", "#", "%", "@", "?", "!"};
    struct text *t = state;
    text_printf(t, "%u", row->number);
    for (size_t i = 0; i < row->count; i++) {
        char letters[8];
        column_letters(row->cells[i].column, letters);
        text_printf(t, "%s%s=", i == 0 ? " " : "; ", letters);
        if (row->cells[i].font != FONT_PLAIN)
            text_printf(t, "<%d>", (int)row->cells[i].font);
        text_append(t, str_from(marks[row->cells[i].kind]));
        text_append(t, row->cells[i].text);
    }
    text_byte(t, '\n');
    return true;
}

static struct sheet_fault sheet_fault_seen;
static bool sheet_was_8bit;
static bool sheet_was_1904;

/* The cells, or "word row" of what refuses the file. */
static inline const char *sheet_text(struct arena *a, struct str file, struct str sheet)
{
    const struct byte_source source = {sheet_memory, &file, file.len};
    struct sheet_options options = {
        .sheet = sheet, .is_8bit = &sheet_was_8bit, .is_1904 = &sheet_was_1904};
    struct text t = {.arena = a};
    struct sheet_sink sink = {sheet_put_row, &t};
    enum sheet_format format = SHEET_CSV;
    const char *word = NULL;
    if (!sheet_sniff(&source, &format, &word))
        return word;
    if (sheet_read(&source, format, &options, &sink, &sheet_fault_seen))
        return str_cstr(a, text_str(&t));
    return str_cstr(a, str_printf(a, "%s %u", sheet_fault_seen.word, sheet_fault_seen.row));
}

static inline struct str sheet_file(struct arena *a, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/xlsx/%s", UNIT_DATA_DIR, name);
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s", path);
    char *bytes = arena_alloc(a, 1 << 20);
    size_t len = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    return (struct str){bytes, len};
}

#endif
