#include "client.h"
#include "client_private.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <curl/curl.h>

/* ---- memory kept to the end (and reachable, so that no leak checker complains) ---- */

struct kept {
    struct kept *next;
    char bytes[];
};
static struct kept *all_kept;

void *keep(size_t size)
{
    struct kept *k = calloc(1, sizeof *k + size);
    if (k == NULL)
        abort();
    k->next = all_kept;
    all_kept = k;
    return k->bytes;
}

char *keep_copy(const char *text, size_t length)
{
    char *copy = keep(length + 1);
    memcpy(copy, text, length);
    return copy;
}

static char *form_list(const char *fmt, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, fmt, list);
    ck_assert_int_ge(length, 0);
    char *text = keep((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, fmt, again);
    va_end(again);
    return text;
}

char *form(const char *fmt, ...)
{
    va_list list;
    va_start(list, fmt);
    char *text = form_list(fmt, list);
    va_end(list);
    return text;
}

char *fresh(const char *prefix)
{
    uint64_t noise = 0;
    ck_assert_int_eq((int)getrandom(&noise, sizeof noise, 0), (int)sizeof noise);
    return form("%s%012llx", prefix, (unsigned long long)(noise & 0xffffffffffffULL));
}

const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL || value[0] == '\0') {
        fprintf(stderr, "%s is not set: see tests/api/client.h\n", name);
        exit(2);
    }
    return value;
}

/* ---- who asks ---- */

const struct caller nobody = {.login = "nobody"};

/* Splits the accounts file at the line of `login`; field 0 is the login itself. */
static char *account_field(const char *login, int field)
{
    char line[1024];
    FILE *file = fopen(setting("DANVAN_TEST_ACCOUNTS"), "r");
    ck_assert_msg(file != NULL, "accounts file: %s", strerror(errno));
    while (fgets(line, sizeof line, file) != NULL) {
        char *rest = line;
        char *cell = strsep(&rest, "\t\n");
        if (strcmp(cell, login) != 0)
            continue;
        for (int i = 0; i < field && cell != NULL; i++)
            cell = strsep(&rest, "\t\n");
        fclose(file);
        ck_assert_msg(cell != NULL, "account %s has no field %d", login, field);
        return keep_copy(cell, strlen(cell));
    }
    fclose(file);
    ck_abort_msg("no account %s in the accounts file", login);
}

const char *password_of(const char *login)
{
    return account_field(login, 1);
}

int unit_of(const char *login)
{
    return (int)db_int("select home_unit_id from app.user_account where login = $1", login);
}

struct caller *sign_in(const char *login, const char *password)
{
    struct json_object *body = json_object_new_object();
    json_object_object_add(body, "login", json_object_new_string(login));
    json_object_object_add(body, "password", json_object_new_string(password));
    const struct reply *r =
        ask(&nobody, "POST", "/api/v1/session", json_object_to_json_string(body), NULL);
    ck_assert_msg(r->status == 201, "sign-in of %s: %ld %s", login, r->status, r->body);
    const char *cookie = header_of(r, "Set-Cookie");
    ck_assert_ptr_nonnull(cookie);
    struct caller *c = keep(sizeof *c);
    c->login = login;
    c->cookie = keep_copy(cookie, strcspn(cookie, ";"));
    c->csrf = text_at(r, "/csrf_token");
    c->scope = text_at(r, "/scope");
    json_object_put(body);
    return c;
}

const struct caller *as(const char *login)
{
    static struct {
        const char *login;
        struct caller *caller;
    } known[32];
    size_t i = 0;
    while (known[i].login != NULL && strcmp(known[i].login, login) != 0)
        i++;
    ck_assert_uint_lt(i, sizeof known / sizeof known[0] - 1);
    if (known[i].login == NULL) {
        known[i].caller = sign_in(login, password_of(login));
        known[i].login = login;
    }
    return known[i].caller;
}

/* ---- asking ---- */

struct buffer {
    char *text;
    size_t length;
};

static size_t collect(char *data, size_t size, size_t count, void *to)
{
    struct buffer *b = to;
    char *grown = keep(b->length + size * count + 1);
    if (b->length > 0)
        memcpy(grown, b->text, b->length);
    memcpy(grown + b->length, data, size * count);
    b->text = grown;
    b->length += size * count;
    return size * count;
}

