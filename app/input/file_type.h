/* What a file is, told from its bytes and never from its name: the few types that are taken, and
 * nothing else. A list of what is allowed needs no database of everything that exists. */
#ifndef DANVAN_INPUT_FILE_TYPE_H
#define DANVAN_INPUT_FILE_TYPE_H

#include "base/str.h"

#define FILE_OOXML "application/vnd.openxmlformats-officedocument."

/* X(enum, media type, endings of a name) */
#define FILE_TYPE_LIST(X)                                         \
    X(FILE_PDF, "application/pdf", ".pdf")                        \
    X(FILE_PNG, "image/png", ".png")                              \
    X(FILE_JPEG, "image/jpeg", ".jpg .jpeg")                      \
    X(FILE_WEBP, "image/webp", ".webp")                           \
    X(FILE_HEIC, "image/heic", ".heic .heif")                     \
    X(FILE_DOCX, FILE_OOXML "wordprocessingml.document", ".docx") \
    X(FILE_XLSX, FILE_OOXML "spreadsheetml.sheet", ".xlsx")

enum file_type {
#define X(type, media, endings) type,
    FILE_TYPE_LIST(X)
#undef X
        FILE_TYPE__MAX
};

/* Bytes that are too many to be in memory. */
struct byte_source {
    /* All `len` bytes from `at` on, or false. */
    bool (*read)(void *state, uint64_t at, void *to, size_t len);
    void *state;
    uint64_t size;
};

/* False: *word says why it is not taken (unsupported_file, has_macros, unsafe_archive). */
NODISCARD bool file_type_sniff(const struct byte_source *s, enum file_type *out, const char **word);
const char *file_type_media(enum file_type t);
/* Does the name end as names of this type do? */
bool file_type_fits(enum file_type t, struct str name);

/* zip_list.c: DOCX or XLSX by what the archive's directory lists; nothing is unpacked. */
NODISCARD bool zip_list_sniff(const struct byte_source *s, enum file_type *out, const char **word);

/* file_name.c: NULL, or the word for what is wrong with a file's name (UTF-8, NFC). A name is shown
 * to others and becomes a file on their machines: no path, no control, nothing that turns the
 * direction of the text and so hides the ending. */
const char *file_name_fault(struct str name);
/* RFC 6266: attachment, with the name in ASCII for old readers and whole for the others. */
struct str file_name_disposition(struct arena *a, struct str name);

#endif
