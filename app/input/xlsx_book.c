/* workbook.xml and what it points at: which sheet, which strings. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <zip.h>

#include "input/xlsx.h"

#define STRINGS_MAX 4000000

/* ---- which sheet ---- */

struct outline {
    struct xlsx_book *book;
    struct str wanted;
    char relation[64]; /* of the sheet taken */
    bool has_sheet;
    bool has_found;
};

/* Composed or not (macOS writes names decomposed), a sheet's name is the same. */
static bool is_same_name(struct str one, struct str other)
{
    const struct str both[2] = {one, other};
    utf8proc_uint8_t *made[2] = {NULL, NULL};
    utf8proc_ssize_t len[2];
    if (str_equal(one, other))
        return true;
    for (size_t i = 0; i < 2; i++)
        len[i] = utf8proc_map((const utf8proc_uint8_t *)both[i].ptr, (utf8proc_ssize_t)both[i].len,
                              &made[i], UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    bool is_same = len[0] > 0 && len[0] == len[1] && memcmp(made[0], made[1], (size_t)len[0]) == 0;
    free(made[0]);
    free(made[1]);
    return is_same;
}

static void on_workbook(struct xml_part *p, struct str name, const struct xml_attribute *a,
                        size_t count)
{
    struct outline *o = p->state;
    struct str value = STR("");
    struct str sheet = STR("");
    struct str relation = STR("");
    if (str_equal(name, STR("workbookPr")) && xml_attribute_of(a, count, "date1904", &value))
        o->book->is_1904 = str_equal(value, STR("1")) || str_equal(value, STR("true"));
    if (!str_equal(name, STR("sheet")) || o->has_found)
        return;
    bool is_visible =
        !xml_attribute_of(a, count, "state", &value) || str_equal(value, STR("visible"));
    o->has_sheet = true;
    if (!xml_attribute_of(a, count, "name", &sheet))
        return;
    /* r:id; the last attribute "id", as sheetId is of another name */
    if (!xml_attribute_of(a, count, "id", &relation) || relation.len >= sizeof o->relation)
        return;
    if (o->wanted.len > 0 ? is_same_name(sheet, o->wanted) : is_visible) {
        memcpy(o->relation, relation.ptr, relation.len);
        o->relation[relation.len] = '\0';
        o->has_found = true;
    }
}

/* "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml" → a path in the archive. */
static void set_path(char out[256], struct str target)
{
    bool is_absolute = str_starts(target, STR("/"));
    struct str rest = is_absolute ? str_slice(target, 1, target.len) : target;
    size_t at = is_absolute ? 0 : 3;
    if (rest.len + at >= 256)
        return;
    if (!is_absolute)
        memcpy(out, "xl/", 3);
    memcpy(out + at, rest.ptr, rest.len);
    out[at + rest.len] = '\0';
}

static void on_relation(struct xml_part *p, struct str name, const struct xml_attribute *a,
                        size_t count)
{
    struct outline *o = p->state;
    struct str id;
    struct str type;
    struct str target;
    struct str mode;
    if (!str_equal(name, STR("Relationship")) || !xml_attribute_of(a, count, "Id", &id) ||
        !xml_attribute_of(a, count, "Type", &type) ||
        !xml_attribute_of(a, count, "Target", &target))
        return;
    if (xml_attribute_of(a, count, "TargetMode", &mode) && str_equal(mode, STR("External")))
        return;
    if (str_ends(type, STR("/sharedStrings")))
        set_path(o->book->strings_part, target);
    else if (str_ends(type, STR("/styles")))
        set_path(o->book->styles_part, target);
    else if (str_ends(type, STR("/worksheet")) && str_equal(id, str_from(o->relation)))
        set_path(o->book->sheet_part, target);
}

static void on_types(struct xml_part *p, struct str name, const struct xml_attribute *a,
                     size_t count)
{
    struct str type;
    if ((str_equal(name, STR("Override")) || str_equal(name, STR("Default"))) &&
        xml_attribute_of(a, count, "ContentType", &type) &&
        memmem(type.ptr, type.len, "macroEnabled", 12) != NULL)
        xml_refuse(p, "has_macros", 0, NULL);
}

/* ---- shared strings ---- */

struct string_reading {
    struct xlsx_book *book;
    size_t from;
    unsigned phonetic; /* depth inside rPh, which says how to read and is no text */
    bool is_in_text;
    char font;
};

static void on_string(struct xml_part *p, struct str name, const struct xml_attribute *a,
                      size_t count)
{
    struct string_reading *r = p->state;
    struct str value;
    if (str_equal(name, STR("si"))) {
        r->from = r->book->strings.len;
        r->font = FONT_PLAIN;
    } else if (str_equal(name, STR("rPh"))) {
        r->phonetic++;
    } else if (str_equal(name, STR("t"))) {
        r->is_in_text = r->phonetic == 0;
    } else if (str_equal(name, STR("rFont")) && r->font == FONT_PLAIN &&
               xml_attribute_of(a, count, "val", &value) && value.len > 0) {
        r->font = (char)xlsx_font(value);
    }
}

static void on_string_text(struct xml_part *p, struct str text)
{
    struct string_reading *r = p->state;
    if (r->is_in_text && !buffer_add(&r->book->strings, text.ptr, text.len))
        xml_refuse(p, "too_many_strings", 0, NULL);
}

static void on_string_end(struct xml_part *p, struct str name)
{
    struct string_reading *r = p->state;
    struct xlsx_book *b = r->book;
    if (str_equal(name, STR("t")))
        r->is_in_text = false;
    if (str_equal(name, STR("rPh")) && r->phonetic > 0)
        r->phonetic--;
    if (!str_equal(name, STR("si")) || r->from > b->strings.len)
        return;
    if (b->strings.len > r->from)
        b->strings.len =
            r->from + xlsx_unescape(b->strings.ptr + r->from, b->strings.len - r->from);
    uint32_t end = (uint32_t)b->strings.len;
    if (!buffer_add(&b->string_ends, (const char *)&end, sizeof end) ||
        !buffer_add(&b->string_fonts, &r->font, 1))
        xml_refuse(p, "too_many_strings", 0, NULL);
    else
        b->string_count++;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The number of "_xHHHH_" at the beginning; -1: not one. */
static int32_t escaped_number(const char *s, size_t len)
{
    int32_t value = 0;
    if (len < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(s[i]);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* Seven bytes become at most three, so it fits where it stood. */
size_t xlsx_unescape(char *text, size_t len)
{
    size_t out = 0;
    for (size_t i = 0; i < len;) {
        int32_t number = escaped_number(text + i, len - i);
        if (number < 0) {
            text[out++] = text[i++];
            continue;
        }
        char point[4];
        struct buffer one = {.most = sizeof point};
        if (buffer_add_point(&one, (uint32_t)number)) {
            memcpy(text + out, one.ptr, one.len);
            out += one.len;
        }
        buffer_free(&one);
        i += 7;
    }
    return out;
}

bool xlsx_string(const struct xlsx_book *b, size_t index, struct str *out, enum legacy_font *font)
{
    uint32_t from = 0;
    uint32_t end = 0;
    if (index >= b->string_count)
        return false;
    if (index > 0)
        memcpy(&from, b->string_ends.ptr + (index - 1) * sizeof from, sizeof from);
    memcpy(&end, b->string_ends.ptr + index * sizeof end, sizeof end);
    *out = end == from ? STR("") : (struct str){b->strings.ptr + from, end - from};
    *font = (enum legacy_font)(unsigned char)b->string_fonts.ptr[index];
    return true;
}

static bool read_strings(struct xlsx_book *b)
{
    struct string_reading r = {.book = b};
    struct xml_part p = {.begin = on_string,
                         .text = on_string_text,
                         .end = on_string_end,
                         .state = &r,
                         .fault = b->fault};
    b->strings.most = SHEET_STRINGS_MAX;
    b->string_ends.most = (size_t)STRINGS_MAX * sizeof(uint32_t);
    b->string_fonts.most = STRINGS_MAX;
    return xml_read(b->archive, b->strings_part, XLSX_STRINGS_MAX, &p);
}

bool xlsx_book_open(struct xlsx_book *b, struct str wanted_sheet)
{
    struct outline o = {.book = b, .wanted = wanted_sheet};
    struct xml_part types = {.begin = on_types, .state = &o, .fault = b->fault};
    struct xml_part book = {.begin = on_workbook, .state = &o, .fault = b->fault};
    struct xml_part relations = {.begin = on_relation, .state = &o, .fault = b->fault};
    if (!xml_read(b->archive, "[Content_Types].xml", XLSX_PART_MAX, &types) ||
        !xml_read(b->archive, "xl/workbook.xml", XLSX_PART_MAX, &book))
        return false;
    if (!o.has_found)
        return sheet_refuse(b->fault, "no_sheet", 0,
                            wanted_sheet.len < 120 && wanted_sheet.len > 0 ? "sheet" : NULL);
    if (!xml_read(b->archive, "xl/_rels/workbook.xml.rels", XLSX_PART_MAX, &relations))
        return false;
    if (b->sheet_part[0] == '\0' || !xml_has_part(b->archive, b->sheet_part))
        return sheet_refuse(b->fault, "damaged_file", 0, "worksheet");
    if (b->styles_part[0] != '\0' && xml_has_part(b->archive, b->styles_part) &&
        !xlsx_styles_read(b))
        return false;
    return b->strings_part[0] == '\0' || !xml_has_part(b->archive, b->strings_part) ||
           read_strings(b);
}

void xlsx_book_close(struct xlsx_book *b)
{
    free(b->styles);
    buffer_free(&b->strings);
    buffer_free(&b->string_ends);
    buffer_free(&b->string_fonts);
}
