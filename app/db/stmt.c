#include "db/stmt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Eight bytes a step: the text of a list statement is a kilobyte, and is hashed at every request.
 * Quality matters little, since the whole text is compared on a hit. */
static uint64_t hash_bytes(uint64_t h, const char *bytes, size_t len)
{
    const uint64_t k = 0x9e3779b97f4a7c15U;
    for (; len >= 8; bytes += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        h = (h ^ word) * k;
        h ^= h >> 32;
    }
    uint64_t tail = len;
    for (size_t i = 0; i < len; i++)
        tail = tail << 8 | (unsigned char)bytes[i];
    h = (h ^ tail) * k;
    return h ^ h >> 29;
}

static bool is_same(const struct stmt_entry *entry, uint64_t hash, struct str role, struct str sql)
{
    return entry->hash == hash && entry->role_len == role.len &&
           entry->text_len == role.len + sql.len &&
           (role.len == 0 || memcmp(entry->text, role.ptr, role.len) == 0) &&
           memcmp(entry->text + role.len, sql.ptr, sql.len) == 0;
}

static struct stmt_entry **bucket_of(struct stmt_cache *cache, uint64_t hash)
{
    return &cache->buckets[hash % STMT_BUCKETS];
}

static void unlink_entry(struct stmt_cache *cache, struct stmt_entry *entry)
{
    struct stmt_entry **at = bucket_of(cache, entry->hash);
    while (*at != entry)
        at = &(*at)->next;
    *at = entry->next;
}

/* A free place, or that of the longest unused entry. */
static struct stmt_entry *take_place(struct stmt_cache *cache, char evicted[STMT_NAME_SIZE])
{
    if (cache->count < STMT_CAP)
        return &cache->entries[cache->count++];
    struct stmt_entry *oldest = &cache->entries[0];
    for (size_t i = 1; i < STMT_CAP; i++)
        if (cache->entries[i].last_used < oldest->last_used)
            oldest = &cache->entries[i];
    if (oldest->state == STMT_READY)
        memcpy(evicted, oldest->name, STMT_NAME_SIZE);
    unlink_entry(cache, oldest);
    free(oldest->text);
    return oldest;
}

struct stmt_entry *stmt_get(struct stmt_cache *cache, struct str role, struct str sql,
                            char evicted[STMT_NAME_SIZE])
{
    uint64_t hash = hash_bytes(hash_bytes(0, role.ptr, role.len), sql.ptr, sql.len);
    struct stmt_entry **bucket = bucket_of(cache, hash);
    evicted[0] = '\0';
    cache->clock++;
    for (struct stmt_entry *entry = *bucket; entry != NULL; entry = entry->next) {
        if (is_same(entry, hash, role, sql)) {
            entry->last_used = cache->clock;
            return entry;
        }
    }
    char *text = malloc(role.len + sql.len + 1);
    if (text == NULL)
        return NULL;
    if (role.len > 0)
        memcpy(text, role.ptr, role.len);
    memcpy(text + role.len, sql.ptr, sql.len);
    text[role.len + sql.len] = '\0';
    struct stmt_entry *entry = take_place(cache, evicted);
    *entry = (struct stmt_entry){.next = *bucket,
                                 .hash = hash,
                                 .last_used = cache->clock,
                                 .text = text,
                                 .role_len = role.len,
                                 .text_len = role.len + sql.len};
    snprintf(entry->name, sizeof entry->name, "s%u", ++cache->next_name);
    *bucket = entry;
    return entry;
}

const char *stmt_sql(const struct stmt_entry *entry)
{
    return entry->text + entry->role_len;
}

void stmt_clear(struct stmt_cache *cache)
{
    for (size_t i = 0; i < cache->count; i++)
        free(cache->entries[i].text);
    memset(cache, 0, sizeof *cache);
}
