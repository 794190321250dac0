/* Every way a request can fail: one list, from which the enum, the problem+json answers, the
 * OpenAPI responses and docs/errors.md are made. Slugs are stable and never reused once released.
 */
#ifndef DANVAN_BASE_ERR_H
#define DANVAN_BASE_ERR_H

#include "base/str.h"

/* X(code, HTTP status, slug, English title, Vietnamese title) */
#define ERR_LIST(X)                                                                                \
    X(ERR_BAD_REQUEST, 400, "bad-request", "The request cannot be read", "Không đọc được yêu cầu") \
    X(ERR_BAD_QUERY, 400, "bad-query", "A query parameter is unknown or wrong",                    \
      "Tham số truy vấn không hợp lệ")                                                             \
    X(ERR_BAD_JSON, 400, "bad-json", "The body is not strict JSON",                                \
      "Nội dung không phải JSON hợp lệ")                                                           \
    X(ERR_BAD_CURSOR, 400, "bad-cursor", "The cursor does not belong to this list",                \
      "Con trỏ trang không thuộc danh sách này")                                                   \
    X(ERR_UNAUTHENTICATED, 401, "unauthenticated", "Sign in first",                                \
      "Chưa đăng nhập hoặc phiên đã hết hạn")                                                      \
    X(ERR_BAD_LOGIN, 401, "bad-login", "Login, password or code is wrong",                         \
      "Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng")                                       \
    X(ERR_TOTP_REQUIRED, 401, "totp-required", "A one-time code is needed",                        \
      "Cần nhập mã xác thực một lần")                                                              \
    X(ERR_FORBIDDEN, 403, "forbidden", "Your role may not do this",                                \
      "Vai trò của bạn không được làm việc này")                                                   \
    X(ERR_CSRF, 403, "csrf", "The request does not come from this site's own page",                \
      "Yêu cầu không xuất phát từ trang của hệ thống")                                             \
    X(ERR_NOT_FOUND, 404, "not-found", "Not found", "Không tìm thấy")                              \
    X(ERR_METHOD, 405, "method-not-allowed", "Method not allowed here",                            \
      "Phương thức không được phép")                                                               \
    X(ERR_NOT_ACCEPTABLE, 406, "not-acceptable", "No offered representation is acceptable",        \
      "Không có định dạng phù hợp")                                                                \
    X(ERR_CONFLICT, 409, "conflict", "The present state does not allow this",                      \
      "Trạng thái hiện tại không cho phép thao tác này")                                           \
    X(ERR_DUPLICATE, 409, "duplicate", "This would double something that must be unique",          \
      "Trùng với dữ liệu đã có")                                                                   \
    X(ERR_IN_FLIGHT, 409, "request-in-flight", "A request with this key is still being served",    \
      "Yêu cầu cùng khóa đang được xử lý")                                                         \
    X(ERR_STALE, 412, "stale-version", "Changed by someone else meanwhile",                        \
      "Dữ liệu đã được người khác sửa")                                                            \
    X(ERR_TOO_LARGE, 413, "too-large", "The request is too large", "Yêu cầu quá lớn")              \
    X(ERR_MEDIA_TYPE, 415, "unsupported-media-type", "Send application/json",                      \
      "Chỉ nhận application/json")                                                                 \
    X(ERR_INVALID, 422, "invalid-input", "Some fields need correction", "Một số trường cần sửa")   \
    X(ERR_KEY_REUSED, 422, "idempotency-key-reused", "This key was used with another request",     \
      "Khóa đã dùng cho một yêu cầu khác")                                                         \
    X(ERR_NO_VERSION, 428, "version-required", "Send If-Match with the version you saw",           \
      "Cần gửi If-Match kèm phiên bản đã xem")                                                     \
    X(ERR_THROTTLED, 429, "throttled", "Too many attempts; wait a while",                          \
      "Thử quá nhiều lần; hãy chờ")                                                                \
    X(ERR_INTERNAL, 500, "internal", "The service failed", "Hệ thống gặp lỗi")                     \
    X(ERR_UNAVAILABLE, 503, "unavailable", "The service cannot answer now; try again soon",        \
      "Hệ thống tạm thời không phục vụ được; hãy thử lại")                                         \
    X(ERR_TIMEOUT, 503, "timeout", "The request took too long", "Yêu cầu xử lý quá lâu")

enum err_code {
#define X(code, status, slug, en, vi) code,
    ERR_LIST(X)
#undef X
        ERR__MAX
};

struct err_kind {
    int status;
    const char *slug;
    const char *title_en;
    const char *title_vi;
};
const struct err_kind *err_kind(enum err_code code);

/* One wrong field. `pointer` is an RFC 6901 pointer into the body, or "?name" for a query
 * parameter. `code` is a stable word from the message catalogue (http/messages.h). */
struct field_err {
    struct field_err *next;
    struct str pointer;
    struct str code;
    struct str detail; /* empty: the catalogue's sentence for `code` */
};

/* Filled once, at the place that knows; callers pass it up untouched. Zero-initialise. */
struct err {
    enum err_code code;
    struct str reason;        /* a catalogue word that says more than the code; may be empty */
    struct str detail;        /* ready sentence for the client; may be empty */
    struct str detail_vi;     /* the same in Vietnamese; empty: detail serves both languages */
    struct str cause;         /* for the log only, never sent */
    struct field_err *fields; /* in the order found */
    struct field_err *last;
    int64_t current_version; /* with ERR_STALE: the version now; 0 otherwise */
    int retry_after;         /* seconds; 0: none */
};

/* Sets *e and returns false, so that a failing function ends in `return err_set(...)`. */
bool err_set(struct err *e, enum err_code code, struct str cause);
/* Adds a field error, setting e->code to `code` (ERR_INVALID, ERR_BAD_QUERY …); returns false. */
bool err_field(struct arena *a, struct err *e, enum err_code code, struct str pointer,
               struct str word);

#endif
