/* A course from plan to certificate through the service, a sheet with faults, and coverage. */
#include <string.h>

#include "arrange.h"

#define COURSES "/api/v1/courses"
#define RECORDS "/api/v1/training-records"

/* A person of the unit with a post there since 2021; returns the code. */
static const char *make_person(const char *login, const char *position)
{
    char *code = fresh("AT-");
    db_do(form("insert into app.staff (code, full_name, unit_id, level_id, line_id, province_key,"
               " district_key, grassroots_key) select $1, 'Người thử', u.id, u.level_id, u.line_id,"
               " u.province_key, u.district_key, u.grassroots_key from app.unit as u"
               " where u.id = %d",
               unit_of(login)),
          code);
    db_do(
        form("insert into app.appointment (staff_id, unit_id, position_code, valid_from, level_id,"
             " line_id, province_key, district_key, grassroots_key) select s.id, s.unit_id, '%s',"
             " '2021-01-01', s.level_id, s.line_id, s.province_key, s.district_key,"
             " s.grassroots_key from app.staff as s where s.code = $1",
             position),
        code);
    return code;
}

static const char *staff_id(const char *code)
{
    return db_text("select id from app.staff where code = $1", code);
}

static const char *course_body(const char *code)
{
    return form("{\"code\":\"%s\",\"name\":\"Lớp thử\",\"topic_code\":\"mobilization_work\","
                "\"partner\":\"Trường Chính trị\",\"starts_on\":\"2021-11-10\","
                "\"ends_on\":\"2021-11-11\",\"capacity\":2}",
                code);
}

static const char *command(const char *course, const char *name)
{
    return form(COURSES "/%s/%s", course, name);
}

/* Sends a command with the version of the moment. */
static const struct reply *tell(const struct caller *c, const char *course, const char *name,
                                const char *body)
{
    int64_t version = db_int("select version from app.course where id = $1", course);
    return ask(c, "POST", command(course, name), body,
               form("If-Match: \"%lld\"", (long long)version), NULL);
}

static const struct reply *enrol(const struct caller *c, const char *course, const char *person)
{
    return post(c, RECORDS, "{\"course_id\":\"%s\",\"staff_id\":\"%s\",\"status\":\"registered\"}",
                course, staff_id(person));
}

START_TEST(a_course_from_plan_to_certificate)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *below = as("dongxoai.chuyenvien");
    const char *one = make_person("dongxoai.chuyenvien", "officer");
    const char *two = make_person("dongxoai.chuyenvien", "officer");
    const char *three = make_person("tinh.chuyenvien", "officer");
    const struct reply *r = post(officer, COURSES, "%s", course_body(fresh("L-")));
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/status"), "planned");
    ck_assert_str_eq(text_at(r, "/topic"), "mobilization_work");
    ck_assert(array_has(r, "/actions", "open"));
    const char *course = text_at(r, "/id");
    ck_problem(get(below, COURSES "/%s", course), 404, "not-found");
    ck_status(post(officer, "/api/v1/course-invitations",
                   "{\"course_id\":\"%s\",\"unit_id\":%d,\"places\":1}", course,
                   unit_of("dongxoai.chuyenvien")),
              201);
    ck_problem(post(officer, command(course, "open"), "{}"), 428, "version-required");
    r = tell(officer, course, "open", "{}");
    ck_status(r, 200);
    ck_assert_int_eq(int_at(r, "/day_count"), 2);
    ck_assert_int_ge(find_item(get(below, COURSES "?invited=me&limit=200"), "id", course), 0);
    ck_assert_uint_eq(count_at(get(below, "/api/v1/course-days?course=%s", course), "/items"), 2);

    ck_problem(tell(below, course, "hold", "{}"), 403, "forbidden");
    ck_status(enrol(below, course, one), 201);
    r = enrol(below, course, two);
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "no_place_left");
    ck_status(enrol(officer, course, three), 201);
    ck_status(tell(officer, course, "hold", "{}"), 200);

    r = tell(officer, course, "attendance",
             form("{\"rows\":[{\"staff_code\":\"%s\",\"day\":\"2021-11-10\",\"is_present\":true},"
                  "{\"staff_code\":\"NONE\",\"day\":\"2021-11-12\",\"is_present\":true}]}",
                  one));
    ck_problem(r, 422, "invalid-input");
    ck_field(r, "/rows/1/staff_code", "not_registered");
    ck_field(r, "/rows/1/day", "not_a_day");
    ck_assert_uint_eq(count_at(r, "/errors"), 2);
    ck_assert_uint_eq(
        count_at(get(officer, "/api/v1/training-attendance?course=%s", course), "/items"), 0);
    ck_status(tell(officer, course, "attendance",
                   form("{\"rows\":[{\"staff_code\":\"%s\",\"day\":\"2021-11-10\",\"is_present\":"
                        "true},{\"staff_code\":\"%s\",\"day\":\"2021-11-11\",\"is_present\":true},"
                        "{\"staff_code\":\"%s\",\"day\":\"2021-11-10\",\"is_present\":false}]}",
                        one, one, three)),
              200);

    r = tell(officer, course, "close", "{}");
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "results_missing");
    r = get(officer, RECORDS "?course=%s&status=attended", course);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_int_eq(int_at(r, "/items/0/days_attended"), 2);
    ck_assert_str_eq(text_at(r, "/items/0/staff_code"), one);
    const char *record = form(RECORDS "/%s", text_at(r, "/items/0/id"));
    int64_t version = int_at(r, "/items/0/version");
    char *number = fresh("CN-");
    r = patch(officer, record, version, "{\"result\":\"passed\",\"certificate_number\":\"%s\"}",
              number);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/certified_on"), "2021-11-11");
    ck_assert_str_eq(text_at(r, "/valid_until"), "2026-11-11");
    ck_status(tell(officer, course, "close", "{}"), 200);
    r = patch(officer, record, version + 1, "{\"score\":90}");
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), "frozen");
    ck_status(get(below, "%s", record), 200);
    ck_problem(get(as("locninh.chuyenvien"), "%s", record), 404, "not-found");
}
END_TEST

