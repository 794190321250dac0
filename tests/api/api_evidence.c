/* Files attached to records: what is taken, and who may. Whether content goes in and out whole:
 * api_evidence_transfer.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrange.h"
#include "files.h"
#include "schema.h"

/* ---- what is taken ---- */

static const struct {
    const char *name;
    const char *media_type;
} taken[] = {
    {"bao-cao.pdf", "application/pdf"},
    {"anh.png", "image/png"},
    {"anh.jpg", "image/jpeg"},
    {"ANH.JPEG", "image/jpeg"},
    {"anh.webp", "image/webp"},
    {"anh.heic", "image/heic"},
    {"to-trinh.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"so-lieu.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};
#define TAKEN_COUNT (sizeof taken / sizeof taken[0])

static struct bytes sample(size_t i)
{
    switch (i) {
    case 0:
        return pdf_of(300);
    case 1: /* one white pixel */
        return BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55"
                     "\0\0\0\nIDATx\x9c\x63\x68\0\0\0\x82\0\x81\x77\xcd\x72\xb6"
                     "\0\0\0\0IEND\xae\x42\x60\x82");
    case 2:
        return BYTES("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9");
    case 3:
        return BYTES("\xff\xd8\xff\xe1\0\x08"
                     "Exif\0\0\xff\xd9");
    case 4:
        return BYTES("RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe"
                     "\x07\0");
    case 5:
        return BYTES("\0\0\0\x18"
                     "ftypheic\0\0\0\0mif1heic\0\0\0\x08"
                     "mdat");
    case 6:
        return docx_of();
    default:
        return xlsx_of();
    }
}

START_TEST(each_type_is_taken_and_given_back_byte_for_byte)
{
    const struct caller *c = as(OFFICER);
    const char *document = draft();
    for (size_t i = 0; i < TAKEN_COUNT; i++) {
        struct bytes content = sample(i);
        const char *path = upload_path("documents", document, taken[i].name);
        const struct reply *r = send_file(c, path, content);
        ck_status(r, 201);
        ck_described("POST", path, r);
        ck_assert_str_eq(text_at(r, "/media_type"), taken[i].media_type);
        ck_assert_str_eq(text_at(r, "/name"), taken[i].name);
        ck_assert_int_eq(int_at(r, "/size"), (int64_t)content.length);
        ck_assert_str_eq(text_at(r, "/sha256"), sha256_of(content));
        ck_assert_str_eq(text_at(r, "/record_id"), document);
        ck_assert_str_eq(header_of(r, "Location"), form("/api/v1/evidence/%s", text_at(r, "/id")));
        struct fetched f = content_of(c, text_at(r, "/id"));
        ck_assert_int_eq(f.curl, 0);
        ck_assert_int_eq(f.status, 200);
        ck_assert_uint_eq(f.body.length, content.length);
        ck_assert_int_eq(memcmp(f.body.ptr, content.ptr, content.length), 0);
    }
    ck_assert_uint_eq(count_on(c, document), TAKEN_COUNT);
}
END_TEST

static void ck_content_refused(const char *document, const char *name, struct bytes content,
                               const char *word)
{
    const struct reply *r = attach(as(OFFICER), document, name, content);
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "", word);
    ck_described("POST", upload_path("documents", document, name), r);
}

