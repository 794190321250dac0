/* Request → route → operation: what is refused before the database is asked. */
#include "db/sqlstate.h"
#include "sample.h"
#include "unit.h"

UNIT_ARENA

static struct http_request request;
static struct resource_route route;
static struct operation *op;
static struct err fault;
static struct str allow;

static void open_sample(void)
{
    unit_open();
    resource_use(sample_list, 2);
}

static bool find(enum http_method method, const char *path)
{
    request = (struct http_request){.method = method, .path = str_from(path)};
    fault = (struct err){0};
    return resource_find(&request, &route, &allow, arena, &fault);
}

static bool parse(enum http_method method, const char *path, const char *body)
{
    ck_assert(find(method, path));
    request.body = str_from(body);
    if (body != NULL)
        request.content_type = STR("application/json");
    fault = (struct err){0};
    return resource_parse(arena, &route, &request, &op, &fault);
}

static const struct {
    enum http_method method;
    const char *path;
    enum resource_verb verb;
    const char *name;
} routes[] = {
    {HTTP_GET, "/api/v1/samples", VERB_LIST, "samples.list"},
    {HTTP_HEAD, "/api/v1/samples", VERB_LIST, "samples.list"},
    {HTTP_POST, "/api/v1/samples", VERB_CREATE, "samples.create"},
    {HTTP_PATCH, "/api/v1/samples", VERB_BULK_UPDATE, "samples.bulk_update"},
    {HTTP_GET, "/api/v1/samples/" SAMPLE_ID, VERB_GET, "samples.get"},
    {HTTP_PATCH, "/api/v1/samples/" SAMPLE_ID, VERB_UPDATE, "samples.update"},
    {HTTP_DELETE, "/api/v1/samples/" SAMPLE_ID, VERB_DELETE, "samples.delete"},
    {HTTP_POST, "/api/v1/samples/" SAMPLE_ID "/finish", VERB_COMMAND, "samples.finish"},
    {HTTP_GET, "/api/v1/tinies/7", VERB_GET, "tinies.get"},
};

START_TEST(a_path_and_a_method_make_a_verb)
{
    ck_assert(find(routes[_i].method, routes[_i].path));
    ck_assert_int_eq(route.verb, routes[_i].verb);
    ck_assert_str_eq(route.name, routes[_i].name);
}
END_TEST

static const char *const nowhere[] = {
    "/api/v1/",
    "/api/v1",
    "/",
    "/samples",
    "/api/v2/samples",
    "/api/v1/sample",
    "/api/v1/Samples",
    "/api/v1/samples/",
    "/api/v1/samples/7",
    "/api/v1/samples/" SAMPLE_ID "/",
    "/api/v1/samples/" SAMPLE_ID "x",
    "/api/v1/samples/" SAMPLE_ID "/start",
    "/api/v1/samples/" SAMPLE_ID "/finish/",
    "/api/v1/samples/" SAMPLE_ID "/finish/x",
    "/api/v1/tinies/x",
    "/api/v1/tinies/-1",
    "/api/v1/tinies/99999999999",
    "/api/v1/tinies/" SAMPLE_ID,
    "/api/v1/tinies/07",
};

START_TEST(an_unknown_path_is_not_found)
{
    ck_assert(!find(HTTP_GET, nowhere[_i]));
    ck_assert_int_eq(fault.code, ERR_NOT_FOUND);
}
END_TEST

START_TEST(a_wrong_method_is_told_the_right_ones)
{
    ck_assert(!find(HTTP_DELETE, "/api/v1/samples"));
    ck_assert_int_eq(fault.code, ERR_METHOD);
    ck_assert_text_eq(allow, "GET, HEAD, POST, PATCH");
    ck_assert(!find(HTTP_PUT, "/api/v1/samples/" SAMPLE_ID));
    ck_assert_text_eq(allow, "GET, HEAD, PATCH, DELETE");
    ck_assert(!find(HTTP_GET, "/api/v1/samples/" SAMPLE_ID "/finish"));
    ck_assert_text_eq(allow, "POST");
    ck_assert(!find(HTTP_POST, "/api/v1/tinies"));
    ck_assert_text_eq(allow, "GET, HEAD");
}
END_TEST

