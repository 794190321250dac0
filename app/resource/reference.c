/* Reference data that lists show by its code, and a workbook by its name. The code is what API and
 * CSV promise; that these are the names that the database has is held against /levels and /lines
 * (tests/api/api_workbooks.c). */
#include "resource/operation.h"

static const struct choice levels[] = {
    CHOICE("province", "Cấp tỉnh", "Province"),
    CHOICE("district", "Cấp huyện", "District"),
    CHOICE("grassroots", "Cấp cơ sở", "Grassroots"),
};

static const struct choice lines[] = {
    CHOICE("mobilization", "Dân vận", "Mass mobilization"),
    CHOICE("party", "Đảng", "Party"),
    CHOICE("government", "Chính quyền", "Government"),
    CHOICE("council", "Hội đồng nhân dân", "People's Council"),
    CHOICE("judiciary", "Tư pháp", "Judiciary"),
    CHOICE("front", "Mặt trận Tổ quốc", "Fatherland Front"),
    CHOICE("trade_union", "Công đoàn", "Trade union"),
    CHOICE("farmers", "Nông dân", "Farmers"),
    CHOICE("women", "Phụ nữ", "Women"),
    CHOICE("veterans", "Cựu chiến binh", "Veterans"),
    CHOICE("youth", "Đoàn Thanh niên", "Youth union"),
    CHOICE("mass_association", "Hội quần chúng", "Mass associations"),
    CHOICE("armed_forces", "Lực lượng vũ trang", "Armed forces"),
    CHOICE("school", "Trường chính trị", "Political school"),
};

static const struct choice period_kinds[] = {
    CHOICE("month", "Tháng", "Month"),
    CHOICE("quarter", "Quý", "Quarter"),
    CHOICE("six_months", "6 tháng", "6 months"),
    CHOICE("nine_months", "9 tháng", "9 months"),
    CHOICE("year", "Năm", "Year"),
    CHOICE("phase", "Giai đoạn", "Phase"),
};

#define CODES(f, list)                                  \
    {                                                   \
        STR_INIT(f), list, sizeof(list) / sizeof(*list) \
    }
/* A name of a field means the same in every list. */
static const struct {
    struct str field;
    const struct choice *names;
    size_t count;
} fields[] = {
    CODES("level", levels),
    CODES("holder_level", levels),
    CODES("awarding_level", levels),
    CODES("recognition_level", levels),
    CODES("line", lines),
    CODES("period_kind", period_kinds),
    CODES("frequency", period_kinds),
};

const struct choice *field_words(const struct field *f, size_t *count)
{
    *count = f->choice_count;
    if (f->type != FIELD_TEXT)
        return f->choices;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (str_equal(fields[i].field, f->name)) {
            *count = fields[i].count;
            return fields[i].names;
        }
    }
    return f->choices;
}
