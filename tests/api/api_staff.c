/* People: their record, who reads what of it, how they move. */
#include <stdlib.h>
#include <string.h>

#include "arrange.h"

#define STAFF          "/api/v1/staff"
#define APPOINTMENTS   "/api/v1/appointments"
#define QUALIFICATIONS "/api/v1/qualifications"

#define PHONE "0987 654 321"
#define BORN  "1985-02-03"

/* Made by the tests, and nobody else's. */
static void forget(void)
{
    db_do("delete from app.staff where code like 'thu-%'", NULL);
}

static const char *hire(const struct caller *c, const char *name)
{
    const struct reply *r =
        post(c, STAFF, "{\"code\":\"%s\",\"full_name\":\"%s\"}", fresh("thu-"), name);
    ck_status(r, 201);
    return text_at(r, "/id");
}

static const char *path_of(const char *id)
{
    return form(STAFF "/%s", id);
}

static struct reply *command(const struct caller *c, const char *id, const char *name,
                             int64_t version, const char *body)
{
    return ask(c, "POST", form(STAFF "/%s/%s", id, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

static const char *appoint(const struct caller *c, const char *id, const char *position,
                           const char *from)
{
    const struct reply *r = post(
        c, APPOINTMENTS, "{\"staff_id\":\"%s\",\"position_code\":\"%s\",\"valid_from\":\"%s\"}", id,
        position, from);
    ck_status(r, 201);
    return text_at(r, "/id");
}

static const char *with_detail(const struct caller *c, const char *name)
{
    const char *id = hire(c, name);
    ck_status(command(c, id, "change-detail", 1,
                      "{\"born_on\":\"" BORN "\",\"gender\":\"female\",\"phone\":\"" PHONE
                      "\",\"email\":\"thu@canbo.invalid\",\"is_ethnic_minority\":true}"),
              200);
    return id;
}

START_TEST(the_own_unit_keeps_the_record)
{
    forget();
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *id = hire(officer, "Trịnh Thị Thử");
    const struct reply *r = get(officer, "%s", path_of(id));
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/unit_code"), "bdv-689");
    ck_assert(is_null_at(r, "/position_code"));
    ck_assert(array_has(r, "/actions", "change-detail"));
    ck_assert(!array_has(r, "/actions", "leave"));
    appoint(officer, id, "officer", "2021-02-01");
    r = patch(officer, path_of(id), 1, "{\"full_name\":\"Trịnh Thị Thử Nghiệm\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/position_name"), "Chuyên viên");
    ck_problem(patch(officer, path_of(id), 1, "{\"full_name\":\"X\"}"), 412, "stale-version");
    ck_field(patch(officer, path_of(id), 2, "{\"unit_id\":1}"), "/unit_id", "read_only");
    ck_field(patch(officer, path_of(id), 2, "{\"status\":\"left\"}"), "/status", "read_only");
    ck_problem(post(officer, STAFF, "{\"code\":\"%s\",\"full_name\":\"A\"}", text_at(r, "/code")),
               409, "duplicate");
    ck_field(post(officer, STAFF, "{\"code\":\"a b\",\"full_name\":\"A\"}"), "/code", "bad_format");
    ck_field(post(officer, STAFF, "{\"code\":\"thu-x\"}"), "/full_name", "required");
    ck_field(post(officer, STAFF, "{\"code\":\"thu-x\",\"full_name\":\"A\",\"religion\":\"x\"}"),
             "/religion", "unknown_field");
    ck_problem(patch(as("tinh.lanhdao"), path_of(id), 2, "{\"full_name\":\"X\"}"), 403,
               "forbidden");
    ck_problem(patch(as("locninh.chuyenvien"), path_of(id), 2, "{\"full_name\":\"X\"}"), 404,
               "not-found");
    ck_problem(post(as("tinh.xem"), STAFF, "{\"code\":\"thu-x\",\"full_name\":\"A\"}"), 403,
               "forbidden");
    ck_problem(post(as("tinh.admin"), STAFF, "{\"code\":\"thu-x\",\"full_name\":\"A\"}"), 403,
               "forbidden");
    ck_problem(del(officer, path_of(id), 2), 405, "method-not-allowed");
    ck_assert_uint_eq(count_at(get(officer, STAFF "?q=trinh+thi+thu+nghiem"), "/items"), 1);
    ck_assert_uint_eq(count_at(get(as("tinh.xem"), STAFF "?q=trinh+thi+thu+nghiem"), "/items"), 0);
    ck_assert_int_ge(find_item(get(as("tinh.lanhdao"), STAFF "?unit=%d&subtree=true&limit=200",
                                   unit_of("dongxoai.lanhdao")),
                               "id", id),
                     0);
    forget();
}
END_TEST

START_TEST(detail_is_read_for_a_purpose_and_on_record)
{
    forget();
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *id = with_detail(officer, "Mai Thị Chi Tiết");
    const char *read = form(STAFF "/%s/read-detail", id);
    const struct reply *r = post(officer, read, "{\"purpose\":\"contact\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/detail/phone"), PHONE);
    ck_assert(!has(r, "/detail/born_on"));
    r = post(as("tinh.lanhdao"), read, "{\"purpose\":\"appointment\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/detail/born_on"), BORN);
    ck_assert(!has(r, "/detail/phone"));
    ck_problem(post(as("tinh.lanhdao"), read, "{\"purpose\":\"contact\"}"), 403, "forbidden");
    ck_problem(post(as("tinh.chuyenvien"), read, "{\"purpose\":\"appointment\"}"), 403,
               "forbidden");
    ck_problem(post(as("locninh.chuyenvien"), read, "{\"purpose\":\"contact\"}"), 404, "not-found");
    ck_problem(post(as("tinh.admin"), read, "{\"purpose\":\"contact\"}"), 404, "not-found");
    ck_field(post(officer, read, "{\"purpose\":\"curiosity\"}"), "/purpose", "not_a_choice");
    ck_field(post(officer, read, "{}"), "/purpose", "required");
    /* the service offers just the purposes that the database knows */
    ck_assert_str_eq(
        db_text("select string_agg(p.code, ' ' order by p.code) from private.staff_purpose as p",
                NULL),
        "appointment contact record_check training");
    /* neither rehearsed nor repeated without a trace */
    int64_t before = db_int("select count(*) from app.audit_event where action = 'read_detail'"
                            " and resource_id = $1",
                            id);
    ck_assert_int_eq(before, 2);
    ck_problem(post(officer, form("%s?dry_run=true", read), "{\"purpose\":\"contact\"}"), 400,
               "bad-query");
    ck_problem(ask(officer, "POST", read, "{\"purpose\":\"contact\"}", "Idempotency-Key: k1", NULL),
               400, "bad-request");
    ck_assert_int_eq(db_int("select count(*) from private.idempotency where position('" PHONE
                            "' in reply) > 0",
                            NULL),
                     0);
    struct json_object *events =
        walk(as("tinh.admin"), form("/api/v1/audit-events?resource_id=%s", id));
    const char *told = json_object_to_json_string(events);
    ck_assert_ptr_nonnull(strstr(told, "read_detail"));
    ck_assert_ptr_nonnull(strstr(told, "contact"));
    ck_assert_ptr_null(strstr(told, PHONE));
    ck_assert_ptr_null(strstr(told, BORN));
    ck_assert_ptr_null(strstr(told, "Chi Tiết"));
    ck_assert_ptr_null(strstr(told, "\"female\""));
    forget();
}
END_TEST

