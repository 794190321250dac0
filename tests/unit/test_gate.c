#include "http/gate.h"
#include "unit.h"

UNIT_ARENA

enum { BEGIN = 1, ABORT = 2, PARAMS = 4, STDIN = 5, DATA = 8, GET_VALUES = 9, UNKNOWN = 11 };

static struct text wire;

static void open_wire(void)
{
    unit_open();
    wire = (struct text){.arena = arena};
}

static void record_padded(unsigned type, unsigned id, struct str content, unsigned padding)
{
    const unsigned char header[8] = {1,
                                     (unsigned char)type,
                                     (unsigned char)(id >> 8),
                                     (unsigned char)id,
                                     (unsigned char)(content.len >> 8),
                                     (unsigned char)content.len,
                                     (unsigned char)padding,
                                     0};
    text_append(&wire, (struct str){(const char *)header, sizeof header});
    text_append(&wire, content);
    for (unsigned i = 0; i < padding; i++)
        text_byte(&wire, '\x5a');
}

static void record(unsigned type, unsigned id, struct str content)
{
    record_padded(type, id, content, 0);
}

static void begin(unsigned id, unsigned role, unsigned flags)
{
    const char body[8] = {(char)(role >> 8), (char)role, (char)flags, 0, 0, 0, 0, 0};
    record(BEGIN, id, (struct str){body, sizeof body});
}

static void put_length(struct text *t, size_t length, bool is_long)
{
    if (length < 128 && !is_long) {
        text_byte(t, (char)length);
        return;
    }
    text_byte(t, (char)(0x80 | length >> 24));
    text_byte(t, (char)(length >> 16));
    text_byte(t, (char)(length >> 8));
    text_byte(t, (char)length);
}

static void put_pair(struct text *t, struct str name, struct str value)
{
    put_length(t, name.len, false);
    put_length(t, value.len, false);
    text_append(t, name);
    text_append(t, value);
}

static struct str some_pairs(void)
{
    struct text t = {.arena = arena};
    put_pair(&t, STR("REQUEST_METHOD"), STR("POST"));
    put_pair(&t, STR("REQUEST_URI"), STR("/api/v1/plans"));
    put_pair(&t, STR("HTTP_EMPTY"), STR(""));
    struct str value = str_printf(arena, "%0200d", 7);
    put_pair(&t, STR("HTTP_LONG"), value);
    return text_str(&t);
}

static enum gate_verdict check(void)
{
    const char *why = "unset";
    enum gate_verdict v = gate_check(text_str(&wire), &why);
    ck_assert((why != NULL) == (v == GATE_REFUSE));
    return v;
}

/* The rest of a request behind what was put on the wire. */
static void finish(void)
{
    record(PARAMS, 1, STR(""));
    record(STDIN, 1, STR(""));
}

static void with_params(struct str stream)
{
    begin(1, 1, 0);
    record(PARAMS, 1, stream);
    finish();
}

static void ordinary(void)
{
    begin(1, 1, 0);
    record_padded(PARAMS, 1, some_pairs(), 5);
    record(PARAMS, 1, STR(""));
    record(STDIN, 1, STR("{\"a\":1}"));
    record_padded(STDIN, 1, STR("more"), 255);
    record(STDIN, 1, STR(""));
}

START_TEST(an_ordinary_request_is_whole)
{
    ordinary();
    ck_assert_int_eq(check(), GATE_WHOLE);
}
END_TEST

START_TEST(a_request_without_parameters_or_body_is_whole)
{
    begin(1, 1, 0);
    finish();
    ck_assert_int_eq(check(), GATE_WHOLE);
}
END_TEST

START_TEST(a_request_cut_at_any_byte_needs_more)
{
    const char *why;
    ordinary();
    for (size_t len = 0; len < wire.len; len++)
        ck_assert_int_eq(gate_check(str_slice(text_str(&wire), 0, len), &why), GATE_MORE);
}
END_TEST

START_TEST(parameters_may_be_cut_into_records_anywhere)
{
    struct str stream = some_pairs();
    for (size_t cut = 1; cut < stream.len; cut++) {
        wire.len = 0;
        begin(1, 1, 0);
        record_padded(PARAMS, 1, str_slice(stream, 0, cut), (unsigned)cut % 9);
        record(PARAMS, 1, str_slice(stream, cut, stream.len));
        finish();
        ck_assert_int_eq(check(), GATE_WHOLE);
    }
}
END_TEST

