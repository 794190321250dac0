/* What the fuzz targets share: a claim that holds in every build, and bytes of exact length. */
#ifndef DANVAN_FUZZ_H
#define DANVAN_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"

#define FUZZ_CAP ((size_t)64 * 1024 * 1024)

#define MUST(claim)                                                             \
    do {                                                                        \
        if (!(claim)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #claim); \
            abort();                                                            \
        }                                                                       \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One arena for all runs, as a worker has it. */
static inline struct arena *fuzz_arena(void)
{
    static struct arena *arena;
    if (arena == NULL)
        arena = arena_open(FUZZ_CAP);
    MUST(arena != NULL);
    arena_reset(arena);
    return arena;
}

#endif
