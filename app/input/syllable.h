/* Could this word be a Vietnamese syllable? By onset, rime and tone: of all strings of letters very
 * few are, which is how text in a wrong encoding gives itself away. */
#ifndef DANVAN_INPUT_SYLLABLE_H
#define DANVAN_INPUT_SYLLABLE_H

#include "base/str.h"

/* Code points in NFC, in any case. */
bool syllable_is_vietnamese(const uint32_t *points, size_t count);

/* A Vietnamese letter: base "aăâeêioôơuưyđ…" as one ASCII letter (see syllable.c), tone 0 none, 1
 * grave, 2 acute, 3 hook, 4 tilde, 5 dot. False: not one. */
bool syllable_letter(uint32_t point, char *base, unsigned *tone);
/* Back: the lower-case letter of a base and a tone; 0: there is none. */
uint32_t syllable_point(char base, unsigned tone);

#endif
