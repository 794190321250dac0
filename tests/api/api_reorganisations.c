/* Reorganisations: a draft, its preview, who may decide, carrying out, waiting for a day,
 * withdrawing. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arrange.h"

#define REORGANISATIONS "/api/v1/reorganisations"
#define STEPS           "/api/v1/reorganisation-steps"
#define PARTS           "/api/v1/reorganisation-parts"
/* maintenance_s is 60 where nobody says otherwise; and the round has other things to do too. */
#define ROUND_MOST_S 120

static const char *draft(const struct caller *c, const char *day)
{
    const struct reply *r = post(c, REORGANISATIONS,
                                 "{\"title\":\"Thử %s\",\"legal_basis\":\"12/QĐ-TEST\","
                                 "\"effective_on\":\"%s\"}",
                                 fresh("sx"), day);
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/status"), "draft");
    return text_at(r, "/id");
}

static const char *step(const struct caller *c, const char *of, int position, const char *subject,
                        const char *kind)
{
    const struct reply *r = post(c, STEPS,
                                 "{\"reorganisation_id\":\"%s\",\"position\":%d,\"subject\":\"%s\","
                                 "\"kind\":\"%s\"}",
                                 of, position, subject, kind);
    ck_status(r, 201);
    return text_at(r, "/id");
}

static const struct reply *part(const struct caller *c, const char *of, const char *side,
                                int position, const char *rest)
{
    return post(c, PARTS, "{\"step_id\":\"%s\",\"side\":\"%s\",\"position\":%d,%s}", of, side,
                position, rest);
}

