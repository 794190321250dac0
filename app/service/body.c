#include "service/body.h"

#include <json-c/json.h>

#include "http/json.h"

static struct body_field *find_field(struct body_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(fields[i].name, str_from(name)))
            return &fields[i];
    return NULL;
}

static struct str pointer_to(struct arena *a, struct str name)
{
    struct text t = {.arena = a};
    text_byte(&t, '/');
    for (size_t i = 0; i < name.len; i++) { /* RFC 6901 */
        if (name.ptr[i] == '~')
            text_append(&t, STR("~0"));
        else if (name.ptr[i] == '/')
            text_append(&t, STR("~1"));
        else
            text_byte(&t, name.ptr[i]);
    }
    return text_str(&t);
}

static void take_member(const struct exchange *x, struct body_field *fields, size_t count,
                        const char *name, struct json_object *value, struct err *e, bool *is_good)
{
    struct body_field *field = find_field(fields, count, name);
    const char *word = NULL;
    if (field == NULL)
        word = "unknown_field";
    else if (!json_object_is_type(value, json_type_string))
        word = "wrong_type";
    else if ((size_t)json_object_get_string_len(value) > field->most)
        word = "too_long";
    else
        field->value =
            (struct str){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
    if (word == NULL)
        return;
    if (field != NULL)
        field->value = STR(""); /* told already: not "required" as well */
    *is_good =
        err_field(x->arena, e, ERR_INVALID, pointer_to(x->arena, str_from(name)), str_from(word));
}

bool body_read(const struct exchange *x, struct body_field *fields, size_t count, struct err *e)
{
    const struct http_request *r = &x->request;
    struct json_object *root = NULL;
    bool is_good = true;
    if (r->body.len > 0 && !str_equal(r->content_type, STR("application/json")))
        return err_set(e, ERR_MEDIA_TYPE, STR("the body is not application/json"));
    if (!json_parse(x->arena, r->body, &root, e))
        return false;
    if (!json_object_is_type(root, json_type_object))
        return err_field(x->arena, e, ERR_INVALID, STR(""), STR("wrong_type"));
    json_object_object_foreach(root, name, value)
        take_member(x, fields, count, name, value, e, &is_good);
    for (size_t i = 0; i < count; i++)
        if (fields[i].is_required && fields[i].value.ptr == NULL)
            is_good = err_field(x->arena, e, ERR_INVALID, pointer_to(x->arena, fields[i].name),
                                STR("required"));
    return is_good;
}

bool body_fault(const struct exchange *x, struct err *e, const char *pointer, const char *word)
{
    return err_field(x->arena, e, ERR_INVALID, str_from(pointer), str_from(word));
}

void body_answer(struct exchange *x, int status, struct str json)
{
    x->response.status = status;
    x->response.content_type = STR("application/json");
    x->response.body = json;
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
}
