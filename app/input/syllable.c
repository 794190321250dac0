#include "input/syllable.h"

#include <string.h>
#include <utf8proc.h>

#define LENGTH_MAX 8
#define BASES      12

/* Bases as one letter each: ă w, â q, ê E, ô O, ơ P, ư U, đ D. */
static const char bases[BASES + 1] = "awqeEioOPuUy";
static const uint16_t letters[BASES][6] = {
    {'a', 0xe0, 0xe1, 0x1ea3, 0xe3, 0x1ea1},
    {0x103, 0x1eb1, 0x1eaf, 0x1eb3, 0x1eb5, 0x1eb7},
    {0xe2, 0x1ea7, 0x1ea5, 0x1ea9, 0x1eab, 0x1ead},
    {'e', 0xe8, 0xe9, 0x1ebb, 0x1ebd, 0x1eb9},
    {0xea, 0x1ec1, 0x1ebf, 0x1ec3, 0x1ec5, 0x1ec7},
    {'i', 0xec, 0xed, 0x1ec9, 0x129, 0x1ecb},
    {'o', 0xf2, 0xf3, 0x1ecf, 0xf5, 0x1ecd},
    {0xf4, 0x1ed3, 0x1ed1, 0x1ed5, 0x1ed7, 0x1ed9},
    {0x1a1, 0x1edd, 0x1edb, 0x1edf, 0x1ee1, 0x1ee3},
    {'u', 0xf9, 0xfa, 0x1ee7, 0x169, 0x1ee5},
    {0x1b0, 0x1eeb, 0x1ee9, 0x1eed, 0x1eef, 0x1ef1},
    {'y', 0x1ef3, 0xfd, 0x1ef7, 0x1ef9, 0x1ef5},
};

static const char *const onsets[] = {"ngh", "ng", "nh", "gh", "gi", "ch", "kh", "ph", "qu", "th",
                                     "tr",  "b",  "c",  "d",  "D",  "g",  "h",  "k",  "l",  "m",
                                     "n",   "p",  "r",  "s",  "t",  "v",  "x",  ""};

static const char rimes[] =
    " a ac ach ai am an ang anh ao ap at au ay wc wm wn wng wp wt qc qm qn qng qp qt qu qy"
    " e ec em en eng eo ep et E Ech Em En Enh Ep Et Eu"
    " i ich im in inh ip it iu ia iEc iEm iEn iEng iEp iEt iEu"
    " o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay"
    " owc owm own owng owt oe oem oen oeo oet"
    " O Oc Oi Om On Ong Op Ot P Pi Pm Pn Pp Pt"
    " u uc ui um un ung up ut ua uqn uqt uqng uqy uE uEch uEnh uP uOc uOi uOm uOn uOng uOt"
    " uy uya uych uyEn uyEt uynh uyn uyp uyt uyu"
    " U Uc Ui Um Un Ung Ut Uu Ua UPc UPi UPm UPn UPng UPp UPt UPu"
    " y yEm yEn yEng yEt yEu ynh ych yt yn ";

bool syllable_letter(uint32_t point, char *base, unsigned *tone)
{
    uint32_t low = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
    *tone = 0;
    for (size_t b = 0; b < BASES; b++)
        for (unsigned t = 0; t < 6; t++)
            if (letters[b][t] == low) {
                *base = bases[b];
                *tone = t;
                return true;
            }
    *base = low == 0x111 ? 'D' : (char)low;
    return low == 0x111 || (low >= 'a' && low <= 'z');
}

uint32_t syllable_point(char base, unsigned tone)
{
    const char *at = base == '\0' ? NULL : strchr(bases, base);
    return at == NULL || tone > 5 ? 0 : letters[at - bases][tone];
}

static bool is_rime(const char *rime)
{
    char wanted[LENGTH_MAX + 4];
    size_t len = strlen(rime);
    if (len == 0 || len > LENGTH_MAX)
        return false;
    wanted[0] = ' ';
    memcpy(wanted + 1, rime, len);
    memcpy(wanted + 1 + len, " ", 2);
    return strstr(rimes, wanted) != NULL;
}

/* A rime that ends in a stop has the acute tone or the dot. */
static bool fits_tone(const char *rime, unsigned tone)
{
    size_t len = strlen(rime);
    char last = rime[len - 1];
    bool is_stop =
        last == 'c' || last == 'p' || last == 't' || (len > 1 && strcmp(rime + len - 2, "ch") == 0);
    return !is_stop || tone == 2 || tone == 5;
}

static bool fits_onset(const char *onset, const char *rime)
{
    bool is_front = strchr("eEiy", rime[0]) != NULL;
    if (strcmp(onset, "c") == 0 || strcmp(onset, "ng") == 0)
        return !is_front;
    if (strcmp(onset, "g") == 0)
        return !is_front || rime[0] == 'i';
    if (strcmp(onset, "k") == 0 || strcmp(onset, "gh") == 0 || strcmp(onset, "ngh") == 0)
        return is_front;
    return strcmp(onset, "qu") != 0 || strchr("uU", rime[0]) == NULL;
}

bool syllable_is_vietnamese(const uint32_t *points, size_t count)
{
    char word[LENGTH_MAX + 1] = "";
    unsigned tone = 0;
    if (count == 0 || count > LENGTH_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned here = 0;
        if (!syllable_letter(points[i], &word[i], &here) || (here > 0 && tone > 0))
            return false;
        tone = here > 0 ? here : tone;
    }
    word[count] = '\0';
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        size_t len = strlen(onsets[i]);
        const char *rime = word + len;
        if (strncmp(word, onsets[i], len) == 0 && is_rime(rime) && fits_tone(rime, tone) &&
            fits_onset(onsets[i], rime))
            return true;
    }
    return false;
}
