"""Fixed phrases of directives that decide what a paragraph is."""

from __future__ import annotations

SKIPPED = (
    r"(?:mục đích|mục tiêu|yêu cầu(?! (?:các|sở|ban|phòng|ubnd|ủy|chủ|giám|thủ|trưởng|công|văn|đơn|những))|"
    r"mục đích,? (?:và )?yêu cầu|quan điểm|nguyên tắc|căn cứ|cơ sở pháp lý|phạm vi|giải thích từ ngữ|"
    r"đối tượng|(?:nhận xét,? )?đánh giá|(?:về )?tình hình|(?:về )?kết quả|thực trạng|những (?:kết quả|tồn tại|hạn "
    r"chế)|"
    r"tồn tại|hạn chế|nguyên nhân|ưu điểm|khuyết điểm|(?:sự )?cần thiết|nơi nhận|thành phần|lịch|mẫu|tổng quan|"
    r"khái quát|đặc điểm|bối cảnh|chỉ tiêu|thông tin chung|thời gian,? (?:và )?địa điểm|bài học)(?:\W|$)"
)

# Words before a colon that say how a thing stands; no one is told to do anything.
DESCRIBES = (
    r"(?:Hình thức|Kinh phí|Nguồn|Mức|Thời gian|Thời hạn|Địa điểm|Thành phần|Đối tượng|Phạm vi|Mục tiêu|Chỉ tiêu|"
    r"Mục đích|Nguyên tắc|Tiêu chí|Số lượng|Điều kiện|Cơ cấu|Ghi chú|Lưu ý|Hồ sơ)(?: [\w,]+){0,6}\s*:"
)

# The writer's own acts in a notice of conclusions.
WRITER_ACTS = (
    r"(?:Ghi nhận|Biểu dương(?!,? (?:và |hoặc )?khen thưởng)|Hoan nghênh|Đánh giá cao|Cảm ơn|"
    r"(?:Cơ bản )?(?:đồng ý|Đồng ý|nhất trí|Nhất trí|thống nhất "
    r"(?:với|chủ trương|về|nội dung)|Thống nhất (?:với|chủ trương|về|nội dung))|Chấp thuận|Ban hành kèm theo)\b"
)

COMPANION = (
    r"(?P<w>(?:(?:Cơ quan|Đơn vị|Phòng|Bộ phận|Tổ chức|Người|Cá nhân)(?:(?:,| và|/)? ?(?:đơn vị|cá nhân|cơ quan|tổ "
    r"chức|phòng))?\s(?:(?:được giao )?chủ trì(?: thực hiện| tham mưu| soạn thảo)?|thực hiện|phối hợp(?: thực hiện)?|"
    r"chịu trách nhiệm(?: chính| thực hiện)?|đầu mối|soạn thảo|tham mưu|phụ trách|trình)|"
    r"Chủ trì(?: thực hiện)?|Phối hợp(?: thực hiện)?|Phân công(?: thực hiện)?|Trách nhiệm thực hiện|"
    r"Thời (?:gian|hạn)(?:\s[\w ,]{2,30})?|Hạn hoàn thành|Tiến độ(?: thực hiện)?|Hoàn thành|Sản "
    r"phẩm(?:\s[\w ,]{2,30})?|Kết quả(?:\s[\w ]{2,20})?|(?:Tên )?[Nn]ội dung(?: thực hiện| công việc)?|"
    r"(?:Tên )?[Nn]hiệm vụ(?: cụ thể)?|Tên (?:công việc|đề án|hoạt động|văn bản|chương trình)|"
    r"Kinh phí(?: thực hiện)?|Địa điểm|Hình thức|Cách thức thực hiện|Yêu cầu|"
    r"Thành phần(?: tham (?:gia|dự))?|Đối tượng|Số lượng))\s*:\s*"
)

CONTENTS = (
    r"(?:theo hướng|bao gồm|gồm(?: có)?|như sau|nội dung (?:sau|chính|chủ yếu)|các nội dung(?: sau)?|gồm "
    r"các nội dung|với các nội dung(?: sau)?|cụ thể|(?:cần |phải )?(?:nêu rõ|nêu|thể hiện(?: rõ)?|làm rõ|ghi rõ|xác "
    r"định rõ)"
    r"(?: (?:các )?nội dung)?(?: sau)?)\s*:\s*$"
)

