/* Memory that lives as long as one request.
 *
 * A worker owns one arena, resets it between requests, and no pointer from it goes into a longer
 * life. Allocation never returns NULL: past the cap, or when malloc fails, it jumps to the recovery
 * point armed by the owner (the worker answers 503 there). With no recovery point armed it aborts.
 * Foreign handles (PGresult, json_object) are adopted at creation and released, last first, by
 * reset. */
#ifndef DANVAN_BASE_ARENA_H
#define DANVAN_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena;

enum arena_failure { ARENA_OVER_CAP = 1, ARENA_NO_MEMORY = 2 };

/* cap: bytes one request may take in all. NULL when the first block cannot be had. */
struct arena *arena_open(size_t cap);
void arena_close(struct arena *a);
/* Releases adopted handles in reverse order, frees all but the first block. */
void arena_reset(struct arena *a);
/* Where an exhausted arena jumps to (value: enum arena_failure); NULL disarms. Not owned. */
void arena_set_recovery(struct arena *a, jmp_buf *where);

void *arena_alloc(struct arena *a, size_t size); /* zeroed, aligned for any type */
void *arena_alloc_array(struct arena *a, size_t count, size_t size); /* overflow-checked */
/* `ptr` (old_size bytes from arena_alloc or arena_grow, or NULL with 0) made new_size bytes long:
 * in place when it was the last allocation, else moved: then nothing may point at the old ones any
 * more. The added bytes are not zeroed. */
void *arena_grow(struct arena *a, void *ptr, size_t old_size, size_t new_size);
/* Registers `handle` for release(handle) at reset and returns it. NULL handles are returned as they
 * are. If registering itself fails, the handle is released before the jump: nothing leaks. */
void *arena_adopt(struct arena *a, void *handle, void (*release)(void *));
size_t arena_used(const struct arena *a);

/* Test hook: the n-th allocation from now fails as if memory were gone (0 disarms). */
void arena_fail_at(struct arena *a, unsigned long n);

#endif