START_TEST(a_changed_byte_never_makes_the_gate_read_outside)
{
    /* The verdict is free; AddressSanitizer is the judge, so the copy is exactly as long. */
    const char *why;
    ordinary();
    char *exact = malloc(wire.len);
    ck_assert_ptr_nonnull(exact);
    for (size_t at = 0; at < wire.len; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            wire.ptr[at] = (char)(wire.ptr[at] ^ (1 << bit));
            memcpy(exact, wire.ptr, wire.len);
            gate_check((struct str){exact, wire.len}, &why);
            wire.ptr[at] = (char)(wire.ptr[at] ^ (1 << bit));
        }
    }
    free(exact);
}
END_TEST

START_TEST(the_keep_connection_flag_is_refused)
{
    begin(1, 1, 1);
    finish();
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(an_unknown_flag_is_refused)
{
    begin(1, 1, 1u << _i);
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_role_other_than_responder_is_refused)
{
    static const unsigned roles[] = {0, 2, 3, 256, 257, 65535};
    begin(1, roles[_i], 0);
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(request_id_zero_is_refused)
{
    begin(0, 1, 0);
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_request_id_of_two_bytes_is_fine)
{
    begin(0x1234, 1, 0);
    record(PARAMS, 0x1234, some_pairs());
    record(PARAMS, 0x1234, STR(""));
    record(STDIN, 0x1234, STR(""));
    ck_assert_int_eq(check(), GATE_WHOLE);
}
END_TEST

START_TEST(another_version_is_refused_at_its_first_byte)
{
    static const char versions[] = {0, 2, 'G', '{', (char)0xff};
    text_byte(&wire, versions[_i]);
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_begin_of_another_size_is_refused)
{
    record(BEGIN, 1, str_slice(STR("\0\1\0\0\0\0\0\0\0"), 0, (size_t)_i));
    ck_assert_int_eq(check(), _i == 8 ? GATE_MORE : GATE_REFUSE);
}
END_TEST

/* F1: a record naming FCGI_MAX_CONNS four times overruns a stack buffer of libfcgi. */
START_TEST(a_get_values_record_is_refused_wherever_it_stands)
{
    struct text names = {.arena = arena};
    for (int i = 0; i < 4; i++)
        put_pair(&names, STR("FCGI_MAX_CONNS"), STR(""));
    unsigned id = _i % 2 == 0 ? 0 : 1;
    if (_i >= 2)
        begin(1, 1, 0);
    if (_i >= 4)
        record(PARAMS, 1, some_pairs());
    if (_i >= 6)
        record(PARAMS, 1, STR(""));
    if (_i >= 8)
        record(STDIN, 1, STR(""));
    record(GET_VALUES, id, text_str(&names));
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

/* F2: lengths whose sum overflows, or that make malloc fail and libfcgi assert. */
START_TEST(a_parameter_longer_than_its_stream_is_refused)
{
    static const struct str streams[] = {
        STR_INIT("\xff\xff\xff\xfe\x01"
                 "A"), /* 7ffffffe + 1 */
        STR_INIT("\xff\xff\xff\xff\xff\xff\xff\xff"
                 "A"), /* 7fffffff + 7fffffff */
        STR_INIT("\x01\xff\xff\xff\xff"
                 "A"),
        STR_INIT("\x80\x00\x00\x02\x00"
                 "A"),
        STR_INIT("\x01\x01"
                 "A"),
        STR_INIT("\x02\x00"
                 "A"),
        STR_INIT("\x7f\x7f"
                 "A"),
        STR_INIT("\x01\x00"
                 "A\x01"),
        STR_INIT("\x80"),
        STR_INIT("\x80\x00"),
        STR_INIT("\x80\x00\x00"),
        STR_INIT("\x01"),
        STR_INIT("\x01\x80\x00\x00"),
    };
    with_params(streams[_i % 13]);
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

/* F13: the content of an unknown management record would be read as parameters. */
START_TEST(an_unknown_record_type_is_refused)
{
    if (_i == BEGIN || _i == PARAMS)
        return;
    begin(1, 1, 0);
    record((unsigned)_i, 0, some_pairs());
    ck_assert_int_eq(check(), GATE_REFUSE);
    wire.len = 0;
    begin(1, 1, 0);
    record((unsigned)_i, 1, some_pairs());
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_record_of_a_foreign_id_is_refused)
{
    unsigned foreign = _i % 2 == 0 ? 2 : 0;
    begin(1, 1, 0);
    if (_i >= 2)
        record(PARAMS, 1, some_pairs());
    if (_i >= 4)
        record(PARAMS, 1, STR(""));
    record(_i >= 4 ? STDIN : PARAMS, foreign, STR("")); /* of length zero, as in F13 */
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_second_begin_is_refused)
{
    begin(1, 1, 0);
    begin(1, 1, 0);
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(stdin_before_the_end_of_params_is_refused)
{
    begin(1, 1, 0);
    record(PARAMS, 1, some_pairs());
    record(STDIN, 1, STR(""));
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(params_after_their_end_are_refused)
{
    begin(1, 1, 0);
    record(PARAMS, 1, STR(""));
    record(PARAMS, 1, some_pairs());
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(bytes_after_the_request_are_refused)
{
    ordinary();
    text_byte(&wire, _i == 0 ? 1 : 'x');
    ck_assert_int_eq(check(), GATE_REFUSE);
    wire.len--;
    begin(1, 1, 0); /* a second request behind the first */
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_doubled_parameter_is_refused)
{
    struct text t = {.arena = arena};
    put_pair(&t, STR("REQUEST_URI"), STR("/a"));
    put_pair(&t, STR("OTHER"), STR("/a"));
    put_pair(&t, STR("REQUEST_URI"), _i == 0 ? STR("/a") : STR("/b"));
    with_params(text_str(&t));
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_nul_in_a_name_or_value_is_refused)
{
    struct text t = {.arena = arena};
    if (_i == 0)
        put_pair(&t, STR("A\0B"), STR("x"));
    else
        put_pair(&t, STR("AB"), _i == 1 ? STR("x\0") : STR("\0"));
    with_params(text_str(&t));
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_parameter_without_a_name_or_with_an_equals_sign_in_it_is_refused)
{
    struct text t = {.arena = arena};
    put_pair(&t, _i == 0 ? STR("") : STR("A=B"), STR("x"));
    with_params(text_str(&t));
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

START_TEST(a_short_length_in_four_bytes_is_fine)
{
    struct text t = {.arena = arena};
    put_length(&t, 1, true);
    put_length(&t, 2, true);
    text_append(&t, STR("Axy"));
    with_params(text_str(&t));
    ck_assert_int_eq(check(), GATE_WHOLE);
}
END_TEST

START_TEST(parameters_up_to_the_cap_pass_and_one_byte_more_does_not)
{
    struct text t = {.arena = arena};
    size_t value = GATE_PARAMS_MAX - 6 + (size_t)_i; /* 1 byte + 4 bytes of lengths, 1 of name */
    put_length(&t, 1, false);
    put_length(&t, value, true);
    text_byte(&t, 'A');
    for (size_t i = 0; i < value; i++)
        text_byte(&t, 'v');
    begin(1, 1, 0);
    record(PARAMS, 1, str_slice(text_str(&t), 0, 40000));
    record(PARAMS, 1, str_slice(text_str(&t), 40000, t.len));
    finish();
    ck_assert_int_eq(check(), _i == 0 ? GATE_WHOLE : GATE_REFUSE);
}
END_TEST

START_TEST(parameters_up_to_their_number_pass_and_one_more_does_not)
{
    struct text t = {.arena = arena};
    for (int i = 0; i < 256 + _i; i++)
        put_pair(&t, str_printf(arena, "N%d", i), STR("x"));
    with_params(text_str(&t));
    ck_assert_int_eq(check(), _i == 0 ? GATE_WHOLE : GATE_REFUSE);
}
END_TEST

/* A request of exactly `size` bytes. */
static void of_size(size_t size)
{
    static char block[60000];
    memset(block, 'b', sizeof block);
    begin(1, 1, 0);
    record(PARAMS, 1, STR(""));
    while (wire.len + 16 < size) {
        size_t left = size - wire.len - 16;
        record(STDIN, 1, (struct str){block, left < sizeof block + 16 ? left : sizeof block});
        if (left > sizeof block && left < sizeof block + 16)
            ck_abort_msg("choose another size");
    }
    record(STDIN, 1, STR(""));
    ck_assert_uint_eq(wire.len, size);
}

START_TEST(a_request_up_to_the_cap_passes_and_one_byte_more_does_not)
{
    of_size(GATE_REQUEST_MAX + (size_t)_i);
    ck_assert_int_eq(check(), _i == 0 ? GATE_WHOLE : GATE_REFUSE);
}
END_TEST

START_TEST(a_request_that_will_pass_the_cap_is_refused_before_its_bytes_are_there)
{
    const char *why;
    of_size(GATE_REQUEST_MAX + 1);
    /* Up to here the last record's header alone tells. */
    size_t last_header = GATE_REQUEST_MAX + 1 - 8 + 1;
    ck_assert_int_eq(gate_check(str_slice(text_str(&wire), 0, last_header), &why), GATE_REFUSE);
    ck_assert_int_eq(gate_check(str_slice(text_str(&wire), 0, GATE_REQUEST_MAX), &why),
                     GATE_REFUSE);
}
END_TEST

START_TEST(a_header_that_begins_at_the_cap_is_refused)
{
    const char *why;
    of_size(GATE_REQUEST_MAX + 8);
    ck_assert_int_eq(gate_check(str_slice(text_str(&wire), 0, GATE_REQUEST_MAX), &why),
                     GATE_REFUSE);
}
END_TEST

START_TEST(what_is_not_fastcgi_is_refused)
{
    static const char *const others[] = {"GET / HTTP/1.1\r\n", "\x16\x03\x01", "PRI * HTTP/2.0",
                                         "{}", "\x01GET"};
    text_append(&wire, str_from(others[_i]));
    ck_assert_int_eq(check(), GATE_REFUSE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gate");
    TCase *tests = tcase_create("gate");
    tcase_add_checked_fixture(tests, open_wire, unit_close);
    tcase_add_test(tests, an_ordinary_request_is_whole);
    tcase_add_test(tests, a_request_without_parameters_or_body_is_whole);
    tcase_add_test(tests, a_request_cut_at_any_byte_needs_more);
    tcase_add_test(tests, parameters_may_be_cut_into_records_anywhere);
    tcase_add_test(tests, a_changed_byte_never_makes_the_gate_read_outside);
    tcase_add_test(tests, the_keep_connection_flag_is_refused);
    tcase_add_loop_test(tests, an_unknown_flag_is_refused, 0, 8);
    tcase_add_loop_test(tests, a_role_other_than_responder_is_refused, 0, 6);
    tcase_add_test(tests, request_id_zero_is_refused);
    tcase_add_test(tests, a_request_id_of_two_bytes_is_fine);
    tcase_add_loop_test(tests, another_version_is_refused_at_its_first_byte, 0, 5);
    tcase_add_loop_test(tests, a_begin_of_another_size_is_refused, 0, 10);
    tcase_add_loop_test(tests, a_get_values_record_is_refused_wherever_it_stands, 0, 10);
    tcase_add_loop_test(tests, a_parameter_longer_than_its_stream_is_refused, 0, 13);
    tcase_add_loop_test(tests, an_unknown_record_type_is_refused, 0, 256);
    tcase_add_loop_test(tests, a_record_of_a_foreign_id_is_refused, 0, 6);
    tcase_add_test(tests, a_second_begin_is_refused);
    tcase_add_test(tests, stdin_before_the_end_of_params_is_refused);
    tcase_add_test(tests, params_after_their_end_are_refused);
    tcase_add_loop_test(tests, bytes_after_the_request_are_refused, 0, 2);
    tcase_add_loop_test(tests, a_doubled_parameter_is_refused, 0, 2);
    tcase_add_loop_test(tests, a_nul_in_a_name_or_value_is_refused, 0, 3);
    tcase_add_loop_test(tests, a_parameter_without_a_name_or_with_an_equals_sign_in_it_is_refused,
                        0, 2);
    tcase_add_test(tests, a_short_length_in_four_bytes_is_fine);
    tcase_add_loop_test(tests, parameters_up_to_the_cap_pass_and_one_byte_more_does_not, 0, 2);
    tcase_add_loop_test(tests, parameters_up_to_their_number_pass_and_one_more_does_not, 0, 2);
    tcase_add_loop_test(tests, a_request_up_to_the_cap_passes_and_one_byte_more_does_not, 0, 2);
    tcase_add_test(tests, a_request_that_will_pass_the_cap_is_refused_before_its_bytes_are_there);
    tcase_add_test(tests, a_header_that_begins_at_the_cap_is_refused);
    tcase_add_loop_test(tests, what_is_not_fastcgi_is_refused, 0, 5);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
