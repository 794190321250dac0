/* The directory at the end of a ZIP archive (PKWARE APPNOTE 4.3.12, 4.3.16), walked entry by entry
 * in constant memory. Stricter than archives may be, as strict as Office files are: one disk, no
 * comment beyond a few bytes, nothing before the first entry or behind the directory, no
 * encryption, no 64-bit form. So the bytes are an archive and not something else as well. */
#include <string.h>

#include "input/file_type.h"

#define END_SIZE   22
#define TAIL_SIZE  1024
#define ENTRY_SIZE 46
#define NAME_MAX_  255
/* A workbook has a part per sheet and per picture. */
#define ENTRIES_MAX 10000
/* What it may unpack to. Sheets full of repetition reach 50 to 1; bombs begin where deflate ends.
 */
#define UNPACKED_MAX  ((uint64_t)1 << 30)
#define RATIO_MAX     200
#define UNPACKED_FREE ((uint64_t)8 << 20)

struct directory {
    uint64_t at;
    uint64_t size;
    unsigned count;
};

struct findings {
    bool has_types; /* [Content_Types].xml: an Office archive at all */
    bool has_document;
    bool has_workbook;
    bool has_macros;
    uint64_t unpacked;
};

static uint64_t number(const unsigned char *p, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)p[i] << (8 * i);
    return value;
}

/* The record that ends where the file ends. */
static bool find_directory(const struct byte_source *s, struct directory *out)
{
    unsigned char tail[TAIL_SIZE];
    size_t len = s->size < sizeof tail ? (size_t)s->size : sizeof tail;
    if (len < END_SIZE || !s->read(s->state, s->size - len, tail, len))
        return false;
    for (size_t at = len - END_SIZE + 1; at-- > 0;) {
        const unsigned char *p = tail + at;
        if (memcmp(p, "PK\x05\x06", 4) != 0 || number(p + 20, 2) != len - END_SIZE - at)
            continue;
        uint64_t here = s->size - len + at;
        *out = (struct directory){.at = number(p + 16, 4),
                                  .size = number(p + 12, 4),
                                  .count = (unsigned)number(p + 10, 2)};
        return number(p + 4, 4) == 0 && number(p + 8, 2) == out->count && out->at < here &&
               out->at + out->size == here;
    }
    return false;
}

static bool is_path_safe(struct str name)
{
    struct str rest = name;
    if (name.len == 0 || name.ptr[0] == '/' || str_find(name, '\\', 0) < name.len ||
        str_find(name, '\0', 0) < name.len)
        return false;
    for (bool has_more = true; has_more;) {
        struct str part;
        has_more = str_cut(rest, '/', &part, &rest);
        if (str_equal(part, STR("..")))
            return false;
    }
    return true;
}

/* Office finds its parts without regard to case (ECMA-376 part 2), so a macro is one in any. */
static bool is_macro(struct str name)
{
    const struct str part = STR("vbaProject.bin");
    return name.len >= part.len &&
           str_equal_nocase(str_slice(name, name.len - part.len, name.len), part);
}

static void note_name(struct str name, struct findings *f)
{
    f->has_types = f->has_types || str_equal(name, STR("[Content_Types].xml"));
    f->has_document =
        f->has_document || (str_starts(name, STR("word/document")) && str_ends(name, STR(".xml")));
    f->has_workbook = f->has_workbook || str_equal(name, STR("xl/workbook.xml"));
    f->has_macros = f->has_macros || is_macro(name);
}

/* One entry at *at; moves *at behind it. */
static bool take_entry(const struct byte_source *s, const struct directory *d, uint64_t *at,
                       struct findings *f)
{
    unsigned char head[ENTRY_SIZE];
    char name[NAME_MAX_];
    uint64_t end = d->at + d->size;
    if (end - *at < ENTRY_SIZE || !s->read(s->state, *at, head, sizeof head) ||
        memcmp(head, "PK\x01\x02", 4) != 0)
        return false;
    size_t len = (size_t)number(head + 28, 2);
    uint64_t size = ENTRY_SIZE + len + number(head + 30, 2) + number(head + 32, 2);
    bool is_encrypted = (number(head + 8, 2) & 1) != 0;
    if (is_encrypted || len > sizeof name || size > end - *at || number(head + 42, 4) >= d->at ||
        !s->read(s->state, *at + ENTRY_SIZE, name, len) || !is_path_safe((struct str){name, len}))
        return false;
    note_name((struct str){name, len}, f);
    f->unpacked += number(head + 24, 4);
    *at += size;
    return true;
}

bool zip_list_sniff(const struct byte_source *s, enum file_type *out, const char **word)
{
    struct directory d;
    struct findings f = {.unpacked = 0};
    *word = "unsupported_file";
    if (!find_directory(s, &d) || d.count > ENTRIES_MAX)
        return false;
    uint64_t at = d.at;
    for (unsigned i = 0; i < d.count; i++)
        if (!take_entry(s, &d, &at, &f))
            return false;
    if (at != d.at + d.size || !f.has_types || f.has_document == f.has_workbook)
        return false;
    if (f.has_macros)
        *word = "has_macros";
    else if (f.unpacked > UNPACKED_MAX || f.unpacked > UNPACKED_FREE + RATIO_MAX * s->size)
        *word = "unsafe_archive";
    else
        *word = NULL;
    *out = f.has_document ? FILE_DOCX : FILE_XLSX;
    return *word == NULL;
}
