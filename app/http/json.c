#include "http/json.h"

#include <json-c/json.h>
#include <limits.h>
#include <utf8proc.h>

static void release_root(void *root)
{
    json_object_put(root);
}

static void release_tokener(void *tokener)
{
    json_tokener_free(tokener);
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

struct str json_nfc(struct arena *a, struct str s)
{
    if (is_ascii(s))
        return s;
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s.ptr;
    utf8proc_ssize_t points = utf8proc_decompose(bytes, (utf8proc_ssize_t)s.len, NULL, 0, how);
    if (points < 0)
        return s; /* only for text that is not UTF-8, against the contract */
    /* utf8proc writes the UTF-8 over the code points, plus a NUL: never longer than they are. */
    utf8proc_int32_t *buffer = arena_alloc_array(a, (size_t)points + 1, sizeof *buffer);
    utf8proc_decompose(bytes, (utf8proc_ssize_t)s.len, buffer, points, how);
    utf8proc_ssize_t len = utf8proc_reencode(buffer, points, how);
    if (len < 0)
        return s;
    struct str composed = {(const char *)buffer, (size_t)len};
    return str_equal(composed, s) ? s : composed;
}

/* Puts every string value below `node` into NFC. Depth was bounded by the scan. */
static bool normalise(struct arena *a, struct json_object *node)
{
    switch (json_object_get_type(node)) {
    case json_type_string: {
        struct str s = {json_object_get_string(node), (size_t)json_object_get_string_len(node)};
        struct str nfc = json_nfc(a, s);
        return nfc.ptr == s.ptr || json_object_set_string_len(node, nfc.ptr, (int)nfc.len) == 1;
    }
    case json_type_array:
        for (size_t i = 0; i < json_object_array_length(node); i++)
            if (!normalise(a, json_object_array_get_idx(node, i)))
                return false;
        return true;
    case json_type_object: {
        json_object_object_foreach(node, key, child)
        {
            (void)key;
            if (!normalise(a, child))
                return false;
        }
        return true;
    }
    default:
        return true;
    }
}

/* Where the fault is as an editor counts, for who wrote the body by hand, and the byte for who did
 * not. */
static void tell(struct arena *a, struct str text, size_t at, const char *why, struct err *e)
{
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < at; i++) {
        if (text.ptr[i] == '\n') {
            line++;
            column = 1;
        } else {
            column += (text.ptr[i] & 0xc0) != 0x80;
        }
    }
    e->reason = STR("not_json");
    e->detail = str_printf(a, "Line %zu, column %zu (byte %zu): %s", line, column, at, why);
    e->detail_vi =
        str_printf(a, "Dòng %zu, cột %zu (byte %zu): %s", line, column, at, json_fault_vi(why));
}

bool json_parse(struct arena *a, struct str text, struct json_object **out, struct err *e)
{
    size_t at;
    const char *why;
    *out = NULL;
    if (text.len >= INT_MAX)
        return err_set(e, ERR_TOO_LARGE, STR("JSON longer than json-c counts"));
    if (!json_scan(a, text, &at, &why)) {
        tell(a, text, at, why, e);
        return err_set(e, ERR_BAD_JSON, str_from(why));
    }
    /* One byte more than the text: a number at its end is finished only by the NUL. */
    const char *cstr = str_cstr(a, text);
    /* json-c counts a level for each scalar too; the scan is what bounds the depth. */
    struct json_tokener *tokener =
        arena_adopt(a, json_tokener_new_ex(2 * JSON_DEPTH_MAX), release_tokener);
    if (tokener == NULL)
        return err_set(e, ERR_UNAVAILABLE, STR("no memory for json-c"));
    struct json_object *root = json_tokener_parse_ex(tokener, cstr, (int)text.len + 1);
    arena_adopt(a, root, release_root);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    if (error != json_tokener_success)
        return err_set(e, ERR_BAD_JSON, str_from(json_tokener_error_desc(error)));
    if (!normalise(a, root))
        return err_set(e, ERR_UNAVAILABLE, STR("no memory for json-c"));
    *out = root;
    return true;
}
