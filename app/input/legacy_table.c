/* The tables. TCVN3 is TCVN 5712:1993 VN3: small letters with their tones, and the seven capitals
 * without one; capitals with tones are the small ones in a font of capitals. VNI for Windows writes
 * most letters as two: the vowel, then a mark. */
#include <string.h>

#include "input/legacy.h"
#include "input/syllable.h"

/* From 0xA1 on; 0: no letter. */
static const uint16_t tcvn3[] = {
    /* A1 */ 0x102, 0xc2,   0xca,   0xd4,   0x1a0,  0x1af,  0x110,  0x103,
    0xe2,           0xea,   0xf4,   0x1a1,  0x1b0,  0x111,  0,
    /* B0 */ 0,     0,      0,      0,      0,      0xe0,   0x1ea3, 0xe3,
    0xe1,           0x1ea1, 0,      0x1eb1, 0x1eb3, 0x1eb5, 0x1eaf, 0,
    /* C0 */ 0,     0,      0,      0,      0,      0,      0x1eb7, 0x1ea7,
    0x1ea9,         0x1eab, 0x1ea5, 0x1ead, 0xe8,   0,      0x1ebb, 0x1ebd,
    /* D0 */ 0xe9,  0x1eb9, 0x1ec1, 0x1ec3, 0x1ec5, 0x1ebf, 0x1ec7, 0xec,
    0x1ec9,         0,      0,      0,      0x129,  0xed,   0x1ecb, 0xf2,
    /* E0 */ 0,     0x1ecf, 0xf5,   0xf3,   0x1ecd, 0x1ed3, 0x1ed5, 0x1ed7,
    0x1ed1,         0x1ed9, 0x1edd, 0x1edf, 0x1ee1, 0x1edb, 0x1ee3, 0xf9,
    /* F0 */ 0,     0x1ee7, 0x169,  0xfa,   0x1ee5, 0x1eeb, 0x1eed, 0x1eef,
    0x1ee9,         0x1ef1, 0x1ef3, 0x1ef7, 0x1ef9, 0xfd,   0x1ef5, 0};

/* VNI; a capital is written with the capital of each character. */

/* Of any vowel the tone by its mark. */
static const struct {
    uint8_t mark;
    uint8_t tone;
} tones[] = {{0xf8, 1}, {0xf9, 2}, {0xfb, 3}, {0xf5, 4}, {0xef, 5}};

/* Of a, e, o with circumflex; of a with breve. */
static const struct {
    uint8_t mark;
    uint8_t tone;
} circumflex[] = {{0xe2, 0}, {0xe0, 1}, {0xe1, 2}, {0xe5, 3}, {0xe3, 4}, {0xe4, 5}},
  breve[] = {{0xea, 0}, {0xe8, 1}, {0xe9, 2}, {0xfa, 3}, {0xfc, 4}, {0xeb, 5}};

/* Letters of one character: ơ and ư, which take tone marks, then those that are whole. */
static const struct {
    uint8_t first;
    uint16_t point;
} singles[] = {{0xf4, 0x1a1}, {0xf6, 0x1b0},  {0xf1, 0x111}, {0xee, 0x1ef5}, {0xed, 0xed},
               {0xec, 0xec},  {0xe6, 0x1ec9}, {0xf3, 0x129}, {0xf2, 0x1ecb}};

static uint32_t low(uint32_t c)
{
    bool is_capital = (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
    return is_capital ? c + 32 : c;
}

static uint32_t marked(uint32_t first, uint32_t mark)
{
    char base = first == 0xf4 ? 'P' : first == 0xf6 ? 'U' : (char)(first < 0x80 ? first : 0);
    if (base == '\0' || strchr("aeouyPU", base) == NULL)
        return 0;
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (tones[i].mark == mark)
            return syllable_point(base, tones[i].tone);
    char with_circumflex = base == 'a' ? 'q' : base == 'e' ? 'E' : base == 'o' ? 'O' : '\0';
    for (size_t i = 0; i < 6 && with_circumflex != '\0'; i++)
        if (circumflex[i].mark == mark)
            return syllable_point(with_circumflex, circumflex[i].tone);
    for (size_t i = 0; i < 6 && base == 'a'; i++)
        if (breve[i].mark == mark)
            return syllable_point('w', breve[i].tone);
    return 0;
}

/* Of the letters here, each capital has its number: Latin-1's 32 below, the others' one below. */
static uint32_t capital(uint32_t point)
{
    if ((point >= 'a' && point <= 'z') || (point >= 0xe0 && point <= 0xfe))
        return point - 32;
    return point == 0x1b0 ? 0x1af : point == 0x1a1 ? 0x1a0 : point - 1;
}

static uint32_t vni_letter(const uint32_t *points, size_t count, size_t *used)
{
    uint32_t first = low(points[0]);
    bool is_capital = first != points[0];
    if (count > 1 && points[1] >= 0x80 && points[1] < 0x100) {
        uint32_t letter = marked(first, low(points[1]));
        if (letter != 0) {
            *used = 2;
            return is_capital ? capital(letter) : letter;
        }
    }
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (singles[i].first == first)
            return is_capital ? capital(singles[i].point) : singles[i].point;
    return 0;
}

uint32_t legacy_letter(enum legacy_kind kind, const uint32_t *points, size_t count, size_t *used)
{
    *used = 1;
    if (kind == LEGACY_VNI)
        return vni_letter(points, count, used);
    uint32_t c = points[0];
    return kind == LEGACY_TCVN3 && c >= 0xa1 && c <= 0xff ? tcvn3[c - 0xa1] : 0;
}
