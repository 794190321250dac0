/* Text of the old encodings. The tables are held against facts from elsewhere: TCVN 5712 as
 * iconv(3) knows it, and words as documents of that time spell them. */
#include <iconv.h>

#include "input/legacy.h"
#include "input/syllable.h"
#include "unit.h"

UNIT_ARENA

static const char *converted(enum legacy_kind kind, const char *text)
{
    return str_cstr(arena, legacy_convert(arena, kind, false, str_from(text)));
}

static void point_text(uint32_t c, char out[5])
{
    size_t n = 0;
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xc0 | c >> 6);
        out[n++] = (char)(0x80 | (c & 0x3f));
    } else {
        out[n++] = (char)(0xe0 | c >> 12);
        out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        out[n++] = (char)(0x80 | (c & 0x3f));
    }
    out[n] = '\0';
}

/* VN3 is the part of TCVN 5712 from 0xA1 on that is letters; glibc knows the whole, VN1. */
START_TEST(the_table_of_tcvn3_is_that_of_the_standard)
{
    iconv_t cd = iconv_open("UTF-8", "TCVN5712-1");
    size_t letters = 0;
    ck_assert(cd != (iconv_t)-1);
    for (uint32_t byte = 0xa1; byte <= 0xff; byte++) {
        size_t used = 0;
        uint32_t point = legacy_letter(LEGACY_TCVN3, &byte, 1, &used);
        if (point == 0)
            continue;
        char in[2] = {(char)byte, 'x'}; /* the x: iconv holds a letter back for what may combine */
        char out[16] = "";
        char expected[8];
        char *from = in;
        char *to = out;
        size_t in_left = 2;
        size_t out_left = sizeof out - 1;
        ck_assert(iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1);
        iconv(cd, NULL, NULL, &to, &out_left);
        point_text(point, expected);
        strcat(expected, "x");
        ck_assert_msg(strcmp(out, expected) == 0, "byte %02x: %s, not %s", byte, expected, out);
        letters++;
    }
    iconv_close(cd);
    /* 60 small vowels with a tone, 7 small letters without one in ASCII, and their capitals */
    ck_assert_uint_eq(letters, 60 + 7 + 7);
}
END_TEST