static void ck_tells_nothing(const struct reply *r)
{
    static const char *const secrets[] = {
        PHONE,     BORN,     "female", "Nữ", "canbo.invalid", "is_ethnic_minority",
        "born_on", "gender", "phone"};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        ck_assert_msg(strstr(r->body, secrets[i]) == NULL, "%s in %.600s", secrets[i], r->body);
}

START_TEST(no_list_gives_the_detail_away)
{
    forget();
    const struct caller *leader = as("dongxoai.lanhdao");
    const char *id = with_detail(leader, "Quách Thị Kín");
    const char *appointment = appoint(leader, id, "officer", "2021-02-01");
    ck_status(post(leader, QUALIFICATIONS,
                   "{\"staff_id\":\"%s\",\"kind\":\"professional\",\"degree\":\"Đại học\"}", id),
              201);
    const char *mine = form("unit=%d&limit=200", unit_of("dongxoai.lanhdao"));
    const char *paths[] = {STAFF,
                           APPOINTMENTS,
                           QUALIFICATIONS,
                           "/api/v1/establishments",
                           "/api/v1/establishment-figures?by=unit&",
                           "/api/v1/staff-deletions"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *path = form("%s%s%s", paths[i], strchr(paths[i], '?') == NULL ? "?" : "", mine);
        const struct reply *r = get(leader, "%s", path);
        ck_status(r, 200);
        ck_tells_nothing(r);
        r = ask(leader, "GET", path, NULL, "Accept: text/csv", NULL);
        ck_status(r, 200);
        ck_tells_nothing(r);
    }
    ck_tells_nothing(get(leader, "%s", path_of(id)));
    ck_tells_nothing(get(leader, APPOINTMENTS "/%s", appointment));
    /* what cannot be seen cannot be searched, filtered or sorted by */
    ck_assert_uint_eq(count_at(get(leader, STAFF "?q=0987+654+321"), "/items"), 0);
    ck_assert_uint_eq(count_at(get(leader, STAFF "?q=0987"), "/items"), 0);
    ck_assert_uint_eq(count_at(get(leader, STAFF "?q=1985-02-03"), "/items"), 0);
    const char *wrong[] = {"phone=0987+654+321", "born_on=1985-02-03", "gender=female",
                           "is_ethnic_minority=true", "email=thu%40canbo.invalid"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_problem(get(leader, STAFF "?%s", wrong[i]), 400, "bad-query");
    ck_problem(get(leader, STAFF "?sort=born_on"), 400, "bad-query");
    ck_problem(get(leader, STAFF "?sort=-phone"), 400, "bad-query");
    /* a fault repeats nothing */
    const struct reply *r =
        command(leader, id, "change-detail", 2,
                "{\"phone\":\"0987 654 321 gọi tối\",\"born_on\":\"1885-02-03\"}");
    ck_status(r, 422);
    ck_assert_ptr_null(strstr(r->body, "0987"));
    ck_assert_ptr_null(strstr(r->body, "1885"));
    r = command(leader, id, "change-detail", 2, "{\"born_on\":\"1911-02-03\"}");
    ck_field(r, "/born_on", "out_of_range");
    ck_assert_ptr_null(strstr(r->body, "1911"));
    /* correcting answers the person, not the detail */
    r = command(leader, id, "change-detail", 2, "{\"phone\":\"0987 654 322\"}");
    ck_status(r, 200);
    ck_assert_ptr_null(strstr(r->body, "0987"));
    ck_problem(command(leader, id, "change-detail", 2, "{\"phone\":null}"), 412, "stale-version");
    ck_problem(ask(leader, "POST", form(STAFF "/%s/change-detail", id), "{\"phone\":null}", NULL),
               428, "version-required");
    forget();
}
END_TEST

START_TEST(a_person_reads_and_takes_their_own)
{
    const struct caller *own = as("tanphu.chuyenvien");
    const char *id =
        db_text("select s.id from app.staff as s join app.user_account as u on u.id = s.user_id"
                " where u.login = $1",
                "tanphu.chuyenvien");
    ck_assert_ptr_nonnull(id);
    const struct reply *r =
        post(own, form(STAFF "/%s/read-detail", id), "{\"purpose\":\"contact\"}");
    ck_status(r, 200);
    ck_assert(has(r, "/detail/born_on"));
    ck_assert(has(r, "/detail/phone"));
    const char *exports =
        "select count(*) from app.audit_event where action = 'export' and resource_id = $1";
    int64_t before = db_int(exports, id);
    r = post(own, form(STAFF "/%s/export", id), "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/document/staff/id"), id);
    ck_assert_uint_eq(strlen(text_at(r, "/digest")), 64);
    ck_assert_uint_ge(count_at(r, "/reads"), 2);
    ck_assert_int_eq(db_int(exports, id), before + 1);
    ck_status(post(as("tanphu.lanhdao"), form(STAFF "/%s/export", id), "{}"), 200);
    ck_problem(post(as("dongxoai.lanhdao"), form(STAFF "/%s/export", id), "{}"), 403, "forbidden");
    ck_problem(post(as("locninh.chuyenvien"), form(STAFF "/%s/export", id), "{}"), 404,
               "not-found");
    ck_problem(post(own, form(STAFF "/%s/export?dry_run=true", id), "{}"), 400, "bad-query");
}
END_TEST

