/* For tests: archives of stored entries, right and wrong, byte by byte. */
#ifndef DANVAN_UNIT_ZIP_MAKE_H
#define DANVAN_UNIT_ZIP_MAKE_H

#include "unit.h"

struct zip_entry {
    const char *name;
    struct str content;
};

struct zip_twist {
    unsigned flags;        /* in every entry */
    uint32_t claimed_size; /* of the last entry, unpacked; 0: its own */
    bool shares_bytes;     /* the last entry's directory record points at the first's bytes */
};

static inline uint32_t zip_crc(struct str s)
{
    uint32_t crc = 0xffffffffU;
    for (size_t i = 0; i < s.len; i++) {
        crc ^= (unsigned char)s.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xedb88320U & (0U - (crc & 1)));
    }
    return ~crc;
}

static inline void zip_number(struct text *t, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        text_byte(t, (char)(i < 8 ? value >> (8 * i) : 0));
}

static inline struct str zip_make(struct arena *a, const struct zip_entry *entries, size_t count,
                                  struct zip_twist twist)
{
    struct text out = {.arena = a};
    struct text directory = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        struct str name = str_from(entries[i].name);
        bool is_last = i + 1 == count;
        uint32_t size = (uint32_t)entries[i].content.len;
        uint32_t claimed = is_last && twist.claimed_size > 0 ? twist.claimed_size : size;
        struct text facts = {.arena = a};
        size_t from = out.len;
        zip_number(&facts, twist.flags, 2);
        zip_number(&facts, 0, 2);
        zip_number(&facts, 0x53210000, 4);
        zip_number(&facts, zip_crc(entries[i].content), 4);
        zip_number(&facts, size, 4);
        zip_number(&facts, claimed, 4);
        zip_number(&facts, name.len, 2);
        zip_number(&facts, 0, 2);
        text_append(&directory, STR("PK\x01\x02\x14\0\x14\0"));
        text_append(&directory, text_str(&facts));
        zip_number(&directory, 0, 10);
        zip_number(&directory, is_last && twist.shares_bytes ? 0 : from, 4);
        text_append(&directory, name);
        text_append(&out, STR("PK\x03\x04\x14\0"));
        text_append(&out, text_str(&facts));
        text_append(&out, name);
        text_append(&out, entries[i].content);
    }
    size_t at = out.len;
    text_append(&out, text_str(&directory));
    text_append(&out, STR("PK\x05\x06\0\0\0\0"));
    zip_number(&out, count, 2);
    zip_number(&out, count, 2);
    zip_number(&out, directory.len, 4);
    zip_number(&out, at, 4);
    zip_number(&out, 0, 2);
    return text_str(&out);
}

#endif