static const struct reply *command(const struct caller *c, const char *id, const char *name,
                                   const char *body)
{
    int64_t version = db_int(
        "select coalesce((select version from app.reorganisation where id = $1::uuid), 1)", id);
    return ask(c, "POST", form(REORGANISATIONS "/%s/%s", id, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

static int area_of_unit(const char *code)
{
    return (int)db_int("select area_id from app.unit where code = $1", code);
}

/* A new association at a commune, made by a reorganisation; returns its code. */
static const char *found_association(const struct caller *admin, const char *day)
{
    const char *code = form("hoi-%s", fresh("t"));
    const char *id = draft(admin, day);
    const char *made = step(admin, id, 1, "unit", "create");
    ck_status(part(admin, made, "to", 1,
                   form("\"new_name\":\"Hội thử\",\"new_code\":\"%s\",\"new_area_id\":%d,"
                        "\"new_kind\":\"grassroots_veterans_association\"",
                        code, area_of_unit("kdv-25195"))),
              201);
    const struct reply *r = command(admin, id, "carry-out", "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "carried_out");
    ck_assert_int_eq(int_at(r, "/outcome/units_made"), 1);
    return code;
}

START_TEST(a_draft_is_previewed_and_carried_out)
{
    const struct caller *admin = as("tinh.admin");
    const char *code = found_association(admin, "2021-11-10");
    int unit = (int)db_int("select id from app.unit where code = $1", code);
    const char *id = draft(admin, "2021-11-15");
    const char *renaming = step(admin, id, 1, "unit", "rename");
    const struct reply *p = part(admin, renaming, "from", 1, form("\"unit_id\":%d", unit));
    ck_status(p, 201);
    const char *part_path = form(PARTS "/%s", text_at(p, "/id"));

    const struct reply *faulty = command(admin, id, "preview", "{}");
    ck_status(faulty, 200);
    ck_assert(!json_object_get_boolean(at(faulty, "/is_possible")));
    ck_assert_str_eq(text_at(faulty, "/faults/0/word"), "no_change");
    ck_problem(command(admin, id, "carry-out", "{}"), 409, "conflict");

    ck_status(patch(admin, part_path, 1, "{\"new_name\":\"Hội thử mới\"}"), 200);
    const struct reply *told = command(admin, id, "preview", "{}");
    ck_assert(json_object_get_boolean(at(told, "/is_possible")));
    ck_assert_int_eq(int_at(told, "/counts/units_ended"), 0);
    ck_assert_str_eq(
        db_text("select v.name from app.unit_version v join app.unit u on u.id = v.unit_id"
                " where u.code = $1 and v.valid_to is null",
                code),
        "Hội thử");
    ck_status(command(admin, id, "carry-out", "{}"), 200);
    const struct reply *now = get(admin, "/api/v1/units/%d", unit);
    ck_assert_str_eq(text_at(now, "/name"), "Hội thử mới");
    ck_assert_str_eq(text_at(now, "/legal_basis"), "12/QĐ-TEST");
    ck_assert_str_eq(text_at(get(admin, "/api/v1/units/%d?as_of=2021-11-12", unit), "/name"),
                     "Hội thử");
    ck_problem(command(admin, id, "carry-out", "{}"), 409, "conflict");
    ck_problem(command(admin, id, "withdraw", "{\"reason\":\"x\"}"), 409, "conflict");
    ck_problem(patch(admin, part_path, 2, "{\"new_name\":\"Hội khác\"}"), 403, "forbidden");
    /* what is decided everybody reads */
    ck_status(get(as("locninh.chuyenvien"), REORGANISATIONS "/%s", id), 200);
    ck_assert_int_eq(
        db_int(
            "select count(*) from app.audit_event where action = 'carry_out' and resource_id = $1",
            id),
        1);
}
END_TEST

START_TEST(the_level_above_decides)
{
    const struct caller *province = as("tinh.admin");
    const struct caller *district = make_caller("dongxoai.lanhdao", "admin");
    const struct caller *women = make_caller("phunu.tinh.lanhdao", "admin");
    const char *id = draft(district, "2021-11-15");
    const char *s = step(district, id, 1, "unit", "rename");
    ck_status(part(district, s, "from", 1,
                   form("\"unit_id\":%d,\"new_name\":\"Ban khác\"", unit_of("dongxoai.lanhdao"))),
              201);
    ck_assert(array_has(get(district, REORGANISATIONS "/%s", id), "/actions", "preview"));
    ck_assert(!array_has(get(district, REORGANISATIONS "/%s", id), "/actions", "carry-out"));
    ck_problem(command(district, id, "carry-out", "{}"), 403, "forbidden");
    ck_assert(array_has(get(province, REORGANISATIONS "/%s", id), "/actions", "carry-out"));
    ck_problem(command(as("tinh.lanhdao"), id, "carry-out", "{}"), 404, "not-found");
    ck_problem(command(women, id, "carry-out", "{}"), 404, "not-found");
    ck_problem(get(as("locninh.chuyenvien"), REORGANISATIONS "/%s", id), 404, "not-found");
    /* the owner's draft is changed by nobody else */
    ck_problem(patch(province, form(REORGANISATIONS "/%s", id), 3, "{\"title\":\"Khác\"}"), 403,
               "forbidden");
    ck_problem(part(province, s, "to", 1, "\"new_name\":\"x\""), 403, "forbidden");
    ck_problem(post(as("tinh.lanhdao"), REORGANISATIONS,
                    "{\"title\":\"x\",\"legal_basis\":\"x\",\"effective_on\":\"2021-11-15\"}"),
               403, "forbidden");
    ck_status(command(district, id, "withdraw", "{\"reason\":\"Chưa cần\"}"), 200);
    ck_assert_str_eq(text_at(get(district, REORGANISATIONS "/%s", id), "/withdraw_reason"),
                     "Chưa cần");
}
END_TEST

START_TEST(it_waits_for_its_day_and_is_withdrawn)
{
    const struct caller *admin = as("tinh.admin");
    const char *code = found_association(admin, "2021-11-10");
    const char *id = draft(admin, "2022-01-01");
    const char *s = step(admin, id, 1, "unit", "dissolve");
    ck_status(part(admin, s, "from", 1,
                   form("\"unit_id\":%lld",
                        (long long)db_int("select id from app.unit where code = $1", code))),
              201);
    const struct reply *r = command(admin, id, "carry-out", "{}");
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "scheduled");
    ck_assert_str_eq(db_text("select is_active from app.unit where code = $1", code), "t");
    ck_field(command(admin, id, "withdraw", "{}"), "/reason", "required");
    ck_status(command(admin, id, "withdraw", "{\"reason\":\"Nhầm\"}"), 200);
    ck_problem(command(admin, id, "carry-out", "{}"), 409, "conflict");
    /* left to the program: it does so in its next round */
    const char *later = draft(admin, "2021-11-15");
    const char *t = step(admin, later, 1, "unit", "dissolve");
    ck_status(part(admin, t, "from", 1,
                   form("\"unit_id\":%lld",
                        (long long)db_int("select id from app.unit where code = $1", code))),
              201);
    ck_assert_str_eq(text_at(command(admin, later, "carry-out", "{\"later\":true}"), "/status"),
                     "scheduled");
    db_do("select private.reorganisation_tick()", NULL);
    ck_assert_str_eq(db_text("select is_active from app.unit where code = $1", code), "f");
    const struct reply *links = get(admin, "/api/v1/unit-links?reorganisation=%s", later);
    ck_assert_uint_eq(count_at(links, "/items"), 1);
    ck_assert_str_eq(text_at(links, "/items/0/allocation"), "sum");
}
END_TEST

/* Nobody calls anything here: the running service does it in the round that it makes once a minute.
 * It is decided a day early (the day goes back for that one command), then its day comes. */
START_TEST(the_running_service_carries_it_out_on_its_day)
{
    const struct caller *admin = as("tinh.admin");
    const char *day = db_text("select fixed_today from private.installation", NULL);
    const char *code = found_association(admin, "2021-11-10");
    const char *id = draft(admin, day);
    const char *s = step(admin, id, 1, "unit", "dissolve");
    ck_status(part(admin, s, "from", 1,
                   form("\"unit_id\":%lld",
                        (long long)db_int("select id from app.unit where code = $1", code))),
              201);
    db_do("update private.installation set fixed_today = fixed_today - 1", NULL);
    const struct reply *r = command(admin, id, "carry-out", "{}");
    const char *stands = db_text("select is_active from app.unit where code = $1", code);
    db_do("update private.installation set fixed_today = $1::date", day);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/status"), "scheduled");
    ck_assert_str_eq(stands, "t");
    for (int tenths = 0; tenths < 10 * ROUND_MOST_S; tenths++) {
        r = get(admin, REORGANISATIONS "/%s", id);
        ck_status(r, 200);
        if (strcmp(text_at(r, "/status"), "scheduled") != 0)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 100000000L}, NULL);
    }
    ck_assert_str_eq(text_at(r, "/status"), "carried_out");
    ck_assert_int_eq(int_at(r, "/outcome/units_ended"), 1);
    ck_assert_str_eq(db_text("select is_active from app.unit where code = $1", code), "f");
    ck_assert_str_eq(db_text("select valid_to from app.unit_version v join app.unit u on"
                             " u.id = v.unit_id where u.code = $1",
                             code),
                     day);
    /* by nobody who was signed in */
    ck_assert_int_eq(db_int("select count(*) from app.audit_event where action = 'carry_out'"
                            " and resource_id = $1 and user_id is null",
                            id),
                     1);
}
END_TEST

START_TEST(bad_drafts_are_told_what_is_wrong)
{
    const struct caller *admin = as("tinh.admin");
    ck_field(post(admin, REORGANISATIONS, "{\"title\":\"x\",\"effective_on\":\"2021-11-15\"}"),
             "/legal_basis", "required");
    ck_field(post(admin, REORGANISATIONS,
                  "{\"title\":\"x\",\"legal_basis\":\"x\",\"effective_on\":\"2021-11-15\","
                  "\"is_doubtful\":true}"),
             "/doubt", "required");
    const char *id = draft(admin, "2021-11-15");
    ck_field(post(admin, STEPS,
                  "{\"reorganisation_id\":\"%s\",\"position\":1,\"subject\":\"area\","
                  "\"kind\":\"move_function\"}",
                  id),
             "/subject", "wrong_subject");
    ck_field(
        post(admin, STEPS,
             "{\"reorganisation_id\":\"%s\",\"position\":1,\"subject\":\"area\",\"kind\":\"x\"}",
             id),
        "/kind", "not_a_choice");
    const char *split = step(admin, id, 1, "area", "split");
    ck_field(part(admin, split, "from", 1, "\"new_name\":\"x\""), "/area_id", "required");
    ck_field(part(admin, split, "to", 1,
                  form("\"area_id\":%d,\"unit_id\":%d", area_of_unit("kdv-25195"),
                       unit_of("tinh.admin"))),
             "/unit_id", "one_subject");
    ck_field(part(admin, split, "from", 1, "\"area_id\":999999999"), "/area_id", "not_visible");
    ck_field(part(admin, split, "to", 1, "\"new_name\":\"x\",\"allocation\":\"share\""),
             "/share_permille", "share_told");
    ck_status(part(admin, split, "from", 1, form("\"area_id\":%d", area_of_unit("kdv-25195"))),
              201);
    for (int n = 1; n <= 2; n++)
        ck_status(part(admin, split, "to", n,
                       form("\"new_code\":\"9900%d\",\"new_name\":\"Phường Thử %d\",\"new_kind\":"
                            "\"Phường\",\"allocation\":\"share\",\"share_permille\":%d",
                            n, n, 400)),
                  201);
    const char *merge = step(admin, id, 2, "area", "merge");
    ck_status(part(admin, merge, "from", 1, form("\"area_id\":%d", area_of_unit("kdv-25195"))),
              201);
    ck_status(part(admin, merge, "to", 1, form("\"area_id\":%d", area_of_unit("bdv-689"))), 201);
    const struct reply *told = command(admin, id, "preview", "{}");
    ck_status(told, 200);
    const char *words[] = {"shares_not_whole", "ended_twice", "wrong_level"};
    for (size_t w = 0; w < 3; w++) {
        bool is_there = false;
        for (size_t i = 0; i < count_at(told, "/faults"); i++)
            is_there |= strcmp(text_at(told, form("/faults/%zu/word", i)), words[w]) == 0;
        ck_assert_msg(is_there, "%s is not among %s", words[w], told->body);
    }
    ck_status(del(admin, form(REORGANISATIONS "/%s", id),
                  db_int("select version from app.reorganisation where id = $1::uuid", id)),
              204);
}
END_TEST

START_TEST(a_decision_is_on_what_was_read)
{
    const struct caller *admin = as("tinh.admin");
    const char *id = draft(admin, "2021-11-15");
    const struct reply *seen = get(admin, REORGANISATIONS "/%s", id);
    step(admin, id, 1, "unit", "rename");
    const struct reply *r =
        ask(admin, "POST", form(REORGANISATIONS "/%s/carry-out", id), "{}",
            form("If-Match: \"%lld\"", (long long)int_at(seen, "/version")), NULL);
    ck_problem(r, 412, "stale-version");
    ck_status(command(admin, id, "withdraw", "{\"reason\":\"Thử\"}"), 200);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("reorganisations");
    TCase *c = new_case(s, "reorganisations");
    tcase_add_test(c, a_draft_is_previewed_and_carried_out);
    tcase_add_test(c, the_level_above_decides);
    tcase_add_test(c, it_waits_for_its_day_and_is_withdrawn);
    tcase_add_test(c, bad_drafts_are_told_what_is_wrong);
    tcase_add_test(c, a_decision_is_on_what_was_read);
    TCase *round = new_case(s, "the service's own round");
    tcase_set_timeout(round, ROUND_MOST_S + 30);
    tcase_add_test(round, the_running_service_carries_it_out_on_its_day);
    return run_suite(s);
}
