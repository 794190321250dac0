#include "resource/openapi_text.h"

#include "http/json.h"

static void put_lead(struct text *t, const char *key)
{
    char last = t->len > 0 ? t->ptr[t->len - 1] : '{';
    if (t->len > 0 && last != '{' && last != '[')
        text_byte(t, ',');
    if (key != NULL)
        json_write_key(t, str_from(key));
}

void json_open(struct text *t, const char *key, char bracket)
{
    put_lead(t, key);
    text_byte(t, bracket);
}

void json_close(struct text *t, char bracket)
{
    text_byte(t, bracket);
}

void json_put_str(struct text *t, const char *key, struct str value)
{
    put_lead(t, key);
    json_write_string(t, value);
}

void json_put(struct text *t, const char *key, const char *value)
{
    if (value != NULL)
        json_put_str(t, key, str_from(value));
}

void json_put_raw(struct text *t, const char *key, const char *json)
{
    put_lead(t, key);
    text_append(t, str_from(json));
}

void json_put_int(struct text *t, const char *key, int64_t value)
{
    put_lead(t, key);
    json_write_int(t, value);
}

void json_put_ref(struct text *t, const char *key, const char *group, const char *name)
{
    put_lead(t, key);
    text_printf(t, "{\"$ref\":\"#/components/%s/%s\"}", group, name);
}

void json_open_content(struct text *t, const char *type)
{
    json_open(t, "content", '{');
    json_open(t, type, '{');
}

static void put_line(struct text *t, int depth)
{
    text_byte(t, '\n');
    for (int i = 0; i < depth; i++)
        text_append(t, STR("  "));
}

/* Index after the string that begins at `at`. */
static size_t skip_string(struct str s, size_t at)
{
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        if (s.ptr[at] == '\\')
            at++;
    return at + 1;
}

struct str json_pretty(struct arena *a, struct str json)
{
    struct text t = {.arena = a};
    int depth = 0;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        bool is_empty_pair = i + 1 < json.len && ((c == '{' && json.ptr[i + 1] == '}') ||
                                                  (c == '[' && json.ptr[i + 1] == ']'));
        if (c == '"') {
            size_t end = skip_string(json, i);
            text_append(&t, str_slice(json, i, end));
            i = end - 1;
        } else if (is_empty_pair) {
            text_append(&t, str_slice(json, i, i + 2));
            i++;
        } else if (c == '{' || c == '[') {
            text_byte(&t, c);
            put_line(&t, ++depth);
        } else if (c == '}' || c == ']') {
            put_line(&t, --depth);
            text_byte(&t, c);
        } else if (c == ',') {
            text_byte(&t, c);
            put_line(&t, depth);
        } else if (c == ':') {
            text_append(&t, STR(": "));
        } else if (c != ' ' && c != '\n') {
            text_byte(&t, c);
        }
    }
    text_byte(&t, '\n');
    return text_str(&t);
}
