/* Workbooks made by another program (tests/unit/xlsx/make.py), and archives made to do harm. */
#include "sheet_text.h"
#include "zip_make.h"

UNIT_ARENA

static const char *read_file(const char *name, const char *sheet)
{
    return sheet_text(arena, sheet_file(arena, name), str_from(sheet));
}

START_TEST(a_table_as_people_make_it)
{
    ck_assert_str_eq(read_file("table.xlsx", ""),
                     "1 A=DANH SÁCH CÁN BỘ\n"
                     "3 A=Mã; B=Ngày; D=Số\n"
                     "4 B=Sinh; C=Vào\n"
                     "5 A=CB-1; B=@1990-02-28; C=28/02/2015; D=#7\n"
                     /* text is composed later, by cell_text_clean */
                     "6 A= Nguye\xcc\x82\xcc\x83n ; B=#32932; D=#1.5\n"
                     "7 A=ẩn; B=@2020-01-01 08:30:00; C=?true\n"
                     "9 A=!no_cached_value; B=!cell_error; C='=kept; D=#-3\n");
}
END_TEST

START_TEST(serials_count_from_where_the_workbook_says)
{
    ck_assert_str_eq(read_file("epoch_1904.xlsx", ""), "1 A=@2022-10-01\n2 A=@1904-01-02\n");
    ck_assert(sheet_was_1904);
    (void)read_file("table.xlsx", "");
    ck_assert(!sheet_was_1904);
}
END_TEST

START_TEST(the_first_visible_sheet_or_the_one_named)
{
    ck_assert_str_eq(read_file("sheets.xlsx", ""), "1 A=visible\n");
    ck_assert_str_eq(read_file("sheets.xlsx", "Kín"), "1 A=hidden\n");
    ck_assert_str_eq(read_file("sheets.xlsx", "Sau & cùng"), "2 B=last\n");
    ck_assert_str_eq(read_file("sheets.xlsx", "Không có"), "no_sheet 0");
}
END_TEST

START_TEST(old_fonts_are_seen)
{
    ck_assert_str_eq(read_file("fonts.xlsx", ""),
                     "1 A=<1>D©n vËn\n2 A=<2>D©n vËn\n3 A=<3>Daân vaän\n"
                     "4 A=Dân vận\n5 A=<1>Dân vận\n");
}
END_TEST

START_TEST(a_sheet_is_named_in_either_form_of_unicode)
{
    ck_assert_str_eq(read_file("sheets.xlsx", "Ki\xcc\x81n"), "1 A=hidden\n");
    ck_assert_str_eq(read_file("sheets.xlsx", "Ki\xcc\x80n"), "no_sheet 0");
    ck_assert_str_eq(read_file("sheets.xlsx", "Kin"), "no_sheet 0");
}
END_TEST

/* ---- by hand ---- */

#define TYPES STR_INIT("<Types/>")
#define BOOK                                                              \
    STR_INIT("<workbook xmlns:r='r'><sheets><sheet name='a' sheetId='1' " \
             "r:id='x'/></sheets></workbook>")
#define RELATIONS                                                                            \
    STR_INIT(                                                                                \
        "<Relationships><Relationship Id='x' Type='t/worksheet' Target='worksheets/s.xml'/>" \
        "<Relationship Id='y' Type='t/sharedStrings' Target='/xl/strings.xml'/></Relationships>")
#define STRINGS                                                                                  \
    STR_INIT("<sst><si><t>one</t></si><si><r><t>t</t></r><rPh><t>no</t></rPh><r><t>wo</t></r></" \
             "si></sst>")

static const char *read_parts(struct str book, struct str strings, struct str sheet,
                              struct zip_twist twist)
{
    const struct zip_entry entries[] = {{"[Content_Types].xml", TYPES},
                                        {"xl/workbook.xml", book},
                                        {"xl/_rels/workbook.xml.rels", RELATIONS},
                                        {"xl/strings.xml", strings},
                                        {"xl/worksheets/s.xml", sheet}};
    return sheet_text(arena, zip_make(arena, entries, 5, twist), STR(""));
}