START_TEST(what_is_something_else_is_refused)
{
    static const char *const plain[] = {"a.txt", "b.txt", NULL};
    static const char *const macros[] = {"[Content_Types].xml", "word/document.xml",
                                         "word/vbaProject.bin", NULL};
    static const char *const shouted[] = {"[Content_Types].xml", "word/document.xml",
                                          "word/VBAPROJECT.BIN", NULL};
    static const char *const words[] = {"[Content_Types].xml", "word/document.xml", NULL};
    static const char *const both[] = {"[Content_Types].xml", "word/document.xml",
                                       "xl/workbook.xml", NULL};
    static const char *const climbing[] = {"[Content_Types].xml", "word/document.xml",
                                           "../../etc/passwd", NULL};
    const char *d = draft();
    ck_content_refused(d, "a.docx", pdf_of(100), "extension_mismatch");
    ck_content_refused(d, "a", pdf_of(100), "extension_mismatch");
    ck_content_refused(d, "a.pdf.exe", pdf_of(100), "extension_mismatch");
    ck_content_refused(d, "a.xlsx", docx_of(), "extension_mismatch");
    ck_content_refused(d, "a.pdf", BYTES("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff"), "unsupported_file");
    ck_content_refused(d, "a.pdf", BYTES("<!doctype html><script>1</script>"), "unsupported_file");
    ck_content_refused(d, "a.png", BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                       "unsupported_file");
    ck_content_refused(d, "a.docx", zip_of(plain, 0, 0), "unsupported_file");
    ck_content_refused(d, "a.docx", zip_of(both, 0, 0), "unsupported_file");
    ck_content_refused(d, "a.docx", zip_of(climbing, 0, 0), "unsupported_file");
    ck_content_refused(d, "a.docx", zip_of(words, 1, 0), "unsupported_file"); /* encrypted */
    ck_content_refused(d, "a.docx", zip_of(macros, 0, 0), "has_macros");
    ck_content_refused(d, "a.docx", zip_of(shouted, 0, 0), "has_macros");
    ck_content_refused(d, "a.docx", zip_of(words, 0, 900U << 20), "unsafe_archive");
    ck_content_refused(d, "a.docx", joined(BYTES("x"), docx_of()), "unsupported_file");
    ck_content_refused(d, "a.docx", joined(docx_of(), BYTES("x")), "unsupported_file");
    ck_content_refused(d, "a.pdf", BYTES("%PDF-1.4\n cut before its end"), "unsupported_file");
    ck_content_refused(d, "a.pdf", BYTES(""), "empty_file");
    ck_assert_uint_eq(count_on(as(OFFICER), d), 0);
}
END_TEST

START_TEST(names_that_lead_elsewhere_are_refused)
{
    const char *d = draft();
    const char *bad[] = {"..%5Ca.pdf",       "..%2Fa.pdf",     "%2Fetc%2Fpasswd.pdf",
                         "a%00.pdf",         "a%0A.pdf",       "a%C2%85.pdf",
                         "%E2%80%AEfdp.pdf", "%E2%81%A6a.pdf", ".pdf",
                         "%20a.pdf",         "a.pdf%20",       "a.pdf.",
                         "a%ff.pdf",         "%EF%BB%BFa.pdf", ""};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = attach(as(OFFICER), d, bad[i], pdf_of(100));
        ck_assert_msg(r->status == 400, "%s: %ld %s", bad[i], r->status, r->body);
    }
    char *long_name = form("%0*d.pdf", 197, 0);
    ck_field(attach(as(OFFICER), d, long_name, pdf_of(100)), "?name", "too_long");
    ck_status(attach(as(OFFICER), d, long_name + 1, pdf_of(100)), 201);
    ck_field(send_file(as(OFFICER), form("/api/v1/documents/%s/evidence", d), pdf_of(100)), "?name",
             "required");
    ck_field(
        send_file(as(OFFICER), form("%s&x=1", upload_path("documents", d, "a.pdf")), pdf_of(100)),
        "?x", "unknown_parameter");
    ck_assert_uint_eq(count_on(as(OFFICER), d), 1);
}
END_TEST

START_TEST(a_vietnamese_name_is_kept_composed_and_offered_back)
{
    /* "Báo cáo.pdf" with the accents apart */
    const struct reply *r = attach(as(OFFICER), draft(), "Ba%CC%81o%20ca%CC%81o.pdf", pdf_of(100));
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/name"), "Báo cáo.pdf");
    const struct reply *head = ask(
        as(OFFICER), "HEAD", form("/api/v1/evidence/%s/content", text_at(r, "/id")), NULL, NULL);
    ck_status(head, 200);
    ck_assert_str_eq(
        header_of(head, "Content-Disposition"),
        "attachment; filename=\"B_o c_o.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf");
    ck_assert_str_eq(header_of(head, "X-Content-Type-Options"), "nosniff");
    ck_assert_ptr_nonnull(strstr(header_of(head, "Content-Security-Policy"), "sandbox"));
    ck_assert_str_eq(header_of(head, "Content-Length"),
                     form("%lld", (long long)int_at(r, "/size")));
    ck_assert_str_eq(header_of(head, "ETag"), form("\"%s\"", text_at(r, "/sha256")));
    const struct reply *known =
        ask(as(OFFICER), "GET", form("/api/v1/evidence/%s/content", text_at(r, "/id")), NULL,
            form("If-None-Match: \"%s\"", text_at(r, "/sha256")), NULL);
    ck_status(known, 304);
    ck_assert_uint_eq(known->length, 0);
}
END_TEST

