/* A meeting from series to erratum through the service: who sees it when, papers, a sheet with
 * faults. */
#include <string.h>

#include "arrange.h"
#include "files.h"

#define MEETINGS "/api/v1/meetings"
#define ITEMS    "/api/v1/meeting-agenda-items"

static const char *command(const char *meeting, const char *name)
{
    return form(MEETINGS "/%s/%s", meeting, name);
}

static const char *version_header(const char *table, const char *id)
{
    return form("If-Match: \"%lld\"",
                (long long)db_int(form("select version from app.%s where id = $1", table), id));
}

/* Sends a command with the version of the moment. */
static const struct reply *tell(const struct caller *c, const char *meeting, const char *name,
                                const char *body)
{
    return ask(c, "POST", command(meeting, name), body, version_header("meeting", meeting), NULL);
}

/* A thematic meeting of the caller's unit, today. */
static const char *make_meeting(const struct caller *c, const char *title)
{
    const struct reply *r = post(c, MEETINGS,
                                 "{\"plan_id\":\"%s\",\"kind\":\"thematic\",\"title\":\"%s\","
                                 "\"held_on\":\"2021-11-15\",\"held_at\":\"08:30\"}",
                                 plan_36(), title);
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/held_at"), "08:30");
    ck_assert_uint_eq(count_at(r, "/agenda"), 0);
    return text_at(r, "/id");
}

static void reason_is(const struct reply *r, const char *word)
{
    ck_problem(r, 409, "conflict");
    ck_assert_str_eq(text_at(r, "/reason"), word);
}

static const char *invitation_of(const char *meeting, const char *login)
{
    return db_text(
        form("select id from app.meeting_invitation where meeting_id = $1 and unit_id = %d",
             unit_of(login)),
        meeting);
}

