/* What a file is and how it may be called, from bytes alone. */
#include "input/file_type.h"
#include "unit.h"

UNIT_ARENA

static bool read_memory(void *state, uint64_t at, void *to, size_t len)
{
    const struct str *all = state;
    if (at > all->len || len > all->len - at)
        return false;
    if (len > 0)
        memcpy(to, all->ptr + at, len);
    return true;
}

static const char *verdict(struct str content)
{
    const struct byte_source source = {read_memory, &content, content.len};
    enum file_type type = FILE_TYPE__MAX;
    const char *word = "";
    return file_type_sniff(&source, &type, &word) ? file_type_media(type) : word;
}

/* An archive of one entry of no bytes, whose directory says what the arguments say. */
static struct str archive(const char *name, unsigned flags, unsigned count, const char *comment)
{
    struct text t = {.arena = arena};
    size_t len = strlen(name);
    size_t comment_len = strlen(comment);
    text_append(&t, STR("PK\x03\x04"));
    for (int i = 0; i < 26; i++)
        text_byte(&t, '\0');
    size_t at = t.len;
    text_append(&t, STR("PK\x01\x02\x14\0\x14\0"));
    text_byte(&t, (char)flags);
    for (int i = 0; i < 19; i++)
        text_byte(&t, '\0');
    text_byte(&t, (char)len);
    for (int i = 0; i < 17; i++)
        text_byte(&t, '\0');
    text_append(&t, str_from(name));
    size_t size = t.len - at;
    text_append(&t, STR("PK\x05\x06\0\0\0\0"));
    for (int i = 0; i < 2; i++) {
        text_byte(&t, (char)count);
        text_byte(&t, '\0');
    }
    text_byte(&t, (char)size);
    text_append(&t, STR("\0\0\0"));
    text_byte(&t, (char)at);
    text_append(&t, STR("\0\0\0"));
    text_byte(&t, (char)comment_len);
    text_byte(&t, '\0');
    text_append(&t, str_from(comment));
    return text_str(&t);
}

START_TEST(a_type_is_told_by_its_first_bytes_and_a_pdf_by_its_last_too)
{
    ck_assert_str_eq(verdict(STR("%PDF-1.7\n%%EOF")), "application/pdf");
    ck_assert_str_eq(verdict(STR("%PDF-1.7\n")), "unsupported_file");
    ck_assert_str_eq(verdict(STR(" %PDF-1.7\n%%EOF")), "unsupported_file");
    ck_assert_str_eq(verdict(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")), "image/png");
    ck_assert_str_eq(verdict(STR("\x89PNG\r\n\x1a\n")), "unsupported_file");
    ck_assert_str_eq(verdict(STR("\xff\xd8\xff\xdb")), "image/jpeg");
    ck_assert_str_eq(verdict(STR("\xff\xd8\xff")), "unsupported_file");
    ck_assert_str_eq(verdict(STR("RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0")), "image/webp");
    ck_assert_str_eq(verdict(STR("RIFF\x0d\0\0\0WEBPVP8 \0\0\0\0")), "unsupported_file");
    ck_assert_str_eq(verdict(STR("RIFF\x0c\0\0\0WAVEfmt \0\0\0\0")), "unsupported_file");
    ck_assert_str_eq(verdict(STR("\0\0\0\x18"
                                 "ftypmif1\0\0\0\0mif1heic")),
                     "image/heic");
    ck_assert_str_eq(verdict(STR("\0\0\0\x18"
                                 "ftypmif1\0\0\0\0mif1avif")),
                     "unsupported_file");
    ck_assert_str_eq(verdict(STR("")), "unsupported_file");
}
END_TEST

START_TEST(an_archive_is_read_only_as_its_directory_stands)
{
    /* whole, but of no Office kind: it gets as far as the names */
    ck_assert_str_eq(verdict(archive("[Content_Types].xml", 0, 1, "")), "unsupported_file");
    /* each cut of one must end quietly */
    struct str whole = archive("word/document.xml", 0, 1, "a comment");
    for (size_t len = 0; len <= whole.len; len++)
        ck_assert_str_eq(verdict(str_slice(whole, 0, len)), "unsupported_file");
    ck_assert_str_eq(verdict(archive("word/document.xml", 0, 9, "")), "unsupported_file");
    ck_assert_str_eq(verdict(archive("word/document.xml", 0, 0, "")), "unsupported_file");
}
END_TEST

START_TEST(an_ending_fits_in_any_case_and_needs_a_name_before_it)
{
    ck_assert(file_type_fits(FILE_JPEG, STR("a.jpg")));
    ck_assert(file_type_fits(FILE_JPEG, STR("a.JPEG")));
    ck_assert(file_type_fits(FILE_DOCX, STR("Báo cáo.v2.docx")));
    ck_assert(!file_type_fits(FILE_PDF, STR(".pdf")));
    ck_assert(!file_type_fits(FILE_PDF, STR("pdf")));
    ck_assert(!file_type_fits(FILE_PDF, STR("a.pdf.exe")));
    ck_assert(!file_type_fits(FILE_DOCX, STR("a.xlsx")));
}
END_TEST

START_TEST(a_name_is_one_name)
{
    ck_assert_ptr_null(file_name_fault(STR("Báo cáo quý 3 (bản 2).pdf")));
    ck_assert_str_eq(file_name_fault(STR("")), "required");
    const struct str bad[] = {STR("a/b"),
                              STR("a\\b"),
                              STR("a\nb"),
                              STR("a\x7f"),
                              STR("a\xc2\x80"
                                  "b"),
                              STR("\xe2\x80\xae"
                                  "fdp.exe"),
                              STR("a\xe2\x81\xa9"),
                              STR("..a"),
                              STR(" a"),
                              STR("a "),
                              STR("a."),
                              STR("\xff")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(file_name_fault(bad[i]) != NULL, "name %zu", i);
}
END_TEST

START_TEST(a_name_is_offered_in_two_forms_and_breaks_out_of_neither)
{
    struct str s = file_name_disposition(arena, STR("Q\"; x=\"y;é.pdf"));
    ck_assert_str_eq(str_cstr(arena, s), "attachment; filename=\"Q__ x__y__.pdf\"; "
                                         "filename*=UTF-8''Q%22%3B%20x%3D%22y%3B%C3%A9.pdf");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("file_type");
    TCase *t = tcase_create("files");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, a_type_is_told_by_its_first_bytes_and_a_pdf_by_its_last_too);
    tcase_add_test(t, an_archive_is_read_only_as_its_directory_stands);
    tcase_add_test(t, an_ending_fits_in_any_case_and_needs_a_name_before_it);
    tcase_add_test(t, a_name_is_one_name);
    tcase_add_test(t, a_name_is_offered_in_two_forms_and_breaks_out_of_neither);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