/* All 134 letters that ASCII lacks, as they are typed in VNI: letter, tone, hat. */
START_TEST(vni_writes_each_letter_as_its_documents_do)
{
    static const char *const pairs[][2] = {{"aù aø aû aõ aï", "á à ả ã ạ"},
                                           {"aê aé aè aú aü aë", "ă ắ ằ ẳ ẵ ặ"},
                                           {"aâ aá aà aå aã aä", "â ấ ầ ẩ ẫ ậ"},
                                           {"eù eø eû eõ eï", "é è ẻ ẽ ẹ"},
                                           {"eâ eá eà eå eã eä", "ê ế ề ể ễ ệ"},
                                           {"í ì æ ó ò", "í ì ỉ ĩ ị"},
                                           {"où oø oû oõ oï", "ó ò ỏ õ ọ"},
                                           {"oâ oá oà oå oã oä", "ô ố ồ ổ ỗ ộ"},
                                           {"ô ôù ôø ôû ôõ ôï", "ơ ớ ờ ở ỡ ợ"},
                                           {"uù uø uû uõ uï", "ú ù ủ ũ ụ"},
                                           {"ö öù öø öû öõ öï", "ư ứ ừ ử ữ ự"},
                                           {"yù yø yû yõ î", "ý ỳ ỷ ỹ ỵ"},
                                           {"ñ", "đ"},
                                           {"AÙ AØ AÛ AÕ AÏ", "Á À Ả Ã Ạ"},
                                           {"AÊ AÉ AÈ AÚ AÜ AË", "Ă Ắ Ằ Ẳ Ẵ Ặ"},
                                           {"AÂ AÁ AÀ AÅ AÃ AÄ", "Â Ấ Ầ Ẩ Ẫ Ậ"},
                                           {"EÙ EØ EÛ EÕ EÏ", "É È Ẻ Ẽ Ẹ"},
                                           {"EÂ EÁ EÀ EÅ EÃ EÄ", "Ê Ế Ề Ể Ễ Ệ"},
                                           {"Í Ì Æ Ó Ò", "Í Ì Ỉ Ĩ Ị"},
                                           {"OÙ OØ OÛ OÕ OÏ", "Ó Ò Ỏ Õ Ọ"},
                                           {"OÂ OÁ OÀ OÅ OÃ OÄ", "Ô Ố Ồ Ổ Ỗ Ộ"},
                                           {"Ô ÔÙ ÔØ ÔÛ ÔÕ ÔÏ", "Ơ Ớ Ờ Ở Ỡ Ợ"},
                                           {"UÙ UØ UÛ UÕ UÏ", "Ú Ù Ủ Ũ Ụ"},
                                           {"Ö ÖÙ ÖØ ÖÛ ÖÕ ÖÏ", "Ư Ứ Ừ Ử Ữ Ự"},
                                           {"YÙ YØ YÛ YÕ Î", "Ý Ỳ Ỷ Ỹ Ỵ"},
                                           {"Ñ", "Đ"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert_str_eq(converted(LEGACY_VNI, pairs[i][0]), pairs[i][1]);
}
END_TEST

static const struct {
    const char *right;
    const char *tcvn3;
    const char *vni;
} words[] = {
    {"Cộng hòa xã hội chủ nghĩa Việt Nam", "Céng hßa x· héi chñ nghÜa ViÖt Nam",
     "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"},
    {"Nguyễn Thị Thu Hường", "NguyÔn ThÞ Thu H­êng", "Nguyeãn Thò Thu Höôøng"},
    {"Đảng ủy phường Tân Phú", "§¶ng ñy ph­êng T©n Phó", "Ñaûng uûy phöôøng Taân Phuù"},
    {"Bảo Thắng", "B¶o Th¾ng", "Baûo Thaéng"},
    {"Độc lập - Tự do - Hạnh phúc", "§éc lËp - Tù do - H¹nh phóc",
     "Ñoäc laäp - Töï do - Haïnh phuùc"},
};

START_TEST(old_text_is_found_and_becomes_right)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct legacy_finding f = legacy_find(str_from(words[i].tcvn3), FONT_PLAIN);
        ck_assert_msg(f.kind == LEGACY_TCVN3 && f.is_strong, "%s", words[i].tcvn3);
        ck_assert_str_eq(converted(LEGACY_TCVN3, words[i].tcvn3), words[i].right);
        f = legacy_find(str_from(words[i].vni), FONT_PLAIN);
        ck_assert_msg(f.kind == LEGACY_VNI && f.is_strong, "%s", words[i].vni);
        ck_assert_str_eq(converted(LEGACY_VNI, words[i].vni), words[i].right);
    }
}
END_TEST

START_TEST(right_text_is_never_taken_for_old)
{
    static const char *const right[] = {"Cộng hòa xã hội chủ nghĩa Việt Nam",
                                        "Nguyễn Thị Thu Hường",
                                        "Hà Nam",
                                        "xã An Phú",
                                        "Hoà Bình",
                                        "Lê Lai",
                                        "Bù Nho",
                                        "Bà Rịa",
                                        "thôn Đá Bàn",
                                        "Bình Phước",
                                        "Phú Riềng",
                                        "Hà Tây, xã Phú Cát",
                                        "ý kiến",
                                        "cô Tô",
                                        "Ủy ban nhân dân xã Đăk Ơ",
                                        "Y Blô Niê",
                                        "Điểu K'Ré",
                                        "Ksor H'Bơ",
                                        "Hà",
                                        "Phó",
                                        "bé",
                                        "Hội đồng",
                                        "Müller",
                                        "José García Peña",
                                        "François Noël",
                                        "Ångström",
                                        "Søren Kierkegård",
                                        "El Niño",
                                        "São Paulo",
                                        "naïve café",
                                        "là où il est né, à côté",
                                        "Großstraße 5",
                                        "Þór Guðmundsson",
                                        "Łódź",
                                        "Dvořák",
                                        "10 µm và 20 µm",
                                        "25 °C, 3 m², ½ kg",
                                        "«Dân vận khéo»",
                                        "© 2022 · ®",
                                        "Zoë Saldaña",
                                        "Citroën",
                                        "Björk Guðmundsdóttir",
                                        "Bjørn Ødegård",
                                        "Besançon, Orléans, Nîmes",
                                        "Ñuñoa",
                                        "abc",
                                        "",
                                        "Málaga, Cádiz"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        struct legacy_finding f = legacy_find(str_from(right[i]), FONT_PLAIN);
        ck_assert_msg(f.kind == LEGACY_NONE || !f.is_strong, "%s: %s", right[i],
                      legacy_word(f.kind));
    }
}
END_TEST

