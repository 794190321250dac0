#include "service/router.h"

#include <string.h>

#include "service/handlers.h"

#define PREFIX "/api/v1"

bool router_matches(const char *pattern, struct str path, struct str *id)
{
    struct str rest = str_from(pattern);
    bool has_wanted = true;
    bool has_given = true;
    *id = STR("");
    while (has_wanted && has_given) {
        struct str wanted;
        struct str given;
        has_wanted = str_cut(rest, '/', &wanted, &rest);
        has_given = str_cut(path, '/', &given, &path);
        if (str_equal(wanted, STR("{id}")) && given.len > 0)
            *id = given;
        else if (!str_equal(wanted, given))
            return false;
    }
    return has_wanted == has_given;
}

/* Internal pages stand outside the API and exist only where nginx vouches for the caller. */
static bool is_internal(const struct exchange *x)
{
    for (size_t i = 0; i < x->param_count; i++)
        if (str_equal(x->params[i].name, STR("DANVAN_INTERNAL")))
            return str_equal(x->params[i].value, STR("1"));
    return false;
}

static bool path_of(const struct exchange *x, const struct handler *h, struct str *path)
{
    *path = x->request.path;
    if (h->access == INTERNAL_ONLY)
        return is_internal(x);
    if (!str_starts(*path, STR(PREFIX "/")))
        return false;
    *path = str_slice(*path, sizeof PREFIX - 1, path->len);
    return true;
}

static void add_method(struct text *allow, enum http_method m)
{
    if (allow->len > 0)
        text_append(allow, STR(", "));
    text_append(allow, str_from(http_method_name(m)));
    if (m == HTTP_GET)
        text_append(allow, STR(", HEAD"));
}

/* True: a handler takes the request. Else *allow has the methods that handlers know for its path.
 */
static bool find_handler(struct exchange *x, struct text *allow)
{
    size_t count = 0;
    const struct handler *all = handler_list(&count);
    enum http_method method = x->request.method == HTTP_HEAD ? HTTP_GET : x->request.method;
    for (size_t i = 0; i < count; i++) {
        struct str path;
        struct str id;
        if (!path_of(x, &all[i], &path) || !router_matches(all[i].path, path, &id))
            continue;
        if (all[i].method == method) {
            x->route = (struct route){.handler = &all[i], .id = id, .name = all[i].doc.name};
            return true;
        }
        add_method(allow, all[i].method);
    }
    return false;
}

bool router_find(struct exchange *x, struct err *e)
{
    struct text handled = {.arena = x->arena};
    struct str engine_allow = STR("");
    if (find_handler(x, &handled))
        return true;
    if (resource_find(&x->request, &x->route.resource, &engine_allow, x->arena, e)) {
        x->route.name = x->route.resource.name;
        return true;
    }
    if (handled.len == 0 && engine_allow.len == 0)
        return false;
    x->allow = text_str(&handled);
    if (handled.len == 0)
        x->allow = engine_allow;
    else if (engine_allow.len > 0)
        x->allow = str_printf(x->arena, "%.*s, %.*s", STR_ARG(engine_allow), STR_ARG(x->allow));
    return err_set(e, ERR_METHOD, STR("no such method on this path"));
}
