#include <string.h>

#include "fuzz.h"
#include "input/xlsx.h"

/* The bytes as an archive; and, since few mutations of an archive pass its checksums, as the XML of
 * the parts of one that is made around them: the workbook, the styles, the strings, then the sheet,
 * each up to a NUL. */
static bool read_memory(void *state, uint64_t at, void *to, size_t len)
{
    const struct str *all = state;
    if (at > all->len || len > all->len - at)
        return false;
    if (len > 0)
        memcpy(to, all->ptr + at, len);
    return true;
}

static bool on_row(void *state, const struct sheet_row *row)
{
    uint32_t *last = state;
    MUST(row->number > *last && row->count > 0);
    *last = row->number;
    for (size_t i = 0; i < row->count; i++) {
        MUST(row->cells[i].column < SHEET_COLUMNS_MAX && row->cells[i].text.len > 0);
        MUST(i == 0 || row->cells[i].column > row->cells[i - 1].column);
        if (row->cells[i].kind == CELL_DATE)
            MUST(row->cells[i].text.len >= 10);
    }
    return true;
}

static void read_archive(struct str raw)
{
    const struct byte_source source = {read_memory, &raw, raw.len};
    struct sheet_options options = {.sheet = STR_INIT("")};
    uint32_t last = 0;
    struct sheet_sink sink = {on_row, &last};
    struct sheet_fault fault = {.word = NULL};
    enum sheet_format format = SHEET_CSV;
    const char *word = NULL;
    if (sheet_sniff(&source, &format, &word) && format == SHEET_XLSX)
        MUST(xlsx_read(&source, &options, &sink, &fault) == (fault.word == NULL));
}

/* ---- an archive of stored entries ---- */

static uint32_t crc(struct str s)
{
    uint32_t c = 0xffffffffU;
    for (size_t i = 0; i < s.len; i++) {
        c ^= (unsigned char)s.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            c = c >> 1 ^ (0xedb88320U & (0U - (c & 1)));
    }
    return ~c;
}

static void number(struct text *t, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        text_byte(t, (char)(value >> (8 * i)));
}

static void add(struct text *out, struct text *directory, const char *name, struct str content)
{
    struct text facts = {.arena = out->arena};
    size_t from = out->len;
    number(&facts, 0, 8);
    number(&facts, crc(content), 4);
    number(&facts, content.len, 4);
    number(&facts, content.len, 4);
    number(&facts, strlen(name), 2);
    number(&facts, 0, 2);
    text_append(directory, STR("PK\x01\x02\x14\0\x14\0"));
    text_append(directory, text_str(&facts));
    number(directory, 0, 8);
    number(directory, 0, 2);
    number(directory, from, 4);
    text_append(directory, str_from(name));
    text_append(out, STR("PK\x03\x04\x14\0"));
    text_append(out, text_str(&facts));
    text_append(out, str_from(name));
    text_append(out, content);
}

static struct str around(struct arena *a, struct str raw)
{
    static const char *const names[] = {"xl/workbook.xml", "xl/styles.xml", "xl/strings.xml",
                                        "xl/sheet.xml"};
    struct text out = {.arena = a};
    struct text directory = {.arena = a};
    struct str part;
    add(&out, &directory, "[Content_Types].xml", STR("<Types/>"));
    add(&out, &directory, "xl/_rels/workbook.xml.rels",
        STR("<R><Relationship Id='x' Type='/worksheet' Target='sheet.xml'/><Relationship Id='y' "
            "Type='/styles' Target='styles.xml'/><Relationship Id='z' Type='/sharedStrings' "
            "Target='strings.xml'/></R>"));
    for (size_t i = 0; i < 4; i++) {
        str_cut(raw, '\0', &part, &raw);
        add(&out, &directory, names[i], part);
    }
    size_t at = out.len;
    text_append(&out, text_str(&directory));
    text_append(&out, STR("PK\x05\x06\0\0\0\0"));
    number(&out, 6, 2);
    number(&out, 6, 2);
    number(&out, directory.len, 4);
    number(&out, at, 4);
    number(&out, 0, 2);
    return text_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str raw = {(const char *)data, size};
    read_archive(raw);
    read_archive(around(fuzz_arena(), raw));
    return 0;
}
