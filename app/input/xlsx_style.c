/* styles.xml: which formats show dates and per cents, and which cells are in a font of the old
 * encodings. */
#include <stdlib.h>
#include <string.h>

#include "input/xlsx.h"

#define FORMATS_MAX 4096
#define FONTS_MAX   65536

enum xlsx_shows xlsx_format_shows(struct str code)
{
    bool is_quoted = false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '\\' || c == '_' || c == '*'))
            i++; /* the character behind is shown as it is */
        else if (!is_quoted && c == '[')
            while (i < code.len && code.ptr[i] != ']') /* a colour, a locale, a condition */
                i++;
        else if (!is_quoted && c == ';')
            return XLSX_NUMBER; /* the first part tells */
        else if (!is_quoted && c == '%')
            return XLSX_PERCENT;
        else if (!is_quoted && c != '\0' && strchr("dDmMyY", c) != NULL)
            return XLSX_DATE;
    }
    return XLSX_NUMBER;
}

enum legacy_font xlsx_font(struct str name)
{
    if (str_starts(name, STR(".Vn")) || str_starts(name, STR(".VN")))
        return name.ptr[name.len - 1] == 'H' ? FONT_TCVN3_CAPITALS : FONT_TCVN3;
    if (name.len > 4 && str_equal_nocase(str_slice(name, 0, 4), STR("VNI-")))
        return FONT_VNI;
    return FONT_PLAIN;
}

struct style_reading {
    struct xlsx_book *book;
    struct {
        uint32_t id;
        enum xlsx_shows shows;
    } formats[FORMATS_MAX]; /* that show more than a number */
    size_t format_count;
    struct buffer fonts; /* one byte each */
    bool is_in_fonts;
    bool is_in_cells;
};

static uint32_t number_of(const struct xml_attribute *a, size_t count, const char *name)
{
    struct str text;
    int64_t value = 0;
    if (!xml_attribute_of(a, count, name, &text) || !str_to_int(text, &value) || value < 0 ||
        value > UINT32_MAX)
        return 0;
    return (uint32_t)value;
}

/* ECMA-376 part 1, 18.8.30, with those that East Asian Excel builds in. */
static enum xlsx_shows built_in(uint32_t id)
{
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
        (id >= 50 && id <= 54) || id == 57 || id == 58)
        return XLSX_DATE;
    return id == 9 || id == 10 ? XLSX_PERCENT : XLSX_NUMBER;
}

static enum xlsx_shows shows(const struct style_reading *r, uint32_t id)
{
    for (size_t i = 0; i < r->format_count; i++)
        if (r->formats[i].id == id)
            return r->formats[i].shows;
    return built_in(id);
}

static void add_format(struct style_reading *r, uint32_t id, enum xlsx_shows what)
{
    if (what == XLSX_NUMBER || r->format_count >= FORMATS_MAX)
        return;
    r->formats[r->format_count].id = id;
    r->formats[r->format_count++].shows = what;
}

static void add_style(struct style_reading *r, struct xml_part *p, uint32_t format, uint32_t font)
{
    struct xlsx_book *b = r->book;
    if (b->style_count >= XLSX_STYLES_MAX) {
        xml_refuse(p, "damaged_file", 0, "styles");
        return;
    }
    b->styles[b->style_count++] = (struct xlsx_style){
        .shows = shows(r, format),
        .font =
            font < r->fonts.len ? (enum legacy_font)(unsigned char)r->fonts.ptr[font] : FONT_PLAIN};
}

static void on_style(struct xml_part *p, struct str name, const struct xml_attribute *a,
                     size_t count)
{
    struct style_reading *r = p->state;
    struct str value;
    char font = FONT_PLAIN;
    if (str_equal(name, STR("numFmt")) && xml_attribute_of(a, count, "formatCode", &value)) {
        add_format(r, number_of(a, count, "numFmtId"), xlsx_format_shows(value));
    } else if (str_equal(name, STR("fonts"))) {
        r->is_in_fonts = true;
    } else if (str_equal(name, STR("font")) && r->is_in_fonts) {
        if (!buffer_add(&r->fonts, &font, 1))
            xml_refuse(p, "damaged_file", 0, "fonts");
    } else if (str_equal(name, STR("name")) && r->is_in_fonts && r->fonts.len > 0) {
        if (xml_attribute_of(a, count, "val", &value) && value.len > 0)
            r->fonts.ptr[r->fonts.len - 1] = (char)xlsx_font(value);
    } else if (str_equal(name, STR("cellXfs"))) {
        r->is_in_cells = true;
    } else if (str_equal(name, STR("xf")) && r->is_in_cells) {
        add_style(r, p, number_of(a, count, "numFmtId"), number_of(a, count, "fontId"));
    }
}

static void on_style_end(struct xml_part *p, struct str name)
{
    struct style_reading *r = p->state;
    if (str_equal(name, STR("fonts")))
        r->is_in_fonts = false;
    if (str_equal(name, STR("cellXfs")))
        r->is_in_cells = false;
}

bool xlsx_styles_read(struct xlsx_book *b)
{
    struct style_reading *r = calloc(1, sizeof *r);
    b->styles = calloc(XLSX_STYLES_MAX, sizeof *b->styles);
    bool is_good = r != NULL && b->styles != NULL;
    if (is_good) {
        struct xml_part p = {.begin = on_style, .end = on_style_end, .state = r, .fault = b->fault};
        r->book = b;
        r->fonts.most = FONTS_MAX;
        is_good = xml_read(b->archive, b->styles_part, XLSX_PART_MAX, &p);
        buffer_free(&r->fonts);
    } else {
        (void)sheet_refuse(b->fault, "no_memory", 0, NULL);
    }
    free(r);
    return is_good;
}