# "Đề nghị các đơn vị nghiêm túc triển khai thực hiện./.": the call that closes every document.
CALL = (
    r"\s*(?:(?:quan tâm|nhanh chóng|đồng loạt|quyết liệt|"
    r"nghiêm túc|nghiêm|khẩn trương|kịp thời|chủ động|tích cực|phối hợp|chỉ đạo|triển khai|"
    r"tổ chức|thực hiện|quán triệt|căn cứ|theo quy định|chức năng|nhiệm vụ|được giao|đầy đủ|hiệu quả|đúng|yêu cầu|"
    r"tinh thần|"
    r"(?:các )?nội dung (?:nêu )?trên|(?:Chỉ thị|Kế hoạch|Công văn|Thông báo|Quyết định|Hướng dẫn|Công điện) này|"
    r"tốt|có|biết|để|và|bảo đảm|đảm bảo|đạt|kết quả|chất lượng|(?:về )?(?:tiến độ|thời gian)|quy định|của pháp luật|,|"
    r"\s)+)(?:theo [^,.;]{0,60}|(?:để|nhằm|góp phần) (?:đảm bảo|bảo đảm|"
    r"góp phần|phục vụ|nâng cao|đạt|phòng)\s[^.;]{0,120})?[\W_]*"
)
LONGEST_CALL = 160

# Parts of a name that say which ones are meant; without them "các cơ quan có tên trên thực hiện" is only a call.
WHICH = r"\s*(?:có tên (?:nêu )?trên|nêu trên|được (?:phân công|giao(?: nhiệm vụ)?)|(?:có )?liên quan)(?= )"

CLOSING = (
    # "kết quả tổ chức thực hiện Kế hoạch này" is what a duty is about
    r"(?<!việc )(?<!kết quả )(?<!tình hình )(?<!tổ chức )(?<!việc triển khai )"
    r"(?:chịu trách nhiệm (?:thi hành|thực hiện|triển khai(?: thực hiện)?)|(?:triển khai |tổ chức |"
    r"nghiêm túc )*thực hiện(?: nghiêm(?: túc)?| tốt| có hiệu quả| đúng| đầy đủ)*(?:(?: các)? nội dung)?|triển "
    r"khai(?: thực hiện)?(?: nghiêm túc)?)\s+(?:(?:các )?nội dung (?:trên|tại|của)? ?)?"
    r"(?:Quyết định|Kế hoạch|Chỉ thị|Công điện|Thông báo|Công văn|Nghị quyết|Chương trình|Văn bản|văn "
    r"bản|công văn|Quy chế|Hướng dẫn|Phương án)(?: hành động)?(?: của \w+)? này|"
    r"(?:căn cứ|chiểu|có trách nhiệm|chịu trách nhiệm)[^.;]{0,40} thi hành(?: (?:Quyết định|Nghị quyết)(?: này)?)?\W*$"
)
LIABLE = r"chịu trách nhiệm trước [^.;]{3,120} (?:về|nếu|khi|đối với)\b"

TROUBLE = (
    r"(?:nếu|trường hợp|khi)\s+(?:thấy |xét thấy |có (?:các |những )?(?:nội dung|vấn đề)[^.;]{0,40}\s)?(?:cần|cần "
    r"thiết|phải)\s(?:phải )?(?:sửa đổi|bổ sung|điều chỉnh|thay đổi)|"
    r"(?:nếu|trường hợp|khi)\s+(?:có|phát sinh|gặp)?\s*(?:những )?(?:khó khăn|vướng mắc|vấn đề|nội dung|phát sinh)|"
    r"(?:mọi|các|những) (?:khó khăn|vướng mắc|thông tin|chi tiết)[^.;]{0,60}(?:liên hệ|phản ánh|trao đổi)|"
    r"có (?:gì |những )?(?:khó khăn|vướng mắc)[^.]{0,90}(?:phản ánh|trao đổi|liên hệ|báo cáo|thông tin|phản hồi|kiến "
    r"nghị)"
)

