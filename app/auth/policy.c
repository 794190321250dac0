/* Which passwords are refused. Length does most of the work (NIST SP 800-63B-4); what remains are
 * long passwords made of what everybody tries first: common words of both languages and of this
 * trade, keyboard rows, one's own login name, one character over and over. */
#include <string.h>

#include "auth/password.h"

/* Lower case, without accents, letters only: as fold() leaves them. Longer ones before their parts.
 */
static const char *const common_words[] = {
    /* English, as in every leaked list */
    "password",
    "passwd",
    "passw",
    "administrator",
    "admin",
    "root",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "asdf",
    "zxcvbnm",
    "zxcvbn",
    "qazwsxedc",
    "qazwsx",
    "iloveyou",
    "letmein",
    "welcome",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "superman",
    "batman",
    "master",
    "shadow",
    "michael",
    "jordan",
    "charlie",
    "freedom",
    "whatever",
    "trustno",
    "starwars",
    "computer",
    "internet",
    "samsung",
    "iphone",
    "google",
    "facebook",
    "changeme",
    "default",
    "secret",
    "login",
    "hello",
    "guest",
    "user",
    "test",
    "demo",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefgh",
    "abcdef",
    "abcd",
    "abc",
    "love",
    "lovely",
    "forever",
    "summer",
    "winter",
    "spring",
    "autumn",
    "monday",
    "january",
    /* Vietnamese */
    "matkhaucuatoi",
    "matkhaumoi",
    "matkhau",
    "khongcomatkhau",
    "khongbiet",
    "khongco",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "yeuanh",
    "anhnhoem",
    "nhoem",
    "conyeume",
    "yeume",
    "yeucon",
    "giadinh",
    "tinhyeu",
    "maiyeu",
    "maimai",
    "hanhphuc",
    "thanhcong",
    "maymanh",
    "mayman",
    "xinchao",
    "chaoban",
    "camon",
    "vietnamvodich",
    "vietnam",
    "hanoi",
    "haiphong",
    "danang",
    "saigon",
    "sontungmtp",
    "sontung",
    "hochiminh",
    "bachoo",
    "bacho",
    "hoangsatruongsa",
    "hoangsa",
    "truongsa",
    "nguyen",
    "tranvan",
    "levan",
    "phamvan",
    "congan",
    "bodoi",
    "giaovien",
    "hocsinh",
    "sinhvien",
    "quantri",
    "taikhoan",
    "dangnhap",
    "nguoidung",
    "chucmungnammoi",
    "nammoi",
    "tet",
    "anh",
    "em",
    "toi",
    "ban",
    "me",
    "bo",
    /* this trade and this province */
    "danvankheo",
    "danvan",
    "dangcongsanvietnam",
    "dangcongsan",
    "dangbo",
    "dang",
    "tinhuy",
    "huyenuy",
    "thanhuy",
    "thiuy",
    "bandanvan",
    "khoidanvan",
    "mattran",
    "toquoc",
    "phunu",
    "thanhnien",
    "nongdan",
    "congdoan",
    "cuuchienbinh",
    "ubnd",
    "hdnd",
    "mttq",
    "binhphuoc",
    "dongxoai",
    "phuocdai",
    "phuoclong",
    "binhlong",
    "chonthanh",
    "locninh",
    "budop",
    "bugiamap",
    "budang",
    "dongphu",
    "honquan",
    "phurieng",
    "tanphu",
    "nghiquyet",
    "kehoach",
    "dongnai",
};

/* Characters, not bytes: an accented letter is one. */
static size_t count_characters(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++) {
        size_t len = str_utf8_char(s, at);
        at += len == 0 ? 1 : len;
    }
    return count;
}

/* What people put for letters. */
static char unleet(char c)
{
    switch (c) {
    case '@':
    case '4':
        return 'a';
    case '3':
        return 'e';
    case '0':
        return 'o';
    case '$':
    case '5':
        return 's';
    default:
        return c;
    }
}

/* Only the letters, in lower case. */
static struct str fold(struct arena *a, struct str s, bool unleets)
{
    char *out = arena_alloc(a, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = unleets ? unleet(s.ptr[i]) : s.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z')
            out[len++] = c;
    }
    return (struct str){out, len};
}

static size_t word_at(struct str letters, size_t at, struct str login)
{
    size_t longest = 0;
    struct str rest = str_slice(letters, at, letters.len);
    for (size_t i = 0; i < sizeof common_words / sizeof *common_words; i++) {
        size_t len = strlen(common_words[i]);
        if (len > longest && str_starts(rest, str_from(common_words[i])))
            longest = len;
    }
    if (login.len >= 3 && login.len > longest && str_starts(rest, login))
        longest = login.len;
    return longest;
}

/* Are (nearly) all letters those of common words or of the login name? */
static bool is_common(struct str letters, struct str login)
{
    size_t strange = 0;
    size_t at = 0;
    while (at < letters.len) {
        size_t len = word_at(letters, at, login);
        strange += len == 0;
        at += len == 0 ? 1 : len;
    }
    return strange < 4 && strange < letters.len;
}

/* One or two characters over and over, or a run such as 123456789012345. */
static bool is_monotonous(struct str s)
{
    size_t distinct = 0;
    size_t steps = 0;
    bool seen[256] = {false};
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        distinct += !seen[c];
        seen[c] = true;
        int step = i == 0 ? 1 : c - (unsigned char)s.ptr[i - 1];
        steps += step == 1 || step == -1 || step == 0 || step == 9 || step == -9;
    }
    return distinct < 5 || steps + 2 >= s.len;
}

static bool is_all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return true;
}

const char *password_fault(struct arena *a, struct str password, struct str login, bool has_totp)
{
    size_t count = count_characters(password);
    size_t least = has_totp ? PASSWORD_LEAST_WITH_TOTP : PASSWORD_LEAST_ALONE;
    if (count < least)
        return "weak_password";
    if (count > PASSWORD_MOST)
        return "too_long";
    if (is_monotonous(password) || is_all_digits(password))
        return "weak_password";
    struct str name = fold(a, login, false);
    if (is_common(fold(a, password, false), name) || is_common(fold(a, password, true), name))
        return "common_password";
    return NULL;
}
