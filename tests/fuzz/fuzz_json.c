#include <json-c/json.h>
#include <string.h>

#include "fuzz.h"
#include "http/json.h"

/* Besides memory faults: whatever the scan accepts, json-c in its strictest mode must accept too
 * and read as one document; and strings written by us must pass our own scan. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct str text = {(const char *)data, size};
    size_t at;
    const char *why;
    bool ok = json_scan(a, text, &at, &why);
    MUST(at <= size);
    MUST(ok == (why == NULL));

    struct err e = {0};
    struct json_object *root;
    MUST(json_parse(a, text, &root, &e) == ok);
    if (ok) {
        struct json_tokener *strict = json_tokener_new_ex(64);
        MUST(strict != NULL);
        json_tokener_set_flags(strict, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
        struct json_object *again = json_tokener_parse_ex(strict, str_cstr(a, text), (int)size + 1);
        MUST(json_tokener_get_error(strict) == json_tokener_success);
        MUST(json_object_get_type(again) == json_object_get_type(root));
        json_object_put(again);
        json_tokener_free(strict);
        MUST(json_scan(a, str_from(json_object_to_json_string(root)), &at, &why));
    }
    if (str_is_utf8(text) && memchr(data, 0, size) == NULL) {
        struct text t = {.arena = a};
        json_write_string(&t, text);
        MUST(json_scan(a, text_str(&t), &at, &why));
        struct str nfc = json_nfc(a, text);
        MUST(str_is_utf8(nfc));
        MUST(str_equal(json_nfc(a, nfc), nfc));
    }
    return 0;
}