START_TEST(a_meeting_from_plan_to_erratum)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *invited = as("phunu.tinh.chuyenvien");
    const char *meeting = make_meeting(officer, fresh("Chuyên đề "));
    const char *path = form(MEETINGS "/%s", meeting);
    ck_problem(get(invited, "%s", path), 404, "not-found");
    reason_is(tell(officer, meeting, "convene", "{}"), "no_agenda");
    struct reply *r = post(officer, ITEMS,
                           "[{\"meeting_id\":\"%s\",\"position\":1,\"title\":\"Đánh giá\"},"
                           "{\"meeting_id\":\"%s\",\"position\":2,\"title\":\"Nhiệm vụ\"}]",
                           meeting, meeting);
    ck_status(r, 201);
    const struct reply *told =
        tell(officer, meeting, "invite", "{\"line\":\"women\",\"level\":\"province\"}");
    ck_status(told, 200);
    ck_assert_int_eq(int_at(told, "/invited"), 1);
    ck_status(tell(officer, meeting, "invite",
                   form("{\"unit_ids\":[%d]}", unit_of("dongxoai.chuyenvien"))),
              200);
    ck_field(tell(officer, meeting, "invite", "{\"unit_kind\":\"x\"}"), "/unit_kind",
             "not_a_choice");
    ck_problem(post(officer, command(meeting, "convene"), "{}"), 428, "version-required");

    /* papers: seen by the invited once it is convened */
    ck_status(send_file(officer, upload_path("meetings", meeting, "bao-cao.pdf"), pdf_of(100)),
              201);
    ck_problem(send_file(invited, upload_path("meetings", meeting, "x.pdf"), pdf_of(100)), 404,
               "not-found");
    ck_assert_uint_eq(count_on(invited, meeting), 0);
    ck_status(tell(officer, meeting, "convene", "{}"), 200);
    ck_assert_uint_eq(count_on(invited, meeting), 1);
    ck_problem(send_file(invited, upload_path("meetings", meeting, "x.pdf"), pdf_of(100)), 403,
               "forbidden");
    ck_assert_int_ge(find_item(get(invited, MEETINGS "?invited=me&limit=200"), "id", meeting), 0);
    ck_assert_int_lt(
        find_item(get(as("locninh.chuyenvien"), MEETINGS "?invited=me&limit=200"), "id", meeting),
        0);
    ck_problem(get(as("locninh.chuyenvien"), "%s", path), 404, "not-found");
    r = get(invited, "%s", path);
    ck_assert_int_eq(int_at(r, "/invitation_counts/invited"), 2);
    ck_assert_uint_eq(count_at(r, "/agenda"), 2);
    ck_assert_int_eq(int_at(r, "/file_count"), 1);

    const char *invitation = invitation_of(meeting, "phunu.tinh.chuyenvien");
    const char *answer = form("/api/v1/meeting-invitations/%s/decline", invitation);
    ck_field(
        ask(invited, "POST", answer, "{}", version_header("meeting_invitation", invitation), NULL),
        "/note", "required");
    ck_status(ask(invited, "POST", form("/api/v1/meeting-invitations/%s/accept", invitation), "{}",
                  version_header("meeting_invitation", invitation), NULL),
              200);
    ck_problem(del(officer, path, db_int("select version from app.meeting where id = $1", meeting)),
               409, "conflict");

    ck_status(tell(officer, meeting, "open", "{}"), 200);
    told = tell(officer, meeting, "attendance",
                "{\"rows\":[{\"unit_code\":\"phunu-70\",\"is_present\":true,\"attendee_count\":0},"
                "{\"unit_code\":\"ubnd-70\",\"is_present\":true}]}");
    ck_problem(told, 422, "invalid-input");
    ck_field(told, "/rows/0/attendee_count", "out_of_range");
    ck_field(told, "/rows/1/unit_code", "not_invited");
    ck_status(tell(officer, meeting, "attendance",
                   "{\"rows\":[{\"unit_code\":\"phunu-70\",\"is_present\":true,"
                   "\"attendee_count\":2},{\"unit_code\":\"bdv-689\",\"is_present\":false}]}"),
              200);
    reason_is(tell(as("tinh.lanhdao"), meeting, "close", "{}"), "no_minutes");
    ck_status(post(officer, "/api/v1/meeting-minutes",
                   "{\"meeting_id\":\"%s\",\"text\":\"Biên bản\"}", meeting),
              201);
    ck_problem(tell(officer, meeting, "close", "{}"), 403, "forbidden");
    ck_status(tell(as("tinh.lanhdao"), meeting, "close", "{}"), 200);

    /* closed: read by all, written by nobody */
    r = get(invited, "/api/v1/meeting-minutes?meeting=%s", meeting);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    reason_is(
        post(officer, ITEMS, "{\"meeting_id\":\"%s\",\"position\":3,\"title\":\"x\"}", meeting),
        "frozen");
    reason_is(send_file(officer, upload_path("meetings", meeting, "y.pdf"), pdf_of(100)),
              "not_open");
    ck_status(post(officer, "/api/v1/meeting-errata", "{\"meeting_id\":\"%s\",\"text\":\"Sửa số\"}",
                   meeting),
              201);
    r = get(invited, "%s", path);
    ck_assert_uint_eq(count_at(r, "/errata"), 1);
    ck_assert_int_eq(int_at(r, "/invitation_counts/absent"), 1);
    ck_assert_int_ge(
        find_item(get(officer, MEETINGS "?status=closed&year=2021&owner=me&q=chuyen%%20de"
                                        "&sort=-updated_at&limit=200"),
                  "id", meeting),
        0);
    ck_assert_int_ge(find_item(get(officer, MEETINGS "?invited_unit=%d&year=2021&limit=200",
                                   unit_of("phunu.tinh.chuyenvien")),
                               "id", meeting),
                     0);
    ck_status(
        get(officer, MEETINGS "?as_of=2021-11-15&unit=%d&subtree=true", unit_of("tinh.chuyenvien")),
        200);
}
END_TEST

