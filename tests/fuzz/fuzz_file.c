#include <string.h>

#include "fuzz.h"
#include "input/file_type.h"

static bool read_memory(void *state, uint64_t at, void *to, size_t len)
{
    const struct str *all = state;
    if (at > all->len || len > all->len - at)
        return false;
    if (len > 0)
        memcpy(to, all->ptr + at, len);
    return true;
}

/* The bytes as a file, and as a name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = fuzz_arena();
    struct str raw = {(const char *)data, size};
    const struct byte_source source = {read_memory, &raw, size};
    enum file_type type = FILE_TYPE__MAX;
    const char *word = NULL;
    bool is_taken = file_type_sniff(&source, &type, &word);
    MUST(is_taken == (word == NULL));
    MUST(!is_taken || type < FILE_TYPE__MAX);
    if (is_taken)
        (void)file_type_fits(type, raw);
    struct str header = file_name_disposition(a, raw);
    for (size_t i = 0; i < header.len; i++)
        MUST(header.ptr[i] >= 0x20 && header.ptr[i] < 0x7f);
    if (file_name_fault(raw) == NULL)
        MUST(str_is_utf8(raw) && str_find(raw, '/', 0) == raw.len);
    return 0;
}
