/* The catalogue of words that say what is wrong with a field, or why a request was refused.
 *
 * A word is stable (clients compare it); its sentences may be improved. To add one, add a line
 * here: the SQL functions name the same words in `using constraint = '<word>'`. */
#ifndef DANVAN_HTTP_MESSAGES_H
#define DANVAN_HTTP_MESSAGES_H

#include "base/err.h"
#include "http/request.h"

/* X(word, English, Vietnamese) */
#define MESSAGE_LIST(X)                                                                                               \
    X("required", "This field is required", "Không được để trống")                                                    \
    X("unknown_field", "There is no such field here", "Không có trường này")                                          \
    X("wrong_type", "The value is of the wrong type", "Sai kiểu dữ liệu")                                             \
    X("too_short", "The value is too short", "Giá trị quá ngắn")                                                      \
    X("too_long", "The value is too long", "Giá trị quá dài")                                                         \
    X("out_of_range", "The value is outside the allowed range",                                                       \
      "Giá trị nằm ngoài khoảng cho phép")                                                                            \
    X("not_a_choice", "Not one of the allowed values", "Không thuộc các giá trị cho phép")                            \
    X("bad_date", "Not a date of the form YYYY-MM-DD",                                                                \
      "Ngày không hợp lệ (dạng năm-tháng-ngày, ví dụ 2026-03-31)")                                                    \
    X("bad_time", "Not a time as in RFC 3339", "Thời điểm không hợp lệ (theo RFC 3339)")                              \
    X("bad_uuid", "Not a valid identifier", "Mã định danh không hợp lệ")                                              \
    X("bad_format", "The value does not have the expected form", "Giá trị không đúng định dạng")                      \
    X("bad_encoding", "Not readable as percent-encoded UTF-8", "Không đọc được theo mã hóa UTF-8")                    \
    X("not_json", "The body breaks the rules of RFC 8259", "Nội dung không đúng chuẩn RFC 8259")                      \
    X("not_visible", "There is no such record, or you may not see it",                                                \
      "Không có bản ghi này hoặc bạn không được xem")                                                                 \
    X("read_only", "This field cannot be set", "Không được sửa trường này")                                           \
    X("duplicate", "This value is already in use", "Giá trị này đã được dùng")                                        \
    X("too_many", "Too many items", "Quá nhiều mục")                                                                  \
    X("too_few", "Too few items", "Quá ít mục")                                                                       \
    X("unknown_parameter", "There is no such query parameter", "Không có tham số truy vấn này")                       \
    X("doubled_parameter", "This query parameter is given twice", "Tham số truy vấn bị lặp lại")                      \
    X("wrong_state", "The present state does not allow this",                                                         \
      "Trạng thái hiện tại không cho phép")                                                                           \
    X("already_issued", "The plan has already been issued", "Kế hoạch đã được ban hành")                              \
    X("not_open", "This is not open for changes", "Chưa mở hoặc không còn mở để cập nhật")                            \
    X("frozen", "This was sent in, approved or closed, and is frozen",                                                \
      "Nội dung đã trình, đã duyệt hoặc đã kết thúc, không sửa được")                                                 \
    X("locked", "The period is locked", "Kỳ báo cáo đã khóa")                                                         \
    X("reopening_over", "The time of reopening is over", "Đã hết thời hạn mở lại")                                    \
    X("empty_report", "The report says nothing yet", "Báo cáo chưa có nội dung")                                      \
    X("no_lead", "A task has no lead unit", "Có nhiệm vụ chưa có đơn vị chủ trì")                                     \
    X("not_yours", "This belongs to another unit", "Nội dung này thuộc đơn vị khác")                                  \
    X("in_the_future", "The date must not lie in the future", "Ngày không được ở tương lai")                          \
    X("in_the_past", "The date must not lie in the past", "Ngày không được ở quá khứ")                                \
    X("wrong_order", "The end lies before the beginning", "Ngày kết thúc trước ngày bắt đầu")                         \
    X("wrong_level", "The unit is not of the right level", "Đơn vị không thuộc cấp phù hợp")                          \
    X("weak_password", "The password is too short or too easy to guess",                                              \
      "Mật khẩu quá ngắn hoặc quá dễ đoán")                                                                           \
    X("common_password", "This password is among the commonly used ones",                                             \
      "Mật khẩu này quá phổ biến")                                                                                    \
    X("wrong_password", "The current password is wrong", "Mật khẩu hiện tại không đúng")                              \
    X("session_needed", "Only a signed-in session may do this, not an API token",                                     \
      "Chỉ thực hiện được khi đăng nhập, không dùng được mã truy cập API")                                            \
    X("bad_code", "The code is wrong or has expired", "Mã xác thực không đúng hoặc đã hết hạn")                       \
    X("no_membership", "The account belongs to no unit", "Tài khoản chưa thuộc đơn vị nào")                           \
    X("not_signed_in", "Sign in first", "Chưa đăng nhập")                                                             \
    X("must_change_password", "Change the one-time password first",                                                   \
      "Cần đổi mật khẩu dùng một lần trước")                                                                          \
    X("not_permitted", "Your role or unit may not do this",                                                           \
      "Vai trò hoặc đơn vị của bạn không được làm việc này")                                                          \
    X("admin_needed", "Only an administrator may do this", "Chỉ quản trị viên được làm việc này")                     \
    X("leader_needed", "Only a leader may do this", "Chỉ lãnh đạo đơn vị được làm việc này")                          \
    X("own_account", "Not on your own account", "Không áp dụng cho tài khoản của chính bạn")                          \
    X("wider_account", "The account reaches beyond your scope",                                                       \
      "Tài khoản này vượt ngoài phạm vi của bạn")                                                                     \
    X("not_found", "There is no such record, or you may not see it",                                                  \
      "Không có bản ghi này hoặc bạn không được xem")                                                                 \
    X("closed", "This is closed", "Nội dung này đã đóng")                                                             \
    X("plan_closed", "The plan is not in force", "Kế hoạch không trong thời gian thực hiện")                          \
    X("append_only", "What was recorded is never changed", "Nội dung đã ghi không được sửa")                          \
    X("immutable", "This never changes", "Giá trị này không thay đổi được")                                           \
    X("stale_version", "Changed by someone else meanwhile", "Dữ liệu đã được người khác sửa")                         \
    X("in_flight", "A request with this key is still being served",                                                   \
      "Yêu cầu cùng khóa đang được xử lý")                                                                            \
    X("key_reused", "This key was used with another request", "Khóa đã dùng cho một yêu cầu khác")                    \
    X("in_future", "The date must not lie in the future", "Ngày không được ở tương lai")                              \
    X("not_a_date", "Not a date of the form YYYY-MM-DD",                                                              \
      "Ngày không hợp lệ (dạng năm-tháng-ngày, ví dụ 2026-03-31)")                                                    \
    X("level_of_area", "A unit stands at the level of its area",                                                      \
      "Cấp của đơn vị phải là cấp của địa bàn")                                                                       \
    X("same_area_and_line", "An office stands at the area and line of its unit",                                      \
      "Phòng phải cùng địa bàn và ngành với đơn vị")                                                                  \
    X("code_refused", "The code is wrong or has been used", "Mã xác thực không đúng hoặc đã dùng")                    \
    X("totp_on", "One-time codes are already on", "Đã bật mã xác thực một lần")                                       \
    X("totp_not_waiting", "No one-time secret waits for confirmation",                                                \
      "Không có khóa mã xác thực nào chờ xác nhận")                                                                   \
    X("one_holder", "Name either a unit or a role that units hold",                                                   \
      "Chọn một đơn vị hoặc một vai của cấp, không chọn cả hai")                                                      \
    X("same_record", "A record cannot point at itself", "Không thể liên kết với chính nó")                            \
    X("not_of_kind", "The days do not fit this kind of period",                                                       \
      "Ngày không khớp với loại kỳ báo cáo")                                                                          \
    X("decision_needed", "Only a decision with a reason changes this: open, lock or unlock",                          \
      "Chỉ thay đổi được bằng quyết định có lý do: mở, khóa hoặc mở khóa")                                            \
    X("after_lock", "The day lies after the period locks", "Ngày này sau khi kỳ báo cáo đã khóa")                     \
    X("not_later", "The day must lie after the present due day", "Ngày phải sau hạn hiện tại")                        \
    X("not_active", "The unit is no longer active", "Đơn vị không còn hoạt động")                                     \
    X("not_asked", "The unit is not asked for this figure",                                                           \
      "Đơn vị không được yêu cầu báo cáo số liệu này")                                                                \
    X("duplicate_row", "The same record stands in an earlier row of the file",                                        \
      "Trùng với một dòng trước trong tệp")                                                                           \
    X("ambiguous", "More than one record has this code; say whose",                                                   \
      "Có nhiều bản ghi cùng mã này; cần nêu rõ đơn vị")                                                              \
    X("overlapping_post", "Another post of the person stands on the same days",                                       \
      "Trùng thời gian với một chức danh khác của người này")                                                         \
    X("by_attendance", "Told by the attendance sheet, not here",                                                      \
      "Theo bảng điểm danh, không sửa ở đây")                                                                         \
    X("by_reorganisation", "Only a reorganisation changes this",                                                      \
      "Chỉ thay đổi được bằng việc sắp xếp tổ chức")                                                                  \
    X("wrong_measure", "The indicator is not measured this way",                                                      \
      "Chỉ tiêu này không đo theo cách này")                                                                          \
    X("already_answered", "Units have already answered this indicator",                                               \
      "Đã có đơn vị báo cáo số liệu của chỉ tiêu này")                                                                \
    X("bad_name", "A file's name holds no path, control character or mark of direction",                              \
      "Tên tệp không được chứa đường dẫn, ký tự điều khiển hoặc ký tự đổi hướng chữ")                                 \
    X("empty_file", "No file was sent, or it is empty", "Chưa gửi tệp hoặc tệp rỗng")                                 \
    X("unsupported_file", "Not a PDF, PNG, JPEG, WebP, HEIC, DOCX or XLSX file, or damaged",                          \
      "Không phải tệp PDF, PNG, JPEG, WebP, HEIC, DOCX hoặc XLSX, hoặc tệp bị hỏng")                                  \
    X("extension_mismatch", "The ending of the name does not fit the content",                                        \
      "Phần mở rộng của tên tệp không khớp với nội dung tệp")                                                         \
    X("has_macros", "The file holds macros: save it without them",                                                    \
      "Tệp có chứa macro; hãy lưu lại dưới dạng không có macro")                                                      \
    X("unsafe_archive", "The file would unpack to far more than it should",                                           \
      "Tệp nén giãn ra lớn bất thường")                                                                               \
    X("too_many_files", "The record has as many files as it may", "Bản ghi đã đủ số tệp cho phép")                    \
    X("incomplete_file", "The file did not arrive whole; send it again",                                              \
      "Tệp chưa được tải lên đầy đủ; hãy gửi lại")                                                                    \
    X("not_of_parent", "Not an item of the plan that this plan carries out",                                          \
      "Không phải đề mục của kế hoạch được cụ thể hóa")                                                               \
    X("items_carry_out", "Items of this plan carry out the plan above",                                               \
      "Kế hoạch có đề mục đang cụ thể hóa kế hoạch cấp trên")                                                         \
    X("outside_issuer", "The lead must be a unit of the issuer's own scope",                                          \
      "Đơn vị chủ trì phải thuộc phạm vi của đơn vị ban hành")                                                        \
    X("parent_not_in_force", "The plan above is not in force",                                                        \
      "Kế hoạch cấp trên không trong thời gian thực hiện")                                                            \
    X("no_parent_plan", "The plan names no plan above", "Kế hoạch chưa nêu kế hoạch cấp trên")                        \
    X("has_faults", "The reorganisation is impossible as it stands; its preview tells why",                           \
      "Phương án sắp xếp còn lỗi; hãy xem trước để biết từng lỗi")                                                    \
    X("no_steps", "There is no step", "Chưa có bước sắp xếp nào")                                                     \
    X("wrong_parts", "Too few or too many parts for this kind of step",                                               \
      "Số vế không phù hợp với hình thức sắp xếp")                                                                    \
    X("wrong_subject", "The step is about areas or about units, not both",                                            \
      "Đối tượng không phù hợp với bước sắp xếp")                                                                     \
    X("one_subject", "Name an area or a unit, not both", "Chỉ chọn một địa bàn hoặc một đơn vị")                      \
    X("already_ended", "This has ended already", "Đơn vị hoặc địa bàn này đã kết thúc hoạt động")                     \
    X("before_version", "The day lies before what is recorded already, or on the day it began",                       \
      "Ngày hiệu lực không sau thay đổi đã ghi gần nhất")                                                             \
    X("ended_twice", "Ended here and ended or changed in another step",                                               \
      "Đã kết thúc ở bước này nhưng còn xuất hiện ở bước khác")                                                       \
    X("shares_not_whole", "The shares must sum to 1000 per mille",                                                    \
      "Tổng các tỷ lệ phải bằng 1000 phần nghìn")                                                                     \
    X("share_told", "A share is told with the allocation \"share\", and only then",                                   \
      "Chỉ nhập tỷ lệ, và bắt buộc nhập, khi chia theo tỷ lệ")                                                        \
    X("no_function_items", "Say which items of a plan move",                                                          \
      "Chưa chọn nhiệm vụ của chức năng được chuyển")                                                                 \
    X("no_change", "Nothing is changed", "Chưa nêu nội dung thay đổi")                                                \
    X("part_not_made", "Names a part that makes nothing before this step",                                            \
      "Vế được dẫn chiếu không lập mới ở bước trước")                                                                 \
    X("not_in_scope", "Lies outside of your scope", "Nằm ngoài phạm vi của bạn")                                      \
    X("by_command", "Only a command does this: transfer or second",                                                   \
      "Chỉ thực hiện qua lệnh điều động hoặc biệt phái")                                                              \
    X("same_unit", "The person is of this unit already", "Cán bộ đang thuộc đơn vị này")                              \
    X("same_post", "The person holds this post already", "Cán bộ đang giữ chức danh này")                             \
    X("not_invited", "The unit is not invited", "Đơn vị chưa được mời")                                               \
    X("course_full", "The course has no place left", "Lớp đã hết chỗ")                                                \
    X("no_place_left", "The unit has used all its places", "Đơn vị đã dùng hết số chỗ được phân")                     \
    X("below_taken", "More people than that are registered",                                                          \
      "Số người đã đăng ký nhiều hơn số này")                                                                         \
    X("not_begun", "The first day has not come", "Chưa đến ngày bắt đầu")                                             \
    X("not_effective_yet", "The day it takes effect has not come", "Chưa đến ngày có hiệu lực")                       \
    X("not_over", "The last day has not come", "Chưa đến ngày bế mạc")                                                \
    X("days_outside", "A day lies outside the course", "Có ngày học nằm ngoài thời gian của lớp")                     \
    X("attendance_missing", "The attendance of some who registered is missing",                                       \
      "Còn người đã đăng ký chưa được điểm danh")                                                                     \
    X("results_missing", "Some who attended have no result yet",                                                      \
      "Còn người tham dự chưa có kết quả")                                                                            \
    X("has_attendance", "Somebody's attendance is already recorded",                                                  \
      "Lớp đã có dữ liệu điểm danh")                                                                                  \
    X("has_result", "The person already has a result", "Người này đã có kết quả")                                     \
    X("has_left", "The person has left", "Người này đã nghỉ công tác")                                                \
    X("not_registered", "Nobody of this code is registered for the course",                                           \
      "Không có ai mang mã này đăng ký dự lớp")                                                                       \
    X("not_a_day", "Not a day of the course", "Không phải ngày học của lớp")                                          \
    X("not_attended", "Only who attended has a result", "Chỉ người đã tham dự mới có kết quả")                        \
    X("not_passed", "Only who passed has a certificate", "Chỉ người đạt mới được cấp chứng nhận")                     \
    X("not_led", "The unit does not lead this item in that year",                                                     \
      "Đơn vị không chủ trì nhiệm vụ này trong năm đó")                                                               \
    X("over_budget", "More than what is approved and adjusted",                                                       \
      "Vượt số kinh phí được duyệt và điều chỉnh")                                                                    \
    X("below_zero", "The sum would fall below zero", "Tổng số sẽ nhỏ hơn 0")                                          \
    X("below_spent", "More than that is already spent", "Đã chi nhiều hơn số này")                                    \
    X("outside_year", "The day lies in another year than the budget line",                                            \
      "Ngày không thuộc năm của dự toán")                                                                             \
    X("year_not_over", "The year is not over", "Chưa hết năm")                                                        \
    X("too_few_days", "Attended fewer days than the course asks",                                                     \
      "Số ngày dự ít hơn mức tối thiểu của lớp")                                                                      \
    X("own_unit", "The unit itself cannot be named here", "Không thể chọn chính đơn vị này")                          \
    X("no_subject", "No unit to inspect is named yet", "Chưa có đơn vị được kiểm tra")                                \
    X("not_a_subject", "Not a unit that is inspected here",                                                           \
      "Không phải đơn vị được kiểm tra trong cuộc này")                                                               \
    X("not_joint", "Only a joint inspection has partners",                                                            \
      "Chỉ đoàn liên ngành mới có đơn vị phối hợp")                                                                   \
    X("nothing_said", "A unit has no finding, no recommendation and no word that there is none",                      \
      "Còn đơn vị được kiểm tra chưa có nhận xét, kiến nghị hoặc xác nhận không có")                                  \
    X("programme_not_issued", "The programme has not been issued",                                                    \
      "Chương trình chưa được ban hành")                                                                              \
    X("inspections_open", "An inspection of the programme is not over",                                               \
      "Còn cuộc kiểm tra của chương trình chưa kết thúc")                                                             \
    X("already_recognised", "Already recognised at this level or a higher one",                                       \
      "Mô hình đã được công nhận ở cấp này hoặc cấp cao hơn")                                                         \
    X("no_header", "None of the first rows holds the columns' names",                                                 \
      "Không tìm thấy dòng tiêu đề cột")                                                                              \
    X("bad_header", "The header has faults; no row was read",                                                         \
      "Dòng tiêu đề có lỗi, chưa đọc dòng dữ liệu nào")                                                               \
    X("no_rows", "There is no row below the header", "Không có dòng dữ liệu nào")                                     \
    X("unknown_header", "There is no column of this name here", "Không có cột nào tên như vậy")                       \
    X("doubled_header", "This column stands there twice", "Cột bị lặp lại")                                           \
    X("missing_column", "A required column is missing", "Thiếu cột bắt buộc")                                         \
    X("column_without_header", "There is a value in a column without a name",                                         \
      "Có giá trị ở cột không có tiêu đề")                                                                            \
    X("bad_integer", "Not a whole number, written without separators",                                                \
      "Không phải số nguyên (viết liền, không dấu phân cách)")                                                        \
    X("bad_boolean", "Not yes or no (có, không, x, true, false)",                                                     \
      "Không phải có hoặc không (có, không, x, true, false)")                                                         \
    X("cell_error", "The cell holds an error of the spreadsheet",                                                     \
      "Ô chứa giá trị lỗi của bảng tính")                                                                             \
    X("no_cached_value", "The formula was never computed; open the file and save it",                                 \
      "Công thức chưa được tính; hãy mở tệp và lưu lại")                                                              \
    X("control_character", "The text holds control characters or marks of direction",                                 \
      "Nội dung chứa ký tự điều khiển hoặc ký tự đổi hướng chữ")                                                      \
    X("legacy_encoding",                                                                                              \
      "Text in TCVN3 (ABC) or VNI: convert it to Unicode, or ask for conversion",                                     \
      "Chữ viết bằng bảng mã TCVN3 (ABC) hoặc VNI; hãy chuyển sang Unicode hoặc chọn chuyển mã " \
      "khi nhập")                                                                                                     \
    X("bad_quotes", "A quotation mark is not closed, or closed within the text",                                      \
      "Dấu ngoặc kép mở, đóng không đúng")                                                                            \
    X("too_many_rows", "More than 200,000 rows; split the file", "Quá 200.000 dòng; hãy tách tệp")                    \
    X("too_many_columns", "There are values beyond column 512", "Có giá trị sau cột thứ 512")                         \
    X("too_many_strings", "The file holds too much text; split it",                                                   \
      "Tệp chứa quá nhiều chữ; hãy tách tệp")                                                                         \
    X("too_many_faults", "Reading stopped at 20,000 faults; correct them and send the file anew",                     \
      "Đã dừng đọc vì có từ 20.000 lỗi trở lên; hãy sửa rồi gửi lại tệp")                                             \
    X("took_too_long", "Reading the file took too long; split it",                                                    \
      "Đọc tệp quá lâu; hãy tách tệp")                                                                                \
    X("damaged_file", "The file is damaged", "Tệp bị hỏng")                                                           \
    X("not_a_table", "Not a CSV or XLSX file", "Không phải tệp CSV hoặc XLSX")                                        \
    X("old_excel_file", "A file of the old .xls format: save it as .xlsx",                                            \
      "Tệp Excel định dạng cũ (.xls); hãy lưu lại dưới dạng .xlsx")                                                   \
    X("encrypted_file", "The file is protected by a password", "Tệp được bảo vệ bằng mật khẩu")                       \
    X("document_type", "The file's XML declares a document type",                                                     \
      "XML trong tệp có khai báo DOCTYPE")                                                                            \
    X("no_sheet", "There is no such worksheet", "Không có trang tính này")                                            \
    X("file_gone", "The file is no longer kept", "Tệp không còn được lưu")                                            \
    X("rights_ended", "Who made the import may no longer act for the unit",                                           \
      "Người nhập không còn quyền thay mặt đơn vị")                                                                   \
    X("runner_died", "The import broke off three times", "Việc nhập đã gián đoạn ba lần")                             \
    X("no_memory", "There was not enough memory", "Không đủ bộ nhớ")                                                  \
    X("wide_encoding", "Text in UTF-16: save it as CSV UTF-8",                                                        \
      "Tệp văn bản UTF-16; hãy lưu lại dưới dạng CSV UTF-8")                                                          \
    X("no_agenda", "The agenda is empty", "Chưa có nội dung chương trình")                                            \
    X("carried_over", "A task carried over stays on the agenda of an open meeting",                                   \
      "Việc chuyển tiếp phải giữ trong chương trình khi hội nghị đang họp")                                           \
    X("named_by_outcome", "An outcome of the meeting names this unit",                                                \
      "Kết luận của hội nghị đang nêu đơn vị này")                                                                    \
    X("no_invitations", "Nobody is invited", "Chưa mời đơn vị nào")                                                   \
    X("attendance_open", "The attendance of some invited units is missing",                                           \
      "Còn đơn vị được mời chưa được ghi nhận tham dự")                                                               \
    X("no_minutes", "There are no minutes yet", "Chưa có biên bản")                                                   \
    X("not_present", "Only of a unit that was present", "Chỉ ghi với đơn vị có mặt")                                  \
    X("has_meetings", "Meetings were made of it; end it instead",                                                     \
      "Đã lập hội nghị từ loạt này; hãy kết thúc thay vì xóa")                                                        \
    X("wrong_period_kind", "Not a period that this meeting sums up",                                                  \
      "Không phải kỳ mà hội nghị này tổng hợp")                                                                       \
    X("outcomes_unready", "A task lacks its lead unit or its date",                                                   \
      "Còn nhiệm vụ chưa có đơn vị chủ trì hoặc thời hạn")                                                            \
    X("before_meeting", "The day lies before the meeting", "Ngày này trước ngày họp")                                 \
    X("not_a_task", "Only a task has a lead unit and a date",                                                         \
      "Chỉ kết luận giao nhiệm vụ mới có đơn vị chủ trì và thời hạn")                                                 \
    X("wrong_role", "Your role may not do this", "Vai trò của bạn không được làm việc này")                           \
    X("not_a_member", "The unit is no member or party of it",                                                         \
      "Đơn vị không phải thành viên hoặc bên tham gia")                                                               \
    X("no_parties", "It names no party beside its owner", "Chưa có bên phối hợp nào")                                 \
    X("by_kind", "Needed of one kind, and refused of the others",                                                     \
      "Bắt buộc với một loại, không nhập với các loại khác")                                                          \
    X("just_one", "Give exactly one of these fields", "Chỉ nhập đúng một trong các trường này")                       \
    X("session_convened", "A session is convened or open",                                                            \
      "Còn phiên họp đã triệu tập hoặc đang họp")                                                                     \
    X("by_assignment", "Its assignment tells when it is done",                                                        \
      "Việc này hoàn thành theo nhiệm vụ được giao")

struct message {
    struct str word;
    const char *english;
    const char *vietnamese;
};

/* All of them, for docs/errors.md and the OpenAPI file. */
const struct message *message_list(size_t *count);
/* NULL when the catalogue has no such word. */
const struct message *message_find(struct str word);
/* The sentence for `word`; for an unknown word the title of `fallback`. */
struct str message_text(struct str word, enum http_language language, enum err_code fallback);

#endif