static const char *read_sheet(const char *rows)
{
    struct str sheet =
        str_printf(arena, "<worksheet><sheetData>%s</sheetData><x/></worksheet>", rows);
    const struct str book = BOOK;
    const struct str strings = STRINGS;
    return read_parts(book, strings, sheet, (struct zip_twist){0});
}

START_TEST(cells_of_every_type)
{
    ck_assert_str_eq(
        read_sheet("<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c></row>"),
        "2 A=one; C=two\n");
    ck_assert_str_eq(
        read_sheet("<row><c t='inlineStr'><is><t>a&amp;&#7879;</t></is></c><c><v>5</v></c></row>"),
        "1 A=a&ệ; B=#5\n");
    ck_assert_str_eq(
        read_sheet("<row><c t='str'><f>A1</f><v>x</v></c><c t='b'><v>0</v></c>"
                   "<c t='e'><f>1/0</f><v>#DIV/0!</v></c><c t='d'><v>2023-01-31</v></c></row>"),
        "1 A=x; B=?false; C=!cell_error; D=@2023-01-31\n");
    ck_assert_str_eq(read_sheet("<row><c t='str'><v>a_x000D_b_x00zz_</v></c></row>"),
                     "1 A=a\rb_x00zz_\n");
    ck_assert_str_eq(read_sheet("<row/><row><c/><c t='s'/><c><v/></c></row>"), "");
}
END_TEST

