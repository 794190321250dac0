/* A JSON object against a list of fields. All faults are told at once, each with its pointer. */
#include <json-c/json.h>
#include <regex.h>
#include <string.h>

#include "resource/operation.h"
#include "resource/value.h"

#define ARRAY_ITEMS_MAX      100
#define ARRAY_ITEM_CHARS_MAX 200
#define TEXT_CHARS_MAX       20000

static struct str borrow(struct json_object *v)
{
    return (struct str){json_object_get_string(v), (size_t)json_object_get_string_len(v)};
}

/* RFC 6901: ~ and / of a key are written ~0 and ~1. */
static struct str pointer_of(struct arena *a, struct str prefix, const char *key)
{
    struct text t = {.arena = a};
    text_append(&t, prefix);
    text_byte(&t, '/');
    for (const char *p = key; *p != '\0'; p++) {
        if (*p == '~')
            text_append(&t, STR("~0"));
        else if (*p == '/')
            text_append(&t, STR("~1"));
        else
            text_byte(&t, *p);
    }
    return text_str(&t);
}

/* Patterns are few and short, and only writes come here: compiled at each use. */
static bool matches(struct arena *a, const char *pattern, struct str text)
{
    regex_t re;
    const char *cstr =
        str_cstr(a, text); /* first: it may jump, and the pattern is not the arena's */
    if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool ok = regexec(&re, cstr, 0, NULL, 0) == 0;
    regfree(&re);
    return ok;
}

static struct str check_text(struct arena *a, const struct field *f, struct str text)
{
    int64_t length = (int64_t)value_characters(text);
    int64_t most = f->max > 0 ? f->max : TEXT_CHARS_MAX;
    if (!value_is_printable(text))
        return STR("bad_format");
    if (length > most)
        return STR("too_long");
    bool is_blank = true;
    for (size_t i = 0; i < text.len; i++)
        is_blank &=
            text.ptr[i] == ' ' || text.ptr[i] == '\t' || text.ptr[i] == '\n' || text.ptr[i] == '\r';
    if (is_blank && (f->flags & F_REQUIRED || f->min > 0))
        return STR("required");
    if (length < f->min)
        return STR("too_short");
    if (f->pattern != NULL && !matches(a, f->pattern, text))
        return STR("bad_format");
    return STR("");
}

static struct str read_int(struct arena *a, const struct field *f, struct json_object *v,
                           struct str *out)
{
    if (!json_object_is_type(v, json_type_int))
        return STR("wrong_type");
    int64_t number = json_object_get_int64(v);
    bool is_open = f->min == 0 && f->max == 0;
    int64_t most = is_open ? INT32_MAX : f->max;
    int64_t least = is_open ? INT32_MIN : f->min;
    if (number < least || number > most)
        return STR("out_of_range");
    *out = str_printf(a, "%lld", (long long)number);
    return STR("");
}

/* As PostgreSQL's array literal. */
static struct str read_array(struct arena *a, const struct field *f, struct json_object *v,
                             struct str *out)
{
    if (!json_object_is_type(v, json_type_array))
        return STR("wrong_type");
    size_t count = json_object_array_length(v);
    if (count > (f->max > 0 ? (size_t)f->max : ARRAY_ITEMS_MAX))
        return STR("too_many");
    if ((int64_t)count < f->min)
        return STR("too_few");
    struct text t = {.arena = a};
    text_byte(&t, '{');
    for (size_t i = 0; i < count; i++) {
        struct json_object *item = json_object_array_get_idx(v, i);
        if (!json_object_is_type(item, json_type_string))
            return STR("wrong_type");
        struct str s = borrow(item);
        if (!value_is_printable(s) || value_characters(s) > ARRAY_ITEM_CHARS_MAX)
            return STR("bad_format");
        text_append(&t, i > 0 ? STR(",\"") : STR("\""));
        for (size_t k = 0; k < s.len; k++) {
            if (s.ptr[k] == '"' || s.ptr[k] == '\\')
                text_byte(&t, '\\');
            text_byte(&t, s.ptr[k]);
        }
        text_byte(&t, '"');
    }
    text_byte(&t, '}');
    *out = text_str(&t);
    return STR("");
}

