#include "fuzz.h"
#include "http/gate.h"

/* Besides memory faults: what is whole is whole at that length only, and a verdict is final. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    const char *why;
    enum gate_verdict v = gate_check(bytes, &why);
    MUST((why != NULL) == (v == GATE_REFUSE));
    if (size == 0) {
        MUST(v == GATE_MORE);
        return 0;
    }
    size_t cut = ((size_t)data[size - 1] << 8 | data[size / 2]) % size;
    enum gate_verdict before = gate_check(str_slice(bytes, 0, cut), &why);
    MUST(before != GATE_WHOLE || v == GATE_REFUSE);  /* more bytes behind a whole request */
    MUST(before != GATE_REFUSE || v == GATE_REFUSE); /* refused stays refused */
    MUST(v != GATE_WHOLE || before == GATE_MORE);
    return 0;
}
