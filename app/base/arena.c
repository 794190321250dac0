#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer the unused part of a block is poisoned, so that a read past an allocation
 * is found although malloc knows the block only as a whole. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
/* Not inlined: gcc 12 takes the const argument of the call for a read of fresh memory, and warns.
 */
__attribute__((noinline)) static void poison(void *ptr, size_t size)
{
    __asan_poison_memory_region(ptr, size);
}
__attribute__((noinline)) static void unpoison(void *ptr, size_t size)
{
    __asan_unpoison_memory_region(ptr, size);
}
#else
static void poison(void *ptr, size_t size)
{
    (void)ptr, (void)size;
}
static void unpoison(void *ptr, size_t size)
{
    (void)ptr, (void)size;
}
#endif

/* Most requests fit the first block, which is kept; so a worker at rest calls malloc no more. */
#define BLOCK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT  alignof(max_align_t)

struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

struct adopted {
    struct adopted *next;
    void *handle;
    void (*release)(void *);
};

struct arena {
    struct block *first;   /* kept by reset */
    struct block *current; /* where small allocations are cut from */
    struct block *others;  /* all but the first, for free() */
    struct adopted *adopted;
    size_t cap;
    size_t used;
    unsigned long fail_at;
    jmp_buf *recovery;
};

static struct block *block_open(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block))
        return NULL;
    struct block *b = malloc(sizeof(struct block) + size);
    if (b == NULL)
        return NULL;
    b->next = NULL;
    b->size = size;
    b->used = 0;
    poison(b->data, b->size);
    return b;
}

struct arena *arena_open(size_t cap)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->first = block_open(BLOCK_SIZE);
    if (a->first == NULL) {
        free(a);
        return NULL;
    }
    a->current = a->first;
    a->cap = cap;
    return a;
}

void arena_reset(struct arena *a)
{
    while (a->adopted != NULL) {
        struct adopted *top = a->adopted;
        a->adopted = top->next;
        top->release(top->handle);
    }
    while (a->others != NULL) {
        struct block *b = a->others;
        a->others = b->next;
        unpoison(b->data, b->size);
        free(b);
    }
    a->first->used = 0;
    poison(a->first->data, a->first->size);
    a->current = a->first;
    a->used = 0;
}

void arena_close(struct arena *a)
{
    if (a == NULL)
        return;
    arena_reset(a);
    unpoison(a->first->data, a->first->size);
    free(a->first);
    free(a);
}

void arena_set_recovery(struct arena *a, jmp_buf *where)
{
    a->recovery = where;
}