START_TEST(an_update_needs_the_version_seen)
{
    ck_assert(!parse(HTTP_PATCH, "/api/v1/samples/" SAMPLE_ID, "{\"progress\":1}"));
    ck_assert_int_eq(fault.code, ERR_NO_VERSION);
    ck_assert(find(HTTP_DELETE, "/api/v1/samples/" SAMPLE_ID));
    ck_assert(!resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(fault.code, ERR_NO_VERSION);
    request.if_match = STR("\"v4-abc\"");
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(op->version, 4);
    request.if_match = STR("*");
    ck_assert(!resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
}
END_TEST

START_TEST(an_update_asks_for_the_version_in_its_own_condition)
{
    struct write_plan plan;
    ck_assert(find(HTTP_PATCH, "/api/v1/samples/" SAMPLE_ID));
    request.if_match = STR("\"v4\"");
    request.content_type = STR("application/json");
    request.body = STR("{\"progress\":1,\"title\":\"x'; drop\"}");
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    record_plan_write(arena, op, &plan);
    ck_assert_text_eq(plan.stmts[0].sql, "update app.sample set progress = $1, title = $2"
                                         " where id = $3 and version = $4 returning id, version");
    ck_assert_text_eq(plan.stmts[0].params[1], "x'; drop");
    ck_assert_text_eq(plan.stmts[0].params[3], "4");
    ck_assert_contains(plan.stmts[1].sql, "from api.samples as r where r.id = $1");
    ck_assert(plan.must_change);
}
END_TEST

START_TEST(a_create_gets_an_id_of_version_seven)
{
    struct write_plan plan;
    ck_assert(parse(HTTP_POST, "/api/v1/samples", "{\"title\":\"abc\"}"));
    record_plan_write(arena, op, &plan);
    ck_assert_text_eq(plan.stmts[0].sql, "insert into app.sample (id, title) values ($1, $2)");
    ck_assert_uint_eq(plan.id.len, 36);
    ck_assert_int_eq(plan.id.ptr[14], '7');
    ck_assert_uint_eq(plan.stmts[0].params[0].len, 36);
}
END_TEST

START_TEST(a_command_calls_its_function_with_the_checked_body)
{
    struct write_plan plan;
    ck_assert(find(HTTP_POST, "/api/v1/samples/" SAMPLE_ID "/finish"));
    request.if_match = STR("\"v2\"");
    request.content_type = STR("application/json");
    request.body = STR("{ \"note\" : \"xong\" }");
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    record_plan_write(arena, op, &plan);
    ck_assert_text_eq(plan.stmts[0].sql,
                      "select api.sample_finish($1::uuid, $2::integer, $3::jsonb)");
    ck_assert_text_eq(plan.stmts[0].params[2], "{\"note\":\"xong\"}");
    ck_assert_uint_eq(plan.count, 2);
}
END_TEST

START_TEST(a_command_without_required_fields_needs_no_body)
{
    ck_assert(parse(HTTP_POST, "/api/v1/samples/" SAMPLE_ID "/count", NULL));
    ck_assert_text_eq(op->body, "{}");
    ck_assert(!parse(HTTP_POST, "/api/v1/samples/" SAMPLE_ID "/count", "{\"x\":1}"));
    ck_assert_text_eq(fault.fields->code, "unknown_field");
}
END_TEST

START_TEST(a_body_must_be_json_and_say_so)
{
    ck_assert(!parse(HTTP_POST, "/api/v1/samples", "{\"title\":\"abc\",}"));
    ck_assert_int_eq(fault.code, ERR_BAD_JSON);
    ck_assert(find(HTTP_POST, "/api/v1/samples"));
    request.body = STR("{\"title\":\"abc\"}");
    request.content_type = STR("text/plain");
    ck_assert(!resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(fault.code, ERR_MEDIA_TYPE);
}
END_TEST

START_TEST(an_array_is_a_bulk_whose_wrong_rows_are_kept)
{
    ck_assert(parse(HTTP_POST, "/api/v1/samples", "[{\"title\":\"abc\"},{\"title\":\"\"},5]"));
    ck_assert_int_eq(op->verb, VERB_BULK_CREATE);
    ck_assert_uint_eq(op->row_count, 3);
    ck_assert(!op->rows[0].is_wrong && op->rows[1].is_wrong && op->rows[2].is_wrong);
    ck_assert_text_eq(op->rows[1].err.fields->pointer, "/1/title");
    ck_assert_text_eq(op->rows[2].err.fields->pointer, "/2");
}
END_TEST

START_TEST(a_row_of_a_bulk_update_names_its_record_and_version)
{
    ck_assert(parse(HTTP_PATCH, "/api/v1/samples",
                    "[{\"id\":\"" SAMPLE_ID "\",\"version\":3,\"progress\":5},{\"progress\":5},"
                    "{\"id\":\"x\",\"version\":0,\"progress\":5}]"));
    ck_assert(!op->rows[0].is_wrong);
    ck_assert_int_eq(op->rows[0].version, 3);
    ck_assert_text_eq(op->rows[1].err.fields->pointer, "/1/id");
    ck_assert_text_eq(op->rows[1].err.last->pointer, "/1/version");
    ck_assert_text_eq(op->rows[2].err.fields->code, "bad_uuid");
}
END_TEST

START_TEST(an_empty_or_endless_bulk_is_refused)
{
    struct text t = {.arena = arena};
    ck_assert(!parse(HTTP_POST, "/api/v1/samples", "[]"));
    ck_assert_text_eq(fault.fields->code, "too_few");
    for (int i = 0; i <= BULK_ROWS_MAX; i++)
        text_append(&t, i == 0 ? STR("[{}") : STR(",{}"));
    text_append(&t, STR("]"));
    ck_assert(!parse(HTTP_POST, "/api/v1/samples", str_cstr(arena, text_str(&t))));
    ck_assert_text_eq(fault.fields->code, "too_many");
    ck_assert(!parse(HTTP_PATCH, "/api/v1/samples", "{\"progress\":1}"));
}
END_TEST

START_TEST(only_dry_run_may_be_asked_of_a_write)
{
    struct http_pair pairs[] = {{STR_INIT("dry_run"), STR_INIT("true")},
                                {STR_INIT("force"), STR_INIT("1")}};
    ck_assert(find(HTTP_POST, "/api/v1/samples"));
    request.body = STR("{\"title\":\"abc\"}");
    request.content_type = STR("application/json");
    request.query = pairs;
    request.query_count = 1;
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    ck_assert(op->is_dry_run);
    request.query_count = 2;
    ck_assert(!resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(fault.code, ERR_BAD_QUERY);
    ck_assert_text_eq(fault.fields->pointer, "?force");
}
END_TEST

START_TEST(a_key_ties_a_request_to_all_that_its_effect_depends_on)
{
    ck_assert(find(HTTP_POST, "/api/v1/samples"));
    request.content_type = STR("application/json");
    request.idempotency_key = STR("k1");
    request.body = STR("{\"title\":\"abc\"}");
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    struct str first = op->request_hash;
    ck_assert_uint_eq(first.len, 64);
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    ck_assert(str_equal(first, op->request_hash));
    request.body = STR("{\"title\":\"abd\"}");
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    ck_assert(!str_equal(first, op->request_hash));
    request.idempotency_key = STR("a\nb");
    ck_assert(!resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
}
END_TEST

START_TEST(lists_may_be_csv_and_items_not)
{
    ck_assert(find(HTTP_GET, "/api/v1/samples"));
    request.accept = STR("text/csv");
    ck_assert(resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(op->format, FORMAT_CSV);
    ck_assert(find(HTTP_GET, "/api/v1/samples/" SAMPLE_ID));
    request.accept = STR("text/csv");
    ck_assert(!resource_parse(arena, &route, &request, &op, &fault));
    ck_assert_int_eq(fault.code, ERR_NOT_ACCEPTABLE);
}
END_TEST

/* The rule is found by the end of the cause, which db/ writes: held together here. */
START_TEST(a_check_over_several_columns_points_at_the_field_of_its_rule)
{
    struct sqlstate_report report = {.sqlstate = STR("23514"),
                                     .message = STR("new row violates check constraint"),
                                     .table = STR("sample"),
                                     .constraint = STR("sample_days")};
    fault = (struct err){0};
    sqlstate_map(arena, &report, &fault);
    ck_assert_ptr_null(fault.fields);
    record_explain_rule(arena, &sample, &fault);
    ck_assert_text_eq(fault.fields->pointer, "/due_on");
    ck_assert_text_eq(fault.fields->code, "wrong_order");
    report.constraint = STR("other_sample_days");
    fault = (struct err){0};
    sqlstate_map(arena, &report, &fault);
    record_explain_rule(arena, &sample, &fault);
    ck_assert_ptr_null(fault.fields);
}
END_TEST

START_TEST(a_refused_bulk_is_a_problem_that_tells_every_row)
{
    struct http_response answer;
    struct row_result results[3] = {
        {.status = 201, .id = STR(SAMPLE_ID)}, {.status = 422}, {.status = 409}};
    struct outcome o = {.results = results, .result_count = 3, .is_refused = true};
    err_field(arena, &results[1].err, ERR_INVALID, STR("/1/title"), STR("too_short"));
    results[2].err.code = ERR_DUPLICATE;
    ck_assert(parse(HTTP_POST, "/api/v1/samples", "[{\"title\":\"abc\"}]"));
    ck_assert(resource_write(arena, op, &o, &request, &answer, &fault));
    ck_assert_int_eq(answer.status, 422);
    ck_assert_text_eq(answer.content_type, "application/problem+json");
    ck_assert_contains(answer.body, "{\"pointer\":\"/1/title\",\"code\":\"too_short\"");
    ck_assert_contains(answer.body, "{\"pointer\":\"/2\",\"code\":\"duplicate\"");
    ck_assert_contains(
        answer.body,
        "\"results\":[{\"status\":424},{\"status\":422,\"type\":\"/errors/invalid-input\","
        "\"errors\":[{\"pointer\":\"/1/title\",\"code\":\"too_short\"}]},{\"status\":409,");
    ck_assert_lacks(answer.body, SAMPLE_ID);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("resource");
    TCase *t = tcase_create("before the database");
    tcase_add_checked_fixture(t, open_sample, unit_close);
    tcase_add_loop_test(t, a_path_and_a_method_make_a_verb, 0, COUNT(routes));
    tcase_add_loop_test(t, an_unknown_path_is_not_found, 0, COUNT(nowhere));
    tcase_add_test(t, a_wrong_method_is_told_the_right_ones);
    tcase_add_test(t, an_update_needs_the_version_seen);
    tcase_add_test(t, an_update_asks_for_the_version_in_its_own_condition);
    tcase_add_test(t, a_create_gets_an_id_of_version_seven);
    tcase_add_test(t, a_command_calls_its_function_with_the_checked_body);
    tcase_add_test(t, a_command_without_required_fields_needs_no_body);
    tcase_add_test(t, a_body_must_be_json_and_say_so);
    tcase_add_test(t, an_array_is_a_bulk_whose_wrong_rows_are_kept);
    tcase_add_test(t, a_row_of_a_bulk_update_names_its_record_and_version);
    tcase_add_test(t, an_empty_or_endless_bulk_is_refused);
    tcase_add_test(t, only_dry_run_may_be_asked_of_a_write);
    tcase_add_test(t, a_key_ties_a_request_to_all_that_its_effect_depends_on);
    tcase_add_test(t, lists_may_be_csv_and_items_not);
    tcase_add_test(t, a_check_over_several_columns_points_at_the_field_of_its_rule);
    tcase_add_test(t, a_refused_bulk_is_a_problem_that_tells_every_row);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
