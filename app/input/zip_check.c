/* Two programs that read one archive must see the same files: so no name twice, and no bytes that
 * belong to two entries (the trick of the smallest bombs). Comes after zip_list_sniff, which has
 * seen that the directory is whole. */
#include <stdlib.h>
#include <string.h>

#include "input/xlsx.h"

#define END_SIZE    22
#define ENTRY_SIZE  46
#define LOCAL_SIZE  30
#define TAIL_SIZE   1024
#define ENTRIES_MAX 10000

struct entry {
    uint64_t from;
    uint64_t size; /* compressed */
    uint64_t hash; /* of the name in lower case */
};

static uint64_t number(const unsigned char *p, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)p[i] << (8 * i);
    return value;
}

static uint64_t hash_name(const char *name, size_t len)
{
    uint64_t hash = 14695981039346656037ULL;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)name[i];
        c = c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
        hash = (hash ^ c) * 1099511628211ULL;
    }
    return hash;
}

static int by_place(const void *a, const void *b)
{
    uint64_t x = ((const struct entry *)a)->from;
    uint64_t y = ((const struct entry *)b)->from;
    return (x > y) - (x < y);
}

static int by_name(const void *a, const void *b)
{
    uint64_t x = ((const struct entry *)a)->hash;
    uint64_t y = ((const struct entry *)b)->hash;
    return (x > y) - (x < y);
}

static bool find_end(const struct byte_source *s, uint64_t *at, uint64_t *count)
{
    unsigned char tail[TAIL_SIZE];
    size_t len = s->size < sizeof tail ? (size_t)s->size : sizeof tail;
    if (len < END_SIZE || !s->read(s->state, s->size - len, tail, len))
        return false;
    for (size_t i = len - END_SIZE + 1; i-- > 0;) {
        if (memcmp(tail + i, "PK\x05\x06", 4) != 0 ||
            number(tail + i + 20, 2) != len - END_SIZE - i)
            continue;
        *at = number(tail + i + 16, 4);
        *count = number(tail + i + 10, 2);
        return *count <= ENTRIES_MAX;
    }
    return false;
}

static bool read_entries(const struct byte_source *s, uint64_t at, struct entry *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned char head[ENTRY_SIZE];
        char name[256];
        if (at + ENTRY_SIZE > s->size || !s->read(s->state, at, head, sizeof head))
            return false;
        size_t len = (size_t)number(head + 28, 2);
        if (len > sizeof name || at + ENTRY_SIZE + len > s->size ||
            !s->read(s->state, at + ENTRY_SIZE, name, len))
            return false;
        all[i] = (struct entry){number(head + 42, 4), number(head + 20, 4), hash_name(name, len)};
        at += ENTRY_SIZE + len + number(head + 30, 2) + number(head + 32, 2);
    }
    return true;
}

static bool is_apart(struct entry *all, size_t count, uint64_t directory_at)
{
    qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++) {
        uint64_t limit = i + 1 < count ? all[i + 1].from : directory_at;
        if (all[i].from + LOCAL_SIZE + all[i].size > limit)
            return false;
    }
    qsort(all, count, sizeof *all, by_name);
    for (size_t i = 1; i < count; i++)
        if (all[i].hash == all[i - 1].hash)
            return false;
    return true;
}

bool zip_check(const struct byte_source *s)
{
    uint64_t at = 0;
    uint64_t count = 0;
    if (!find_end(s, &at, &count) || count == 0)
        return false;
    struct entry *all = calloc((size_t)count, sizeof *all);
    bool is_good =
        all != NULL && read_entries(s, at, all, (size_t)count) && is_apart(all, (size_t)count, at);
    free(all);
    return is_good;
}
