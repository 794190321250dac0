/* Which statements one connection has prepared: (text, role) → name. Knows nothing of libpq.
 *
 * The role belongs to the key because a plan that depends on row security is made for one role. The
 * longest unused entry is thrown out when the table is full; PostgreSQL keeps a plan per entry. */
#ifndef DANVAN_DB_STMT_H
#define DANVAN_DB_STMT_H

#include "base/str.h"

#define STMT_CAP       256
#define STMT_NAME_SIZE 16
#define STMT_BUCKETS   512

enum stmt_state { STMT_UNKNOWN, STMT_SENT, STMT_READY };

struct stmt_entry {
    struct stmt_entry *next; /* in the bucket */
    uint64_t hash;
    uint64_t last_used;
    char *text; /* role and SQL, one after the other; owned */
    size_t role_len;
    size_t text_len;
    enum stmt_state state;
    char name[STMT_NAME_SIZE];
};

struct stmt_cache {
    struct stmt_entry *buckets[STMT_BUCKETS];
    struct stmt_entry entries[STMT_CAP];
    size_t count;
    uint64_t clock;
    unsigned next_name;
};

/* The entry for (role, sql), made when it is new. `evicted` gets the name of the entry that had to
 * go ("" when none): PostgreSQL must forget it too. NULL when memory is short. */
struct stmt_entry *stmt_get(struct stmt_cache *cache, struct str role, struct str sql,
                            char evicted[STMT_NAME_SIZE]);
/* SQL text of an entry, NUL-terminated. */
const char *stmt_sql(const struct stmt_entry *entry);
/* Forgets all: the connection is gone. */
void stmt_clear(struct stmt_cache *cache);

#endif