/* One word alone says little, unless it is spelt as no language spells. */
START_TEST(single_words_are_weak_signs)
{
    struct legacy_finding f = legacy_find(STR("TrÇn"), FONT_PLAIN);
    ck_assert(f.kind == LEGACY_TCVN3 && f.is_strong);
    f = legacy_find(STR("Hïng"), FONT_PLAIN);
    ck_assert(f.kind == LEGACY_TCVN3 && !f.is_strong);
    f = legacy_find(STR("Traàn"), FONT_PLAIN);
    ck_assert(f.kind == LEGACY_VNI && !f.is_strong);
}
END_TEST

START_TEST(the_font_decides_what_the_text_leaves_open)
{
    ck_assert_int_eq(legacy_find(STR("Hång"), FONT_TCVN3).kind, LEGACY_TCVN3);
    ck_assert_int_eq(legacy_find(STR("Phó"), FONT_TCVN3).kind, LEGACY_TCVN3);
    ck_assert_int_eq(legacy_find(STR("Phó"), FONT_PLAIN).kind, LEGACY_NONE);
    ck_assert_int_eq(legacy_find(STR("Hồng"), FONT_TCVN3).kind, LEGACY_NONE);
    ck_assert_int_eq(legacy_find(STR("Hong"), FONT_TCVN3).kind, LEGACY_NONE);
    ck_assert_int_eq(legacy_find(STR("Hoàng"), FONT_VNI).kind, LEGACY_VNI); /* "Hồng" */
    ck_assert_int_eq(legacy_find(STR("xã"), FONT_VNI).kind, LEGACY_NONE);
}
END_TEST

START_TEST(capitals_come_from_the_font_or_from_their_neighbours)
{
    ck_assert_text_eq(legacy_convert(arena, LEGACY_TCVN3, true, STR("D©n vËn")), "DÂN VẬN");
    ck_assert_str_eq(converted(LEGACY_TCVN3, "D¢N VËN"), "DÂN VẬN");
    ck_assert_str_eq(converted(LEGACY_TCVN3, "Hµ Néi"), "Hà Nội");
    ck_assert_str_eq(converted(LEGACY_TCVN3, "Mü"), "Mỹ");
    ck_assert_str_eq(converted(LEGACY_TCVN3, "¸nh"), "ánh");
    ck_assert_str_eq(converted(LEGACY_TCVN3, "A¸nh EÐ ¢Ên"),
                     "Ánh É Ấn"); /* capital, then its tone */
}
END_TEST

START_TEST(few_words_are_syllables)
{
    static const char *const yes[] = {"nghiêng", "Nguyễn", "quốc", "giếng", "gì",
                                      "khuya",   "xoong",  "Ở",    "uống",  "ượt"};
    static const char *const no[] = {"nghang", "cê",  "kan",   "màt",    "blô",
                                     "aa",     "ngh", "toánn", "straße", ""};
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < (round == 0 ? sizeof yes / sizeof *yes : sizeof no / sizeof *no);
             i++) {
            uint32_t points[16];
            size_t count = 0;
            const char *text = round == 0 ? yes[i] : no[i];
            for (size_t at = 0; at < strlen(text) && count < 16;) {
                size_t len = str_utf8_char(str_from(text), at);
                const unsigned char *p = (const unsigned char *)text + at;
                points[count++] = len == 1   ? p[0]
                                  : len == 2 ? (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f)
                                             : (uint32_t)(p[0] & 0xf) << 12 |
                                                   (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
                at += len;
            }
            ck_assert_msg(syllable_is_vietnamese(points, count) == (round == 0), "%s", text);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("legacy");
    TCase *t = tcase_create("legacy");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, the_table_of_tcvn3_is_that_of_the_standard);
    tcase_add_test(t, vni_writes_each_letter_as_its_documents_do);
    tcase_add_test(t, old_text_is_found_and_becomes_right);
    tcase_add_test(t, right_text_is_never_taken_for_old);
    tcase_add_test(t, single_words_are_weak_signs);
    tcase_add_test(t, the_font_decides_what_the_text_leaves_open);
    tcase_add_test(t, capitals_come_from_the_font_or_from_their_neighbours);
    tcase_add_test(t, few_words_are_syllables);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