START_TEST(too_large_is_told_as_such)
{
    const char *d = draft();
    struct bytes large = pdf_of(50 * MIB + 1);
    const struct reply *r = attach(as(OFFICER), d, "to.pdf", large);
    ck_problem(r, 413, "too-large");
    ck_assert_uint_eq(count_on(as(OFFICER), d), 0);
}
END_TEST

START_TEST(the_same_content_sent_again_is_answered_and_not_doubled)
{
    const char *d = draft();
    struct bytes content = pdf_of(1000);
    const struct reply *first = attach(as(OFFICER), d, "lan-mot.pdf", content);
    ck_status(first, 201);
    const char *path = upload_path("documents", d, "lan-hai.pdf");
    const struct reply *second = send_file(as(OFFICER), path, content);
    ck_status(second, 200);
    ck_described("POST", path, second);
    ck_assert_str_eq(text_at(second, "/id"), text_at(first, "/id"));
    ck_assert_str_eq(text_at(second, "/name"), "lan-mot.pdf");
    ck_assert_uint_eq(count_on(as(OFFICER), d), 1);
    ck_status(attach(as(OFFICER), draft(), "khac.pdf", content), 201);
}
END_TEST

START_TEST(a_record_holds_twenty_files)
{
    const char *d = draft();
    for (int i = 0; i < 20; i++)
        ck_status(attach(as(OFFICER), d, form("%d.pdf", i), pdf_of(100)), 201);
    const struct reply *r = attach(as(OFFICER), d, "20.pdf", pdf_of(100));
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "too_many_files");
    ck_assert_uint_eq(count_on(as(OFFICER), d), 20);
}
END_TEST

/* ---- who may ---- */

static void ck_hidden(const char *login, const char *document, const char *evidence)
{
    const struct caller *c = as(login);
    ck_problem(get(c, "/api/v1/evidence/%s", evidence), 404, "not-found");
    ck_problem(get(c, "/api/v1/evidence/%s/content", evidence), 404, "not-found");
    ck_problem(del(c, form("/api/v1/evidence/%s", evidence), 1), 404, "not-found");
    ck_problem(attach(c, document, "a.pdf", pdf_of(100)), 404, "not-found");
    ck_assert_uint_eq(count_on(c, document), 0);
}