START_TEST(a_person_moves_is_lent_and_leaves)
{
    forget();
    const struct caller *ward = as("tanphu.lanhdao");
    const struct caller *district = as("dongxoai.lanhdao");
    const struct caller *officer = as("dongxoai.chuyenvien");
    int to = unit_of("dongxoai.lanhdao");
    const char *id = hire(ward, "Lương Văn Chuyển");
    appoint(ward, id, "bloc_deputy_head", "2020-03-01");
    const char *move =
        form("{\"unit_id\":%d,\"position_code\":\"officer\",\"valid_from\":\"2021-11-01\","
             "\"legal_basis\":\"QĐ thử\"}",
             to);
    ck_problem(command(ward, id, "transfer", 1, move), 403, "forbidden");
    ck_problem(command(officer, id, "transfer", 1, move), 403, "forbidden");
    ck_problem(command(as("locninh.chuyenvien"), id, "transfer", 1, move), 404, "not-found");
    ck_problem(command(district, id, "transfer", 9, move), 412, "stale-version");
    ck_field(command(district, id, "transfer", 1,
                     form("{\"unit_id\":%d,\"position_code\":\"king\"}", to)),
             "/position_code", "not_visible");
    ck_field(
        command(district, id, "transfer", 1,
                form("{\"unit_id\":%d,\"position_code\":\"officer\",\"valid_from\":\"2021-12-01\"}",
                     to)),
        "/valid_from", "in_future");
    ck_field(
        command(district, id, "transfer", 1, "{\"unit_id\":999999,\"position_code\":\"officer\"}"),
        "/unit_id", "not_visible");
    ck_field(command(district, id, "transfer", 1, "{\"position_code\":\"officer\"}"), "/unit_id",
             "required");
    const struct reply *r = command(district, id, "transfer", 1, move);
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/unit_id"), to);
    ck_assert_str_eq(text_at(r, "/position_code"), "officer");
    ck_assert_str_eq(text_at(r, "/in_post_since"), "2021-11-01");
    ck_problem(get(ward, "%s", path_of(id)), 404, "not-found");
    r = get(district, APPOINTMENTS "?staff=%s", id);
    ck_assert_uint_eq(count_at(r, "/items"), 2);
    ck_assert_str_eq(text_at(r, "/items/1/end_cause"), "transfer");
    ck_assert_str_eq(text_at(r, "/items/1/valid_to"), "2021-11-01");
    ck_assert_uint_eq(
        count_at(get(district, APPOINTMENTS "?staff=%s&as_of=2021-10-31", id), "/items"), 1);
    r = get(ward, APPOINTMENTS "?staff=%s", id);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert(is_null_at(r, "/items/0/staff_name"));

    ck_problem(command(district, id, "transfer", 2, move), 409, "conflict");
    r = command(
        district, id, "second", 2,
        form("{\"unit_id\":%d,\"position_code\":\"bloc_head\"}", unit_of("tanphu.lanhdao")));
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/further_posts/0/kind"), "secondment");
    ck_assert_str_eq(text_at(get(ward, "%s", path_of(id)), "/unit_code"), "bdv-689");
    ck_field(command(district, id, "second", 3, move), "/unit_id", "same_unit");
    const char *lent = text_at(r, "/further_posts/0/id");
    const struct reply *e =
        ask(ward, "POST", form(APPOINTMENTS "/%s/end", lent), "{}", "If-Match: \"1\"", NULL);
    ck_field(e, "/valid_to", "wrong_order");
    e = ask(ward, "POST", form(APPOINTMENTS "/%s/end", lent), "{\"valid_to\":\"2021-11-16\"}",
            "If-Match: \"1\"", NULL);
    ck_status(e, 200);
    ck_assert_str_eq(text_at(e, "/end_cause"), "end_of_term");
    ck_problem(ask(ward, "POST", form(APPOINTMENTS "/%s/end", lent), "{}", NULL), 428,
               "version-required");

    ck_problem(command(officer, id, "leave", 3, "{}"), 403, "forbidden");
    ck_field(command(district, id, "leave", 3, "{}"), "/left_on", "wrong_order");
    ck_status(del(district, form(APPOINTMENTS "/%s", lent), 2), 403);
    db_do("delete from app.appointment where id = $1::uuid", lent);
    r = command(district, id, "leave", 3, "{\"end_cause\":\"retired\"}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "left");
    ck_assert_str_eq(text_at(r, "/left_on"), "2021-11-15");
    ck_problem(command(district, id, "leave", 4, "{}"), 409, "conflict");
    ck_status(command(district, id, "reinstate", 4, "{}"), 200);
    ck_problem(command(district, id, "reinstate", 5, "{}"), 409, "conflict");
    forget();
}
END_TEST

START_TEST(qualifications_are_the_own_units)
{
    forget();
    const struct caller *officer = as("dongxoai.chuyenvien");
    const char *id = hire(officer, "Kiều Thị Học");
    const struct reply *r =
        post(officer, QUALIFICATIONS,
             "{\"staff_id\":\"%s\",\"kind\":\"political_theory\",\"degree\":\"Trung cấp\","
             "\"obtained_on\":\"2015-06-30\"}",
             id);
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/staff_name"), "Kiều Thị Học");
    ck_assert_str_eq(text_at(r, "/unit_code"), "bdv-689");
    const char *path = form(QUALIFICATIONS "/%s", text_at(r, "/id"));
    ck_status(patch(officer, path, 1, "{\"degree\":\"Cao cấp\"}"), 200);
    ck_field(patch(officer, path, 2, "{\"degree\":\"\"}"), "/degree", "required");
    ck_field(post(officer, QUALIFICATIONS,
                  "{\"staff_id\":\"%s\",\"kind\":\"astrology\",\"degree\":\"x\"}", id),
             "/kind", "not_a_choice");
    ck_problem(post(officer, QUALIFICATIONS,
                    "{\"staff_id\":\"%s\",\"kind\":\"political_theory\",\"degree\":\"Cao cấp\"}",
                    id),
               409, "duplicate");
    ck_status(get(as("tinh.lanhdao"), "%s", path), 200);
    ck_problem(get(as("locninh.chuyenvien"), "%s", path), 404, "not-found");
    ck_problem(patch(as("tinh.lanhdao"), path, 2, "{\"degree\":\"x\"}"), 403, "forbidden");
    ck_assert_uint_eq(count_at(get(officer, QUALIFICATIONS "?staff=%s", id), "/items"), 1);
    ck_status(del(officer, path, 2), 204);
    forget();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("staff");
    TCase *c = new_case(s, "staff");
    tcase_add_test(c, the_own_unit_keeps_the_record);
    tcase_add_test(c, detail_is_read_for_a_purpose_and_on_record);
    tcase_add_test(c, no_list_gives_the_detail_away);
    tcase_add_test(c, a_person_reads_and_takes_their_own);
    tcase_add_test(c, a_person_moves_is_lent_and_leaves);
    tcase_add_test(c, qualifications_are_the_own_units);
    return run_suite(s);
}