SANCTION = (
    r"(?:sẽ (?:không|bị|đánh giá|xem xét|xử lý)|nếu (?:để xảy ra|không)|để xảy ra vi phạm|bị xử lý|không hoàn thành)"
)

# A periodic report differs in nature from the one-off duty before it.
PERIODIC = r"(?:Định kỳ|Hằng|Hàng)[^.,;]{0,60}\b(?:báo cáo|gửi|tổng hợp)"

# "Thời hạn: trước ngày 19/12/2025." after a list holds for all of it.
TIMING = (
    r"(?:Thời hạn|Hạn (?:cuối|chót|nộp|gửi|hoàn thành)|Thời gian(?= (?:hoàn thành|gửi|nộp|báo cáo))|Thời "
    r"gian(?=[^:]{0,30}:"
    r"[^.;]*(?:trước|hoàn thành|xong|chậm nhất|muộn nhất|hết)\b))(?: \w+){0,7}\s*(?::|là\b|chậm nhất\b)\s*"
)

# "Báo cáo gửi về Sở trước ngày 28/3/2025": a day for what the points before asked to be sent.
SENT_BY = (
    r"(?:Văn bản|Báo cáo|Kết quả|Ý kiến|Biên bản|Giấy tờ|Hồ sơ, tài liệu|Tờ trình|Đề xuất|Bản (?:đăng ký|cam kết)|"
    r"Danh sách|Hồ sơ|Số liệu|Nội dung|Các báo cáo|Số tiền|Kinh phí|Bài|Phiếu|"
    r"Đăng ký|Kế hoạch|Biểu mẫu|Sản phẩm|Tác phẩm|Thông tin|Dự thảo)\b[^.;:]{0,60}\b(?:gửi|nộp|chuyển|đăng ký) "
    r"(?:về|tới|đến|cho|qua|trước|theo|lại)\b"
)
SEND_TIME = r"(?:Thời gian|Thời hạn|Hạn)(?: cuối| chót)? (?:gửi|nộp|báo cáo|đăng ký)\b"
SENDS = r"(?:báo cáo|gửi|nộp|đăng ký|cung cấp|danh sách|lập|trình)\b"

MONITOR = r"(?:theo dõi|đôn đốc|giám sát)"

# Stems that list what a document must hold, not what someone must do.
DOCUMENT_CONTENTS = (
    r"(?:báo cáo|kế hoạch|đề án|văn bản|nội dung|danh sách|thông tin|phụ lục|hồ sơ|tài liệu)[^,;.]{0,60}"
    r"(?:theo hướng|bao gồm|gồm(?: có)?|gồm các nội dung|với các nội dung(?: sau)?|các nội dung(?: "
    r"sau)?|(?:nêu rõ|nêu|thể hiện(?: rõ)?|làm rõ|ghi rõ|xác định rõ)(?: (?:các )?nội dung)?(?: sau)?)\s*:\s*$|"
    r"theo hướng\s*:\s*$"
)
WRITER_SPEAKS = (
    r"(?:Trên đây là|Nơi nhận|Trân trọng|Rất mong|Theo Cổng|Link|Xin (?:cảm|trân)|"
    r"(?:Thông báo|Chỉ thị|Công văn|Quyết định|Kế hoạch|Nghị quyết|Hướng dẫn|Quy chế) này "
    r"(?:có hiệu lực|được|thay thế|phổ biến|thực hiện|gồm|áp dụng|bãi bỏ))"
)
NARRATIVE = r"(?:Tại|Ngày|Hồi|Trong thời gian qua|Thời gian qua|Tuy nhiên|Những năm|Trong những năm|Sau khi)\b"
VAGUE = (
    r"(?:(?:các |quý |Quý |Các )?(?:đồng chí|(?:phòng, (?:ban, )?)?đơn vị|phòng|cơ quan|(?:cơ quan|đơn vị), (?:đơn "
    r"vị|địa "
    r"phương)|địa phương|sở, ngành)|[Qq]uý (?:ủy ban|Ủy ban|sở|Sở|ông|bà|ông/bà|công ty|Công ty|trường|vị|đơn vị))"
    r"(?: có tên(?: nêu)? trên| nêu trên)?$"
)
