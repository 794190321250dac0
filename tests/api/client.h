/* A small HTTP client and a door to the database, for tests that look at the service from outside.
 *
 * The tests know only what a client of the API may know: the address, the accounts, and HTTP. The
 * database is used to arrange facts (a disabled account, another day) and to put them back, never
 * to learn what an answer should be. Surroundings come from the environment:
 *
 *   DANVAN_TEST_URL       http://127.0.0.1:PORT, no slash at the end
 *   DANVAN_TEST_SOCKET    the service's unix socket
 *   DANVAN_TEST_DSN       libpq connection string of a superuser of the test database
 *   DANVAN_TEST_ACCOUNTS  the demonstration accounts: login, password, unit, level, role (TSV)
 *
 * Everything handed out lives until the process ends (each test is a process of its own), so no
 * test frees anything. A call that cannot do its work fails the running test. */
#ifndef DANVAN_TESTS_API_CLIENT_H
#define DANVAN_TESTS_API_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <check.h>
#include <json-c/json.h>

#define FORMAT(fmt, args) __attribute__((format(printf, fmt, args)))

/* printf into memory that is never freed. */
char *form(const char *fmt, ...) FORMAT(1, 2);
/* A word that no earlier run has used: prefix and hexadecimal digits. */
char *fresh(const char *prefix);
/* A variable of the environment above; without it the program ends, saying so. */
const char *setting(const char *name);

/* ---- who asks ---- */

struct caller {
    const char *login;
    const char *cookie; /* "name=value"; NULL: none */
    const char *csrf;
    const char *bearer; /* an API token; NULL: none */
    const char *scope;
};

/* Nobody: sends neither cookie nor token. */
extern const struct caller nobody;
/* The demonstration account, signed in; the tests of one program share its session. */
const struct caller *as(const char *login);
/* Signs in afresh, whatever was remembered. */
struct caller *sign_in(const char *login, const char *password);
const char *password_of(const char *login);
/* Number of the account's unit. */
int unit_of(const char *login);

/* ---- asking ---- */

struct reply {
    long status;
    const char *headers; /* the whole block of the last answer */
    const char *body;
    size_t length;
    struct json_object *json; /* NULL when the body is no JSON */
};

/* The widest form: `body` may be NULL; extra header lines end with NULL. X-CSRF-Token and a JSON
 * Content-Type are added to unsafe requests unless a line of that name is given; the line "Name:"
 * leaves that header out altogether. */
struct reply *ask(const struct caller *c, const char *method, const char *path, const char *body,
                  ...) __attribute__((sentinel));
struct reply *get(const struct caller *c, const char *path_format, ...) FORMAT(2, 3);
struct reply *post(const struct caller *c, const char *path, const char *body_format, ...)
    FORMAT(3, 4);
/* With If-Match: "<version>". */
struct reply *patch(const struct caller *c, const char *path, int64_t version,
                    const char *body_format, ...) FORMAT(4, 5);
struct reply *del(const struct caller *c, const char *path, int64_t version);

/* ---- looking at the answer ---- */

/* Value of a header; NULL when absent. */
const char *header_of(const struct reply *r, const char *name);
/* By JSON pointer ("/items/0/id"). The first three fail the test when there is no such thing. */
struct json_object *at(const struct reply *r, const char *pointer);
const char *text_at(const struct reply *r, const char *pointer);
int64_t int_at(const struct reply *r, const char *pointer);
bool has(const struct reply *r, const char *pointer); /* present, be it null */
bool is_null_at(const struct reply *r, const char *pointer);
size_t count_at(const struct reply *r, const char *pointer); /* length of an array */
/* Does an array hold this string? */
bool array_has(const struct reply *r, const char *pointer, const char *word);
/* Index in /items of the one whose `key` reads `value`; -1 when none. */
int find_item(const struct reply *r, const char *key, const char *value);
/* All items of a list, walked by its next links (each page fails the test unless 200). */
struct json_object *walk(const struct caller *c, const char *path);
/* Item from the array that walk() gave. */
const char *text_in(struct json_object *item, const char *key);
int64_t int_in(struct json_object *item, const char *key);

/* The answer has this status; else fails the test showing the request's answer. */
#define ck_status(r, wanted)                                                                   \
    do {                                                                                       \
        const struct reply *r_ = (r);                                                          \
        ck_assert_msg(r_->status == (wanted), "status %ld instead of %d: %.1500s", r_->status, \
                      (int)(wanted), r_->body);                                                \
    } while (0)
/* … and is a problem+json of the given slug, whose `status` and `instance` fit. */
void ck_problem(const struct reply *r, int status, const char *slug);
/* The problem names this field ("/login" or "?cursor"); `code` NULL takes any. */
void ck_field(const struct reply *r, const char *pointer, const char *code);

/* ---- arranging facts ---- */

/* Runs SQL as the superuser; $1 is `param` (may be NULL when not used). */
void db_do(const char *sql, const char *param);
/* First column of the first row as text; NULL for no row or SQL NULL. */
char *db_text(const char *sql, const char *param);
int64_t db_int(const char *sql, const char *param);

/* Runs the suite, prints libcheck's closing line; main returns it. */
int run_suite(Suite *s);
/* A test case with a time limit fit for HTTP, begun with all demonstration accounts signed in. */
TCase *new_case(Suite *s, const char *name);

#endif