/* Headers of the last answer only: an interim "100 Continue" starts a block of its own. */
static size_t collect_header(char *data, size_t size, size_t count, void *to)
{
    struct buffer *b = to;
    if (size * count > 5 && memcmp(data, "HTTP/", 5) == 0)
        b->length = 0;
    return collect(data, size, count, to);
}

bool line_names(const char *line, const char *name)
{
    size_t length = strlen(name);
    return strncasecmp(line, name, length) == 0 && line[length] == ':';
}

struct lines {
    struct curl_slist *list;
    bool has_csrf;
    bool has_type;
};

static void add_line(struct lines *l, const char *line)
{
    l->has_csrf = l->has_csrf || line_names(line, "X-CSRF-Token");
    l->has_type = l->has_type || line_names(line, "Content-Type");
    l->list = curl_slist_append(l->list, line);
}

static void add_usual_lines(struct lines *l, const struct caller *c, bool is_safe, const char *body)
{
    if (c->cookie != NULL)
        add_line(l, form("Cookie: %s", c->cookie));
    if (c->bearer != NULL)
        add_line(l, form("Authorization: Bearer %s", c->bearer));
    if (c->csrf != NULL && !is_safe && !l->has_csrf)
        add_line(l, form("X-CSRF-Token: %s", c->csrf));
    if (!l->has_type)
        add_line(l, body != NULL ? "Content-Type: application/json" : "Content-Type:");
    add_line(l, "Expect:");
}

static struct reply *perform(CURL *curl, struct buffer *head, struct buffer *body)
{
    struct reply *r = keep(sizeof *r);
    head->text = "";
    body->text = "";
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, collect_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, head);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    CURLcode code = curl_easy_perform(curl);
    ck_assert_msg(code == CURLE_OK, "no answer: %s", curl_easy_strerror(code));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &r->status);
    r->headers = head->text;
    r->body = body->text;
    r->length = body->length;
    r->json = body->length > 0 ? json_tokener_parse(body->text) : NULL;
    return r;
}

struct reply *ask(const struct caller *c, const char *method, const char *path, const char *body,
                  ...)
{
    struct lines lines = {NULL, false, false};
    struct buffer head = {NULL, 0};
    struct buffer got = {NULL, 0};
    va_list list;
    va_start(list, body);
    for (const char *line = va_arg(list, const char *); line != NULL;
         line = va_arg(list, const char *))
        add_line(&lines, line);
    va_end(list);
    bool is_safe = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    add_usual_lines(&lines, c, is_safe, body);

    CURL *curl = curl_easy_init();
    ck_assert_ptr_nonnull(curl);
    curl_easy_setopt(
        curl, CURLOPT_URL,
        strncmp(path, "http", 4) == 0 ? path : form("%s%s", setting("DANVAN_TEST_URL"), path));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.list);
    if (body != NULL) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(body));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    } else if (strcmp(method, "POST") == 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, 0L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "");
    }
    if (strcmp(method, "HEAD") == 0)
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    struct reply *r = perform(curl, &head, &got);
    curl_easy_cleanup(curl);
    curl_slist_free_all(lines.list);
    return r;
}

struct reply *get(const struct caller *c, const char *path_format, ...)
{
    va_list list;
    va_start(list, path_format);
    const char *path = form_list(path_format, list);
    va_end(list);
    return ask(c, "GET", path, NULL, NULL);
}

struct reply *post(const struct caller *c, const char *path, const char *body_format, ...)
{
    va_list list;
    va_start(list, body_format);
    const char *body = form_list(body_format, list);
    va_end(list);
    return ask(c, "POST", path, body[0] == '\0' ? NULL : body, NULL);
}

struct reply *patch(const struct caller *c, const char *path, int64_t version,
                    const char *body_format, ...)
{
    va_list list;
    va_start(list, body_format);
    const char *body = form_list(body_format, list);
    va_end(list);
    return ask(c, "PATCH", path, body, form("If-Match: \"%lld\"", (long long)version), NULL);
}

struct reply *del(const struct caller *c, const char *path, int64_t version)
{
    return ask(c, "DELETE", path, NULL, form("If-Match: \"%lld\"", (long long)version), NULL);
}