START_TEST(a_series_makes_meetings_once)
{
    const struct caller *officer = make_caller("tanphu.chuyenvien", "officer");
    db_do(
        "delete from app.meeting_series where owner_unit_id = (select id from app.unit where code ="
        " 'kdv-25195') and not exists (select from app.meeting as m where m.series_id ="
        " app.meeting_series.id) and $1 <> ''",
        "x");
    db_do("update app.meeting_series set ended_on = '2021-01-01' where owner_unit_id ="
          " (select id from app.unit where code = 'kdv-25195') and $1 <> ''",
          "x");
    struct reply *r =
        post(officer, "/api/v1/meeting-series",
             "{\"plan_id\":\"%s\",\"kind\":\"year_end\",\"chair\":\"Trưởng khối\"}", plan_36());
    ck_status(r, 201);
    const char *series = text_at(r, "/id");
    ck_assert_int_eq(int_at(r, "/offset_days"), -19);
    ck_status(post(officer, "/api/v1/meeting-series-agenda-items",
                   "{\"series_id\":\"%s\",\"position\":1,\"title\":\"Tổng kết năm\"}", series),
              201);
    r = post(officer, "/api/v1/meeting-series-invitees",
             "{\"series_id\":\"%s\",\"unit_kind\":\"grassroots_front\",\"unit_id\":%d}", series,
             unit_of("tinh.chuyenvien"));
    ck_field(r, "/unit_id", "just_one");
    ck_status(post(officer, "/api/v1/meeting-series-invitees",
                   "{\"series_id\":\"%s\",\"unit_kind\":\"grassroots_front\"}", series),
              201);
    const char *generate = form("/api/v1/meeting-series/%s/generate", series);
    int there = (int)db_int("select count(*) from app.meeting as m join app.unit as u on u.id ="
                            " m.owner_unit_id where u.code = 'kdv-25195' and m.kind = $1 and"
                            " m.status <> 'cancelled'",
                            "year_end");
    r = ask(officer, "POST", generate, "{}", version_header("meeting_series", series), NULL);
    ck_status(r, 200);
    /* the years 2021 to 2025 of the plan, but for what earlier runs made */
    ck_assert_int_eq(int_at(r, "/meetings"), 5 - there);
    r = ask(officer, "POST", generate, "{}", version_header("meeting_series", series), NULL);
    ck_assert_int_eq(int_at(r, "/meetings"), 0);
    r = get(officer, MEETINGS "?series=%s&convened=false&kind=year_end&sort=held_on", series);
    for (size_t i = 0; i < count_at(r, "/items"); i++) {
        const char *id = text_at(r, form("/items/%zu/id", i));
        const struct reply *invitations =
            get(officer, "/api/v1/meeting-invitations?meeting=%s", id);
        ck_assert_uint_eq(count_at(invitations, "/items"), 1);
        ck_assert_str_eq(text_at(invitations, "/items/0/unit_code"), "mttq-25195");
    }
}
END_TEST

START_TEST(a_meeting_is_checked)
{
    const struct caller *officer = as("dongxoai.chuyenvien");
    ck_field(
        post(
            officer, MEETINGS,
            "{\"plan_id\":\"%s\",\"kind\":\"year_end\",\"title\":\"x\",\"held_on\":\"2021-12-20\"}",
            plan_36()),
        "/period_id", "required");
    ck_field(
        post(officer, MEETINGS,
             "{\"plan_id\":\"%s\",\"kind\":\"thematic\",\"title\":\"x\",\"held_on\":\"2021-12-20\","
             "\"held_at\":\"24:00\"}",
             plan_36()),
        "/held_at", "bad_format");
    ck_field(
        post(
            officer, MEETINGS,
            "{\"plan_id\":\"%s\",\"kind\":\"thematic\",\"title\":\"x\",\"held_on\":\"2019-12-20\"}",
            plan_36()),
        "/held_on", "out_of_range");
    ck_problem(post(as("tinh.xem"), MEETINGS,
                    "{\"plan_id\":\"%s\",\"kind\":\"thematic\",\"title\":\"x\",\"held_on\":"
                    "\"2021-12-20\"}",
                    plan_36()),
               403, "forbidden");
    const char *meeting = make_meeting(officer, fresh("Dự kiến "));
    ck_field(tell(officer, meeting, "cancel", "{}"), "/reason", "required");
    ck_status(tell(officer, meeting, "cancel", "{\"reason\":\"Lồng ghép\"}"), 200);
    reason_is(tell(officer, meeting, "convene", "{}"), "wrong_state");
}
END_TEST