START_TEST(a_sheet_named_decomposed_is_found_by_its_composed_name)
{
    const struct zip_entry entries[] = {
        {"[Content_Types].xml", TYPES},
        {"xl/workbook.xml", STR_INIT("<workbook xmlns:r='r'><sheets><sheet name='Ki\xcc\x81n' "
                                     "r:id='x'/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels", RELATIONS},
        {"xl/strings.xml", STRINGS},
        {"xl/worksheets/s.xml", STR_INIT("<worksheet><sheetData><row><c t='s'><v>0</v></c></row>"
                                         "</sheetData></worksheet>")}};
    struct str file = zip_make(arena, entries, 5, (struct zip_twist){0});
    ck_assert_str_eq(sheet_text(arena, file, STR("K\xc3\xadn")), "1 A=one\n");
    ck_assert_str_eq(sheet_text(arena, file, STR("Ki\xcc\x81n")), "1 A=one\n");
}
END_TEST

/* Styles 1 to 4: built in 0%, one of the workbook's own, per cents of negative numbers alone, a
 * sign that is only written behind. */
START_TEST(a_number_shown_as_a_percentage_is_one)
{
    const struct zip_entry entries[] = {
        {"[Content_Types].xml", TYPES},
        {"xl/workbook.xml", BOOK},
        {"xl/_rels/workbook.xml.rels",
         STR_INIT("<Relationships><Relationship Id='x' Type='t/worksheet' "
                  "Target='worksheets/s.xml'/><Relationship Id='y' Type='t/styles' "
                  "Target='styles.xml'/></Relationships>")},
        {"xl/styles.xml",
         STR_INIT("<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0%'/>"
                  "<numFmt numFmtId='165' formatCode='0;-0%'/>"
                  "<numFmt numFmtId='166' formatCode='0&quot;%&quot;'/></numFmts>"
                  "<cellXfs><xf numFmtId='0'/><xf numFmtId='9'/><xf numFmtId='164'/>"
                  "<xf numFmtId='165'/><xf numFmtId='166'/></cellXfs></styleSheet>")},
        {"xl/worksheets/s.xml",
         STR_INIT("<worksheet><sheetData><row><c s='0'><v>0.85</v></c><c s='1'><v>0.85</v></c>"
                  "<c s='1'><v>1</v></c><c s='2'><v>0.57</v></c><c s='2'><v>0.12345</v></c>"
                  "<c s='3'><v>0.5</v></c><c s='4'><v>85</v></c><c s='1'><v>-0</v></c>"
                  "<c s='1'><v>1e400</v></c></row></sheetData></worksheet>")}};
    struct str file = zip_make(arena, entries, 5, (struct zip_twist){0});
    ck_assert_str_eq(sheet_text(arena, file, STR("")),
                     "1 A=#0.85; B=%85%; C=%100%; D=%57%; E=%12.345%; F=#0.5; G=#85; H=%0%; "
                     "I=!cell_error\n");
}
END_TEST

START_TEST(what_contradicts_itself_is_damaged)
{
    static const char *const rows[] = {
        "<row r='2'/><row r='2'/>",
        "<row r='0'/>",
        "<row r='2000000'/>",
        "<row r='1'><c r='A2'><v>1</v></c></row>",
        "<row><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>",
        "<row><c r='B1'/><c r='B1'/></row>",
        "<row><c r='1A'/></row>",
        "<row><c r='XFE1'/></row>",
        "<row><c t='s'><v>2</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row><c t='s'><v>x</v></c></row>",
        "<row><c></row>",
        "<c r='A1'><v>1</v></c>",
        "<row><c><c/></c></row>",
        "<row><row/></row>",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(strncmp(read_sheet(rows[i]), "damaged_file", 12) == 0, "%s: %s", rows[i],
                      read_sheet(rows[i]));
    ck_assert_str_eq(read_sheet("<row><c r='SS1'><v>1</v></c></row>"), "too_many_columns 1");
}
END_TEST

START_TEST(no_document_type_is_let_through_in_any_part)
{
    const struct str lol =
        STR("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><worksheet>"
            "<sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>");
    const struct str outside = STR("<!DOCTYPE sst SYSTEM 'http://192.0.2.1/x.dtd'><sst/>");
    const struct str file =
        STR("<!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><workbook>&e;</workbook>");
    const struct str sheet = STR("<worksheet><sheetData/></worksheet>");
    const struct str book = BOOK;
    const struct str strings = STRINGS;
    const struct zip_twist none = {0};
    ck_assert_str_eq(read_parts(book, strings, lol, none), "document_type 0");
    ck_assert_str_eq(read_parts(book, outside, sheet, none), "document_type 0");
    ck_assert_str_eq(read_parts(file, strings, sheet, none), "document_type 0");
    ck_assert_str_eq(read_sheet("<row><c t='str'><v>&unknown;</v></c></row>"), "damaged_file 0");
}
END_TEST

START_TEST(an_archive_that_lies_is_refused)
{
    const struct str sheet = STR("<worksheet><sheetData/></worksheet>");
    const struct str book = BOOK;
    const struct str strings = STRINGS;
    ck_assert_str_eq(read_parts(book, strings, sheet, (struct zip_twist){0}), "");
    ck_assert_str_eq(read_parts(book, strings, sheet, (struct zip_twist){.flags = 1}),
                     "not_a_table");
    ck_assert_str_eq(
        read_parts(book, strings, sheet, (struct zip_twist){.claimed_size = 900U << 20}),
        "unsafe_archive");
    ck_assert_str_eq(read_parts(book, strings, sheet, (struct zip_twist){.shares_bytes = true}),
                     "unsafe_archive 0");
    const struct zip_entry twice[] = {{"[Content_Types].xml", TYPES},
                                      {"xl/workbook.xml", BOOK},
                                      {"XL/Workbook.xml", BOOK},
                                      {"xl/_rels/workbook.xml.rels", RELATIONS}};
    ck_assert_str_eq(sheet_text(arena, zip_make(arena, twice, 4, (struct zip_twist){0}), STR("")),
                     "unsafe_archive 0");
    const struct zip_entry macros[] = {{"[Content_Types].xml", TYPES},
                                       {"xl/workbook.xml", BOOK},
                                       {"xl/vbaProject.bin", STR_INIT("x")}};
    ck_assert_str_eq(sheet_text(arena, zip_make(arena, macros, 3, (struct zip_twist){0}), STR("")),
                     "has_macros");
    const struct zip_entry typed[] = {
        {"[Content_Types].xml",
         STR_INIT("<Types><Override "
                  "ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/></Types>")},
        {"xl/workbook.xml", BOOK}};
    ck_assert_str_eq(sheet_text(arena, zip_make(arena, typed, 2, (struct zip_twist){0}), STR("")),
                     "has_macros 0");
    const struct zip_entry missing[] = {{"[Content_Types].xml", TYPES}, {"xl/workbook.xml", BOOK}};
    ck_assert_str_eq(sheet_text(arena, zip_make(arena, missing, 2, (struct zip_twist){0}), STR("")),
                     "damaged_file 0");
}
END_TEST

static bool count_text(void *state, const struct sheet_row *row)
{
    size_t *total = state;
    for (size_t i = 0; i < row->count; i++)
        *total += row->cells[i].text.len;
    return true;
}

/* One string of 128 KiB, eight times a row: 64 KiB of file are more than a table ever says. */
START_TEST(a_string_shared_by_too_many_cells_is_too_much_text)
{
    struct text sheet = {.arena = arena};
    char *word = arena_alloc(arena, SHEET_CELL_MAX + 1);
    size_t total = 0;
    struct sheet_fault fault;
    memset(word, 'x', SHEET_CELL_MAX);
    text_append(&sheet, STR("<worksheet><sheetData>"));
    for (int row = 0; row < 300; row++) {
        text_append(&sheet, STR("<row>"));
        for (int i = 0; i < 8; i++)
            text_append(&sheet, STR("<c t='s'><v>0</v></c>"));
        text_append(&sheet, STR("</row>"));
    }
    text_append(&sheet, STR("</sheetData></worksheet>"));
    const struct zip_entry entries[] = {
        {"[Content_Types].xml", TYPES},
        {"xl/workbook.xml", BOOK},
        {"xl/_rels/workbook.xml.rels", RELATIONS},
        {"xl/strings.xml", str_printf(arena, "<sst><si><t>%s</t></si></sst>", word)},
        {"xl/worksheets/s.xml", text_str(&sheet)}};
    struct str file = zip_make(arena, entries, 5, (struct zip_twist){0});
    const struct byte_source source = {sheet_memory, &file, file.len};
    const struct sheet_options options = {.sheet = STR_INIT("")};
    const struct sheet_sink sink = {count_text, &total};
    ck_assert(!xlsx_read(&source, &options, &sink, &fault));
    ck_assert_str_eq(fault.word, "too_many_strings");
    ck_assert_uint_eq(fault.row, 257); /* 256 rows of 1 MiB are let through */
    ck_assert_uint_eq(total, SHEET_TEXT_MAX);
}
END_TEST

/* Cut at every length, it is refused or read, and nothing worse. */
START_TEST(a_file_that_was_cut_is_refused)
{
    struct str whole = sheet_file(arena, "table.xlsx");
    for (size_t len = 0; len < whole.len; len += 7)
        ck_assert_ptr_null(strstr(sheet_text(arena, str_slice(whole, 0, len), STR("")), "CB-1"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("xlsx_read");
    TCase *t = tcase_create("xlsx");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, a_table_as_people_make_it);
    tcase_add_test(t, serials_count_from_where_the_workbook_says);
    tcase_add_test(t, the_first_visible_sheet_or_the_one_named);
    tcase_add_test(t, old_fonts_are_seen);
    tcase_add_test(t, a_sheet_is_named_in_either_form_of_unicode);
    tcase_add_test(t, a_sheet_named_decomposed_is_found_by_its_composed_name);
    tcase_add_test(t, cells_of_every_type);
    tcase_add_test(t, a_number_shown_as_a_percentage_is_one);
    tcase_add_test(t, what_contradicts_itself_is_damaged);
    tcase_add_test(t, no_document_type_is_let_through_in_any_part);
    tcase_add_test(t, an_archive_that_lies_is_refused);
    tcase_add_test(t, a_string_shared_by_too_many_cells_is_too_much_text);
    tcase_add_test(t, a_file_that_was_cut_is_refused);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