START_TEST(a_course_is_checked)
{
    const struct caller *officer = as("tinh.chuyenvien");
    ck_field(post(officer, COURSES,
                  "{\"code\":\"a b\",\"name\":\"x\",\"topic_code\":\"ethnic_affairs\","
                  "\"starts_on\":\"2021-11-10\",\"ends_on\":\"2021-11-11\"}"),
             "/code", "bad_format");
    ck_field(post(officer, COURSES,
                  "{\"code\":\"%s\",\"name\":\"x\",\"topic_code\":\"ethnic_affairs\","
                  "\"starts_on\":\"2021-11-10\",\"ends_on\":\"2021-11-09\"}",
                  fresh("L-")),
             "/ends_on", "wrong_order");
    ck_field(post(officer, COURSES, "{\"code\":\"%s\",\"name\":\"x\",\"starts_on\":\"2021-11-10\"}",
                  fresh("L-")),
             "/topic_code", "required");
    ck_problem(post(as("tinh.xem"), COURSES, "%s", course_body(fresh("L-"))), 403, "forbidden");
    const struct reply *r = post(officer, COURSES, "%s", course_body(fresh("L-")));
    ck_status(r, 201);
    const char *path = form(COURSES "/%s", text_at(r, "/id"));
    ck_field(tell(officer, text_at(r, "/id"), "cancel", "{}"), "/reason", "required");
    ck_status(del(officer, path, 1), 204);
    ck_problem(get(officer, "%s", path), 404, "not-found");
}
END_TEST

START_TEST(coverage_and_who_is_due)
{
    /* a post of its own, so that other people do not count */
    char *position = fresh("at_post_");
    db_do("insert into app.position (code, name, rank) values ($1, 'Chức danh thử', 99)", position);
    const char *person = make_person("dongxoai.chuyenvien", position);
    const struct caller *leader = as("tinh.lanhdao");
    const struct reply *r = post(leader, "/api/v1/training-requirements",
                                 "{\"plan_id\":\"%s\",\"topic_code\":\"political_theory\","
                                 "\"position_code\":\"%s\",\"year\":2022}",
                                 plan_36(), position);
    ck_status(r, 201);
    const char *requirement = form("/api/v1/training-requirements/%s", text_at(r, "/id"));
    ck_problem(patch(as("dongxoai.chuyenvien"), requirement, 1, "{\"note\":\"x\"}"), 403,
               "forbidden");
    const char *coverage = form("/api/v1/training-coverage?plan=%s&year=2022&topic=political_theory"
                                "&as_of=2022-01-15",
                                plan_36());
    r = get(leader, "%s&by=position", coverage);
    ck_status(r, 200);
    int i = find_item(r, "group_code", position);
    ck_assert_int_ge(i, 0);
    ck_assert_int_eq(int_at(r, form("/items/%d/required", i)), 1);
    ck_assert_int_eq(int_at(r, form("/items/%d/never", i)), 1);
    const char *groups[] = {"unit", "level", "line", "area"};
    for (size_t g = 0; g < 4; g++)
        ck_assert_uint_ge(count_at(get(leader, "%s&by=%s", coverage, groups[g]), "/items"), 1);
    ck_field(get(leader, "%s&by=person", coverage), "?by", "not_a_choice");
    ck_field(get(leader, "/api/v1/training-coverage"), "?plan", "required");

    const char *due = form("/api/v1/training-due?plan=%s&year=2022&topic=political_theory"
                           "&state=never&limit=200",
                           plan_36());
    ck_assert_int_ge(find_item(get(leader, "%s", due), "staff_code", person), 0);
    ck_assert_int_lt(find_item(get(as("locninh.chuyenvien"), "%s", due), "staff_code", person), 0);
    ck_assert_int_lt(find_item(get(as("tinh.xem"), "%s", due), "staff_code", person), 0);
    ck_status(del(leader, requirement, 1), 204);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("training");
    TCase *c = new_case(s, "training");
    tcase_add_test(c, a_course_from_plan_to_certificate);
    tcase_add_test(c, a_course_is_checked);
    tcase_add_test(c, coverage_and_who_is_due);
    return run_suite(s);
}
