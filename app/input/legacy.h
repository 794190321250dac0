/* Text of the time before Unicode: TCVN3 (the fonts ABC, .VnTime) and VNI write Vietnamese in 8-bit
 * characters that only their fonts show rightly. Stored as Unicode it is Latin-1: "NguyÔn V¨n" or
 * "Nguyeãn Vaên" for Nguyễn Văn. */
#ifndef DANVAN_INPUT_LEGACY_H
#define DANVAN_INPUT_LEGACY_H

#include "base/arena.h"
#include "input/sheet.h"

enum legacy_kind { LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI };

struct legacy_finding {
    enum legacy_kind kind;
    bool is_strong; /* by itself; else only together with others of the same file */
};

/* The text is such text, as far as can be told: by its font, or because it reads as Vietnamese
 * after conversion and not before. Right Vietnamese, and names of other languages, are LEGACY_NONE.
 */
struct legacy_finding legacy_find(struct str text, enum legacy_font font);
/* Latin-1 with no telling sign: could be either when the rest of the file is of the old sort. */
bool legacy_is_doubtful(struct str text);
/* Unicode, NFC. `in_capitals`: the font shows small letters as capitals. */
struct str legacy_convert(struct arena *a, enum legacy_kind kind, bool in_capitals,
                          struct str text);
const char *legacy_word(enum legacy_kind kind); /* "TCVN3 (ABC)", "VNI" */

/* legacy_table.c: the letter that stands at points[0] (and, for VNI, points[1]); *used says how
 * many. 0: not a letter of the old encoding; *used is 1 then, and the character stands for itself.
 */
uint32_t legacy_letter(enum legacy_kind kind, const uint32_t *points, size_t count, size_t *used);

#endif
