"""Fixed phrases of directives that decide what a paragraph is."""

from __future__ import annotations

SKIPPED = (
    r"(?:mục đích|mục tiêu|yêu cầu|mục đích,? (?:và )?yêu cầu|quan điểm|căn cứ|cơ sở pháp lý|phạm vi|"
    r"đối tượng|đánh giá|tình hình|kết quả|thực trạng|những kết quả|tồn tại|hạn chế|nguyên nhân|ưu "
    r"điểm|khuyết điểm|"
    r"sự cần thiết|nơi nhận|thành phần|lịch|mẫu|tổng quan|bối cảnh|chỉ tiêu)(?:\W|$)"
)

COMPANION = (
    r"(?P<w>(?:(?:Cơ quan|Đơn vị|Phòng|Bộ phận|Tổ chức|Người)(?:,? (?:đơn vị|cá nhân|cơ quan|tổ "
    r"chức))?\s(?:chủ trì(?: thực hiện| tham mưu)?|thực hiện|phối hợp(?: thực hiện)?|chịu trách nhiệm|"
    r"đầu mối)|Chủ trì|Phối hợp|Phân công(?: thực hiện)?|"
    r"Thời (?:gian|hạn)(?:\s[\w ,]{2,30})?|Hạn hoàn thành|Tiến độ(?: thực hiện)?|Hoàn thành|Sản "
    r"phẩm(?:\s[\w ,]{2,30})?|Kết quả(?:\s[\w ]{2,20})?|Nội dung(?: thực hiện| công việc)?|Nhiệm "
    r"vụ(?: cụ thể)?|Kinh phí(?: thực hiện)?|Địa điểm|Hình thức|Cách thức thực hiện|Yêu cầu))\s*:\s*"
)

CONTENTS = (
    r"(?:theo hướng|bao gồm|gồm(?: có)?|như sau|nội dung (?:sau|chính|chủ yếu)|các nội dung(?: sau)?|gồm "
    r"các nội dung|với các nội dung(?: sau)?|cụ thể)\s*:\s*$"
)

# "Đề nghị các đơn vị nghiêm túc triển khai thực hiện./.": the call that closes every document.
CALL = (
    r"\s*(?:(?:quan tâm|nghiêm túc|khẩn trương|kịp thời|chủ động|tích cực|phối hợp|chỉ đạo|triển khai|"
    r"tổ chức|thực hiện|"
    r"(?:các )?nội dung (?:nêu )?trên|hiệu quả|tốt|có|biết|để|và|,|\s)+)(?:theo [^,.;]{0,60})?[\W_]*"
)

CLOSING = (
    r"(?:chịu trách nhiệm (?:thi hành|thực hiện|triển khai(?: thực hiện)?)|(?:triển khai |tổ chức |"
    r"nghiêm túc )*thực hiện(?: nghiêm(?: túc)?| tốt| có hiệu quả)*(?:(?: các)? nội dung)?|triển "
    r"khai(?: thực hiện)?(?: nghiêm túc)?)\s+(?:(?:các )?nội dung (?:trên|tại|của)? ?)?"
    r"(?:Quyết định|Kế hoạch|Chỉ thị|Công điện|Thông báo|Công văn|Nghị quyết|Chương trình|Văn bản|văn "
    r"bản|công văn|Quy chế)(?: hành động)?(?: của \w+)? này"
)

TROUBLE = (
    r"(?:nếu|trường hợp|khi)\s+(?:có|phát sinh|gặp)?\s*(?:những )?(?:khó khăn|vướng mắc|vấn đề|nội dung|phát sinh)"
)

SANCTION = (
    r"(?:sẽ (?:không|bị|đánh giá|xem xét|xử lý)|nếu (?:để xảy ra|không)|để xảy ra vi phạm|bị xử lý|không hoàn thành)"
)

# A periodic report differs in nature from the one-off duty before it.
PERIODIC = r"(?:Định kỳ|Hằng|Hàng)[^.,;]{0,60}\b(?:báo cáo|gửi|tổng hợp)"

MONITOR = r"(?:theo dõi|đôn đốc|giám sát)"

# Stems that list what a document must hold, not what someone must do.
DOCUMENT_CONTENTS = (
    r"(?:báo cáo|kế hoạch|đề án|văn bản|nội dung|danh sách|thông tin|phụ lục|hồ sơ|tài liệu)[^,;.]{0,60}"
    r"(?:theo hướng|bao gồm|gồm(?: có)?|gồm các nội dung|với các nội dung(?: sau)?|các nội dung(?: "
    r"sau)?)\s*:\s*$|theo hướng\s*:\s*$"
)
WRITER_SPEAKS = r"(?:Trên đây là|Nơi nhận|Trân trọng|Rất mong|Theo Cổng|Link|Thông báo này|Chỉ thị này|Công văn này)"
NARRATIVE = r"(?:Tại|Ngày|Hồi|Trong thời gian qua|Thời gian qua|Tuy nhiên|Những năm|Trong những năm|Sau khi)\b"
VAGUE = r"(?:các |quý |Quý |Các )?(?:đồng chí|(?:phòng, (?:ban, )?)?đơn vị|phòng|cơ quan|địa phương|sở, ngành)$"