static struct reply *take_off(const struct caller *c, const char *invitation)
{
    return del(c, form("/api/v1/meeting-invitations/%s", invitation),
               db_int("select version from app.meeting_invitation where id = $1", invitation));
}

/* Convened, with an item, for Đồng Xoài and the Women's Union of the province. */
static const char *convene_meeting(const struct caller *officer)
{
    const char *meeting = make_meeting(officer, fresh("Diễn biến "));
    ck_status(post(officer, ITEMS, "{\"meeting_id\":\"%s\",\"position\":1,\"title\":\"Đánh giá\"}",
                   meeting),
              201);
    ck_status(tell(officer, meeting, "invite",
                   form("{\"unit_ids\":[%d,%d]}", unit_of("dongxoai.chuyenvien"),
                        unit_of("phunu.tinh.chuyenvien"))),
              200);
    ck_status(tell(officer, meeting, "convene", "{}"), 200);
    return meeting;
}

/* The Women's Union of the province, put on the list. */
static struct reply *enter(const struct caller *c, const char *meeting, const char *is_uninvited)
{
    return post(c, "/api/v1/meeting-invitations",
                "{\"meeting_id\":\"%s\",\"unit_id\":%d,\"is_uninvited\":%s}", meeting,
                unit_of("phunu.tinh.chuyenvien"), is_uninvited);
}

START_TEST(one_is_taken_off_and_comes_all_the_same)
{
    const struct caller *officer = as("tinh.chuyenvien");
    const struct caller *women = as("phunu.tinh.chuyenvien");
    const char *meeting = convene_meeting(officer);
    const char *list = form("/api/v1/meeting-invitations?meeting=%s", meeting);
    ck_status(take_off(officer, invitation_of(meeting, "phunu.tinh.chuyenvien")), 204);
    struct reply *r = get(women, "/api/v1/notices?topic=invitation_withdrawn");
    ck_assert_str_eq(text_at(r, "/items/0/resource_id"), meeting);
    ck_problem(get(women, MEETINGS "/%s", meeting), 404, "not-found");

    ck_status(tell(officer, meeting, "open", "{}"), 200);
    reason_is(enter(officer, meeting, "false"), "wrong_state");
    r = enter(officer, meeting, "true");
    ck_status(r, 201);
    ck_assert_str_eq(text_at(r, "/attendance"), "present");
    ck_status(get(women, MEETINGS "/%s", meeting), 200);
    r = get(officer, "%s&uninvited=true", list);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_assert_str_eq(text_at(r, "/items/0/unit_code"), "phunu-70");
    r = get(officer, "%s&uninvited=false", list);
    ck_assert_uint_eq(count_at(r, "/items"), 1);
    ck_field(tell(officer, meeting, "attendance",
                  "{\"rows\":[{\"unit_code\":\"phunu-70\",\"is_present\":false}]}"),
             "/rows/0/is_present", "not_invited");
    reason_is(take_off(officer, invitation_of(meeting, "dongxoai.chuyenvien")), "wrong_state");
    ck_status(take_off(officer, invitation_of(meeting, "phunu.tinh.chuyenvien")), 204);

    /* and it cannot go on */
    ck_problem(tell(officer, meeting, "cancel", "{\"reason\":\"Bão\"}"), 403, "forbidden");
    const struct reply *told = tell(as("tinh.lanhdao"), meeting, "cancel", "{\"reason\":\"Bão\"}");
    ck_status(told, 200);
    ck_assert_str_eq(text_at(told, "/status"), "cancelled");
    ck_assert_str_eq(text_at(told, "/opened_on"), "2021-11-15");
    r = get(officer, "/api/v1/meeting-packets/%s", meeting);
    ck_status(r, 200);
    ck_assert_str_eq(text_at(r, "/meeting_status"), "cancelled");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("meetings");
    TCase *c = new_case(s, "meetings");
    tcase_add_test(c, a_meeting_from_plan_to_erratum);
    tcase_add_test(c, a_series_makes_meetings_once);
    tcase_add_test(c, a_meeting_is_checked);
    tcase_add_test(c, one_is_taken_off_and_comes_all_the_same);
    return run_suite(s);
}
