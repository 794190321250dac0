#include "http/messages.h"

static const struct message messages[] = {
#define X(word, english, vietnamese) {STR_INIT(word), (english), (vietnamese)},
    MESSAGE_LIST(X)
#undef X
};

const struct message *message_list(size_t *count)
{
    *count = sizeof messages / sizeof *messages;
    return messages;
}

const struct message *message_find(struct str word)
{
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (str_equal(messages[i].word, word))
            return &messages[i];
    return NULL;
}

struct str message_text(struct str word, enum http_language language, enum err_code fallback)
{
    const struct message *m = message_find(word);
    if (m != NULL)
        return str_from(language == HTTP_EN ? m->english : m->vietnamese);
    const struct err_kind *kind = err_kind(fallback);
    return str_from(language == HTTP_EN ? kind->title_en : kind->title_vi);
}