static struct str read_json(struct arena *a, struct json_object *v, struct str *out)
{
    if (!json_object_is_type(v, json_type_object) && !json_object_is_type(v, json_type_array))
        return STR("wrong_type");
    *out = str_copy(a, str_from(json_object_to_json_string_ext(v, JSON_C_TO_STRING_PLAIN)));
    return STR("");
}

static struct str read_string(struct arena *a, const struct field *f, struct json_object *v,
                              struct str *out)
{
    if (!json_object_is_type(v, json_type_string))
        return STR("wrong_type");
    *out = borrow(v);
    return f->type == FIELD_TEXT ? check_text(a, f, *out)
                                 : value_check(f->type, f->choices, f->choice_count, *out);
}

/* The value as statement parameter, or the word saying what is wrong with it. */
static struct str read_value(struct arena *a, const struct field *f, struct json_object *v,
                             struct str *out)
{
    *out = (struct str){NULL, 0};
    if (v == NULL) {
        if (f->flags & F_NULLABLE)
            return STR("");
        return STR("required");
    }
    switch (f->type) {
    case FIELD_INT:
    case FIELD_INT_REF:
        return read_int(a, f, v, out);
    case FIELD_BOOL:
        if (!json_object_is_type(v, json_type_boolean))
            return STR("wrong_type");
        *out = json_object_get_boolean(v) ? STR("true") : STR("false");
        return STR("");
    case FIELD_JSON:
        return read_json(a, v, out);
    case FIELD_TEXT_ARRAY:
        return read_array(a, f, v, out);
    default:
        return read_string(a, f, v, out);
    }
}

static bool fault(struct arena *a, struct err *e, struct str prefix, const char *key,
                  struct str word)
{
    return err_field(a, e, ERR_INVALID, pointer_of(a, prefix, key), word);
}

static bool check_required(struct arena *a, const struct field *fields, size_t count,
                           struct json_object *root, struct str prefix, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        if (!(fields[i].flags & F_REQUIRED) || !(fields[i].flags & F_CREATE))
            continue;
        if (!json_object_object_get_ex(root, fields[i].name.ptr, NULL))
            ok = fault(a, e, prefix, fields[i].name.ptr, STR("required"));
    }
    return ok;
}

/* One member of the body; false when it is wrong. */
static bool take_member(struct arena *a, const struct field *f, unsigned mode, const char *key,
                        struct json_object *v, struct str prefix, struct row_write *out,
                        struct err *e)
{
    struct str text;
    if (f == NULL)
        return fault(a, e, prefix, key, STR("unknown_field"));
    if (!(f->flags & mode))
        return fault(a, e, prefix, key, STR("read_only"));
    struct str word = read_value(a, f, v, &text);
    if (word.len > 0)
        return fault(a, e, prefix, key, word);
    out->values[out->value_count++] = (struct field_value){.field = f, .text = text};
    return true;
}

/* A bulk update's rows name their record and version beside the fields. */
static bool is_row_key(unsigned mode, struct str prefix, const char *key)
{
    bool is_key = strcmp(key, "id") == 0 || strcmp(key, "version") == 0;
    return mode == F_UPDATE && prefix.len > 0 && is_key;
}

bool validate_object(struct arena *a, const struct field *fields, size_t count, unsigned mode,
                     struct json_object *root, struct str prefix, struct row_write *out,
                     struct err *e)
{
    if (!json_object_is_type(root, json_type_object))
        return err_field(a, e, ERR_INVALID, prefix, STR("wrong_type"));
    bool ok = true;
    out->values = arena_alloc_array(a, count + 1, sizeof *out->values);
    out->value_count = 0;
    json_object_object_foreach(root, key, v)
    {
        if (is_row_key(mode, prefix, key))
            continue;
        const struct field *f = field_find(fields, count, str_from(key));
        ok = take_member(a, f, mode, key, v, prefix, out, e) && ok;
    }
    if (mode & F_CREATE)
        ok = check_required(a, fields, count, root, prefix, e) && ok;
    else if (ok && out->value_count == 0)
        ok = err_field(a, e, ERR_INVALID, prefix, STR("too_few"));
    return ok;
}