void arena_fail_at(struct arena *a, unsigned long n)
{
    a->fail_at = n;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

static _Noreturn void arena_give_up(struct arena *a, enum arena_failure why)
{
    if (a->recovery == NULL)
        abort();
    longjmp(*a->recovery, (int)why);
}

/* size in whole units of ALIGNMENT, at least one; 0 when that overflows. */
static size_t round_up(size_t size)
{
    if (size == 0)
        return ALIGNMENT;
    if (size > SIZE_MAX - (ALIGNMENT - 1))
        return 0;
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Asks the cap and the test hook. */
static bool may_take(struct arena *a, size_t rounded, enum arena_failure *why)
{
    if (a->fail_at != 0 && --a->fail_at == 0) {
        *why = ARENA_NO_MEMORY;
        return false;
    }
    if (rounded == SIZE_MAX || rounded > a->cap || a->used > a->cap - rounded) {
        *why = ARENA_OVER_CAP;
        return false;
    }
    return true;
}

/* The one place where memory is cut; NULL with *why, so that arena_adopt can clean up first. */
static void *try_alloc(struct arena *a, size_t size, enum arena_failure *why)
{
    size_t rounded = round_up(size);
    if (!may_take(a, rounded == 0 ? SIZE_MAX : rounded, why))
        return NULL;
    struct block *b = a->current;
    if (rounded > b->size - b->used) {
        bool is_large = rounded > BLOCK_SIZE / 4;
        b = block_open(is_large ? rounded : BLOCK_SIZE);
        if (b == NULL) {
            *why = ARENA_NO_MEMORY;
            return NULL;
        }
        b->next = a->others;
        a->others = b;
        if (!is_large) /* a large one is full at once: go on cutting from the present block */
            a->current = b;
    }
    void *ptr = b->data + b->used;
    b->used += rounded;
    a->used += rounded;
    unpoison(ptr, size);
    return ptr;
}

void *arena_alloc(struct arena *a, size_t size)
{
    enum arena_failure why = ARENA_NO_MEMORY;
    void *ptr = try_alloc(a, size, &why);
    if (ptr == NULL)
        arena_give_up(a, why);
    memset(ptr, 0, size);
    return ptr;
}

void *arena_alloc_array(struct arena *a, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        arena_give_up(a, ARENA_OVER_CAP);
    return arena_alloc(a, count * size);
}

/* A text that grows large has a block of its own: made longer there, its old bytes are not paid for
 * again. NULL: it has none. */
static void *grow_own_block(struct arena *a, const void *ptr, size_t old_rounded, size_t new_size,
                            size_t new_rounded)
{
    enum arena_failure why = ARENA_NO_MEMORY;
    struct block **link = &a->others;
    while (*link != NULL && (const void *)(*link)->data != ptr)
        link = &(*link)->next;
    struct block *b = *link;
    if (b == NULL || b == a->current || b->used != old_rounded || b->size != old_rounded)
        return NULL;
    if (new_rounded > SIZE_MAX - sizeof *b)
        arena_give_up(a, ARENA_OVER_CAP);
    if (!may_take(a, new_rounded - old_rounded, &why))
        arena_give_up(a, why);
    unpoison(b->data, b->size);
    b = realloc(b, sizeof *b + new_rounded);
    if (b == NULL) /* the old one stays, and is freed with the rest */
        arena_give_up(a, ARENA_NO_MEMORY);
    *link = b;
    b->size = new_rounded;
    b->used = new_rounded;
    a->used += new_rounded - old_rounded;
    poison(b->data, b->size);
    unpoison(b->data, new_size);
    return b->data;
}

void *arena_grow(struct arena *a, void *ptr, size_t old_size, size_t new_size)
{
    enum arena_failure why = ARENA_NO_MEMORY;
    if (ptr != NULL && new_size <= old_size)
        return ptr;
    struct block *b = a->current;
    size_t old_rounded = round_up(old_size);
    size_t new_rounded = round_up(new_size);
    bool is_last = ptr != NULL && b->used >= old_rounded &&
                   (unsigned char *)ptr == b->data + (b->used - old_rounded);
    if (is_last && new_rounded != 0 && new_rounded - old_rounded <= b->size - b->used) {
        size_t added = new_rounded - old_rounded;
        if (!may_take(a, added, &why))
            arena_give_up(a, why);
        b->used += added;
        a->used += added;
        unpoison(ptr, new_size);
        return ptr;
    }
    void *moved = NULL;
    if (ptr != NULL && new_rounded != 0 && old_rounded > BLOCK_SIZE / 4)
        moved = grow_own_block(a, ptr, old_rounded, new_size, new_rounded);
    if (moved != NULL)
        return moved;
    moved = try_alloc(a, new_size, &why);
    if (moved == NULL)
        arena_give_up(a, why);
    if (old_size != 0 && ptr != NULL)
        memcpy(moved, ptr, old_size);
    return moved;
}

void *arena_adopt(struct arena *a, void *handle, void (*release)(void *))
{
    if (handle == NULL)
        return NULL;
    enum arena_failure why = ARENA_NO_MEMORY;
    struct adopted *node = try_alloc(a, sizeof *node, &why);
    if (node == NULL) {
        release(handle);
        arena_give_up(a, why);
    }
    node->handle = handle;
    node->release = release;
    node->next = a->adopted;
    a->adopted = node;
    return handle;
}