START_TEST(whoever_does_not_see_the_record_sees_no_file_of_it)
{
    const char *d = draft();
    const char *id = text_at(attach(as(OFFICER), d, "a.pdf", pdf_of(100)), "/id");
    const char *others[] = {"tinh.lanhdao", "locninh.chuyenvien", "tanphu.chuyenvien",
                            "phunu.dongxoai.chuyenvien", "tinh.admin"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_hidden(others[i], d, id);
    ck_status(get(as("dongxoai.lanhdao"), "/api/v1/evidence/%s", id), 200);
    ck_problem(get(&nobody, "/api/v1/evidence/%s/content", id), 401, "unauthenticated");
    ck_problem(attach(&nobody, d, "a.pdf", pdf_of(100)), 401, "unauthenticated");
    struct caller no_token = *as(OFFICER);
    no_token.csrf = NULL;
    ck_problem(attach(&no_token, d, "a.pdf", pdf_of(100)), 403, "csrf");
}
END_TEST

START_TEST(whoever_sees_the_record_reads_the_file_and_may_not_write)
{
    const char *d = make_document(as(OFFICER), "published", NULL);
    struct bytes content = pdf_of(5000);
    const char *id = text_at(attach(as(OFFICER), d, "a.pdf", content), "/id");
    const char *others[] = {"tinh.xem", "tinh.lanhdao", "tanphu.chuyenvien"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const struct caller *c = as(others[i]);
        struct fetched f = content_of(c, id);
        ck_assert_msg(f.status == 200 && f.body.length == content.length &&
                          memcmp(f.body.ptr, content.ptr, content.length) == 0,
                      "%s: %ld", others[i], f.status);
        ck_problem(attach(c, d, "b.pdf", pdf_of(100)), 403, "forbidden");
        ck_problem(del(c, form("/api/v1/evidence/%s", id), 1), 403, "forbidden");
    }
    ck_problem(get(as("locninh.chuyenvien"), "/api/v1/evidence/%s/content", id), 404, "not-found");
    /* published, it stays */
    ck_assert(!array_has(get(as(OFFICER), "/api/v1/evidence/%s", id), "/actions", "delete"));
    ck_problem(del(as(OFFICER), form("/api/v1/evidence/%s", id), 1), 409, "conflict");
}
END_TEST

START_TEST(a_file_of_a_draft_is_taken_away_again_with_its_content)
{
    const char *d = draft();
    const struct reply *made = attach(as(OFFICER), d, "a.pdf", pdf_of(600 * 1024));
    const char *id = text_at(made, "/id");
    ck_assert_int_eq(
        db_int("select count(*) from app.evidence_piece where evidence_id = $1::uuid", id), 3);
    ck_assert(array_has(made, "/actions", "delete"));
    ck_status(del(as(OFFICER), form("/api/v1/evidence/%s", id), 1), 204);
    ck_problem(get(as(OFFICER), "/api/v1/evidence/%s", id), 404, "not-found");
    ck_assert_int_eq(
        db_int("select count(*) from app.evidence_piece where evidence_id = $1::uuid", id), 0);
    ck_assert_int_eq(db_int("select count(*) from app.audit_event where resource = 'evidence'"
                            " and resource_id = $1 and action in ('create', 'delete')",
                            id),
                     2);
}
END_TEST

START_TEST(a_draft_goes_with_its_files)
{
    int64_t version = 0;
    const char *d = make_document(as(OFFICER), "draft", &version);
    ck_status(attach(as(OFFICER), d, "a.pdf", pdf_of(100)), 201);
    ck_status(del(as(OFFICER), form("/api/v1/documents/%s", d), version), 204);
    ck_assert_int_eq(db_int("select count(*) from app.evidence where document_id = $1::uuid", d),
                     0);
}
END_TEST

START_TEST(progress_is_proven_until_the_work_is_confirmed)
{
    const char *entry = db_text(
        form("insert into app.progress_entry"
             " (assignment_id, unit_id, part, status, progress, recorded_on, recorded_by)"
             " select a.id, a.lead_unit_id, 'lead', 'in_progress', 10, date '2021-11-15', '%s'"
             " from app.assignment as a where a.lead_unit_id = $1::int and a.status = 'not_started'"
             " order by a.due_on desc, a.id limit 1 returning id",
             user_id_of(OFFICER)),
        form("%d", unit_of(OFFICER)));
    const char *path = upload_path("progress-entries", entry, "a.pdf");
    const struct reply *r = send_file(as(OFFICER), path, pdf_of(100));
    ck_status(r, 201);
    const char *id = text_at(r, "/id");
    ck_status(get(as("tinh.xem"), "/api/v1/evidence/%s", id), 200);
    ck_problem(get(as("tanphu.chuyenvien"), "/api/v1/evidence/%s", id), 404, "not-found");
    ck_problem(send_file(as("tinh.chuyenvien"), path, pdf_of(100)), 403, "forbidden");
    ck_problem(send_file(as("tanphu.chuyenvien"), path, pdf_of(100)), 404, "not-found");
    db_do("update app.assignment set status = 'completed' where id ="
          " (select assignment_id from app.progress_entry where id = $1::uuid)",
          entry);
    const struct reply *late = send_file(as(OFFICER), path, pdf_of(100));
    const struct reply *gone = del(as(OFFICER), form("/api/v1/evidence/%s", id), 1);
    db_do("update app.assignment set status = 'not_started' where id ="
          " (select assignment_id from app.progress_entry where id = $1::uuid)",
          entry);
    ck_problem(late, 409, "conflict");
    ck_problem(gone, 409, "conflict");
    ck_status(del(as(OFFICER), form("/api/v1/evidence/%s", id), 1), 204);
    db_do("delete from app.progress_entry where id = $1::uuid", entry);
}
END_TEST

START_TEST(a_report_takes_files_while_it_is_written)
{
    const char *period = make_period(plan_36(), "phase", "2021-11-01", "2021-11-30", "2021-12-31");
    const char *report = make_report(period, unit_of(OFFICER), unit_of("tinh.lanhdao"));
    db_do("update app.report set status = 'draft' where id = $1::uuid", report);
    const char *path = upload_path("reports", report, "so-lieu.xlsx");
    const struct reply *made = send_file(as(OFFICER), path, xlsx_of());
    ck_status(made, 201);
    ck_described("POST", path, made);
    const char *id = text_at(made, "/id");
    /* that a draft is owed is seen above; what it says is not */
    ck_problem(get(as("tinh.lanhdao"), "/api/v1/evidence/%s/content", id), 404, "not-found");
    ck_problem(send_file(as("tinh.chuyenvien"), path, xlsx_of()), 403, "forbidden");
    ck_problem(send_file(as("locninh.chuyenvien"), path, xlsx_of()), 404, "not-found");
    db_do("update app.report set status = 'submitted' where id = $1::uuid", report);
    ck_assert_int_eq(content_of(as("tinh.lanhdao"), id).status, 200);
    ck_problem(send_file(as(OFFICER), upload_path("reports", report, "b.docx"), docx_of()), 409,
               "conflict");
    ck_problem(del(as(OFFICER), form("/api/v1/evidence/%s", id), 1), 409, "conflict");
    db_do("update app.report set status = 'returned' where id = $1::uuid", report);
    ck_status(del(as(OFFICER), form("/api/v1/evidence/%s", id), 1), 204);
    db_do("delete from app.report where id = $1::uuid", report);
    db_do("delete from app.period where id = $1::uuid", period);
}
END_TEST

START_TEST(lists_are_asked_for_one_record)
{
    const struct reply *r = get(as(OFFICER), "/api/v1/evidence");
    ck_problem(r, 400, "bad-query");
    ck_field(r, "?record", "required");
    ck_problem(get(as(OFFICER), "/api/v1/evidence/abc/content"), 404, "not-found");
    ck_problem(get(as(OFFICER), "/api/v1/documents/%s/evidence", draft()), 405,
               "method-not-allowed");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("evidence");
    TCase *t = new_case(s, "taken and refused");
    tcase_set_timeout(t, 180);
    tcase_add_test(t, each_type_is_taken_and_given_back_byte_for_byte);
    tcase_add_test(t, what_is_something_else_is_refused);
    tcase_add_test(t, names_that_lead_elsewhere_are_refused);
    tcase_add_test(t, a_vietnamese_name_is_kept_composed_and_offered_back);
    tcase_add_test(t, too_large_is_told_as_such);
    tcase_add_test(t, the_same_content_sent_again_is_answered_and_not_doubled);
    tcase_add_test(t, a_record_holds_twenty_files);
    tcase_add_test(t, lists_are_asked_for_one_record);
    t = new_case(s, "who may");
    tcase_add_test(t, whoever_does_not_see_the_record_sees_no_file_of_it);
    tcase_add_test(t, whoever_sees_the_record_reads_the_file_and_may_not_write);
    tcase_add_test(t, a_file_of_a_draft_is_taken_away_again_with_its_content);
    tcase_add_test(t, a_draft_goes_with_its_files);
    tcase_add_test(t, progress_is_proven_until_the_work_is_confirmed);
    tcase_add_test(t, a_report_takes_files_while_it_is_written);
    return run_suite(s);
}
