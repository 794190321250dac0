/* Looking at answers, by JSON pointer and by header. */
#include <string.h>

#include <json-c/json_pointer.h>

#include "client.h"
#include "client_private.h"

const char *header_of(const struct reply *r, const char *name)
{
    for (const char *line = r->headers; *line != '\0';) {
        const char *end = strstr(line, "\r\n");
        if (end == NULL)
            break;
        if (line_names(line, name)) {
            const char *value = line + strlen(name) + 1;
            value += strspn(value, " ");
            return keep_copy(value, (size_t)(end - value));
        }
        line = end + 2;
    }
    return NULL;
}

static bool seek(const struct reply *r, const char *pointer, struct json_object **out)
{
    ck_assert_msg(r->json != NULL, "no JSON (status %ld): %.800s", r->status, r->body);
    *out = NULL;
    return json_pointer_get(r->json, pointer, out) == 0;
}

struct json_object *at(const struct reply *r, const char *pointer)
{
    struct json_object *value;
    ck_assert_msg(seek(r, pointer, &value), "no %s in %.1500s", pointer, r->body);
    return value;
}

const char *text_at(const struct reply *r, const char *pointer)
{
    struct json_object *value = at(r, pointer);
    ck_assert_msg(value != NULL, "%s is null in %.1500s", pointer, r->body);
    return json_object_get_string(value);
}

int64_t int_at(const struct reply *r, const char *pointer)
{
    struct json_object *value = at(r, pointer);
    ck_assert_msg(json_object_is_type(value, json_type_int), "%s is no integer in %.1500s", pointer,
                  r->body);
    return json_object_get_int64(value);
}

bool has(const struct reply *r, const char *pointer)
{
    struct json_object *value;
    return seek(r, pointer, &value);
}

bool is_null_at(const struct reply *r, const char *pointer)
{
    return at(r, pointer) == NULL;
}

size_t count_at(const struct reply *r, const char *pointer)
{
    struct json_object *value = at(r, pointer);
    ck_assert_msg(json_object_is_type(value, json_type_array), "%s is no array in %.1500s", pointer,
                  r->body);
    return json_object_array_length(value);
}

bool array_has(const struct reply *r, const char *pointer, const char *word)
{
    struct json_object *list = at(r, pointer);
    for (size_t i = 0; list != NULL && i < json_object_array_length(list); i++)
        if (strcmp(json_object_get_string(json_object_array_get_idx(list, i)), word) == 0)
            return true;
    return false;
}

const char *text_in(struct json_object *item, const char *key)
{
    struct json_object *value;
    ck_assert_msg(json_object_object_get_ex(item, key, &value), "no %s in %s", key,
                  json_object_to_json_string(item));
    return value == NULL ? NULL : json_object_get_string(value);
}

int64_t int_in(struct json_object *item, const char *key)
{
    struct json_object *value;
    ck_assert_msg(json_object_object_get_ex(item, key, &value), "no %s in %s", key,
                  json_object_to_json_string(item));
    return json_object_get_int64(value);
}

int find_item(const struct reply *r, const char *key, const char *value)
{
    struct json_object *items = at(r, "/items");
    for (size_t i = 0; i < json_object_array_length(items); i++) {
        const char *text = text_in(json_object_array_get_idx(items, i), key);
        if (text != NULL && strcmp(text, value) == 0)
            return (int)i;
    }
    return -1;
}

struct json_object *walk(const struct caller *c, const char *path)
{
    struct json_object *all = json_object_new_array();
    const char *next = path;
    for (int page = 0; next != NULL; page++) {
        ck_assert_msg(page < 500, "%s: the next links do not end", path);
        const struct reply *r = get(c, "%s", next);
        ck_status(r, 200);
        struct json_object *items = at(r, "/items");
        for (size_t i = 0; i < json_object_array_length(items); i++)
            json_object_array_add(all, json_object_get(json_object_array_get_idx(items, i)));
        next = is_null_at(r, "/next") ? NULL : text_at(r, "/next");
    }
    return all;
}

void ck_problem(const struct reply *r, int status, const char *slug)
{
    ck_status(r, status);
    const char *type = header_of(r, "Content-Type");
    ck_assert_msg(type != NULL && strncmp(type, "application/problem+json", 24) == 0,
                  "content type %s of %s", type, r->body);
    ck_assert_msg(strcmp(text_at(r, "/type"), form("/errors/%s", slug)) == 0, "not %s: %s", slug,
                  r->body);
    ck_assert_int_eq(int_at(r, "/status"), status);
    ck_assert(strlen(text_at(r, "/title")) > 0);
    ck_assert(strlen(text_at(r, "/instance")) > 0);
}

void ck_field(const struct reply *r, const char *pointer, const char *code)
{
    struct json_object *errors = at(r, "/errors");
    for (size_t i = 0; i < json_object_array_length(errors); i++) {
        struct json_object *e = json_object_array_get_idx(errors, i);
        if (strcmp(text_in(e, "pointer"), pointer) != 0)
            continue;
        ck_assert_msg(code == NULL || strcmp(text_in(e, "code"), code) == 0, "%s is not %s: %s",
                      pointer, code, r->body);
        ck_assert(strlen(text_in(e, "detail")) > 0);
        return;
    }
    ck_abort_msg("%s is not named in %s", pointer, r->body);
}
