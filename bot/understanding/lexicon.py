"""The words that carry an act. Every pattern is written with marks; `vn` lets the unmarked form match too (R5)."""

from __future__ import annotations

import re

from bot.understanding.words import vn, vn_source

PRON = (
    r"(?:em|e|anh|a|chị|c|tôi|t|mình|phòng|đơn vị|chúng tôi|bọn em|bên em|bên anh|bên tôi|tụi em|cô|chú|"
    r"bác|ban|trung tâm)"
)
TAIL = re.compile(
    r"(?:[\s,]+(?:ạ|a|ah|nhé|nhe|nha|nhá|nhen|nghen|nghe|hen|hỉ|nhỉ|em|e|anh|chị|chi|c|sếp|thôi|luôn|luon|"
    r"ngay|đó|do|đấy|day|vậy|thế|"
    r"rồi|roi|vp|văn phòng|van phong|các|cac|bác|bac|lan|ok|okie|oke|nhiều|nhieu|lắm|lam|nhóm|đồng chí|"
    r"dong chi|đ/c|thưa|hi|hihi|c lan|chị lan))+$"
)
HEAD = re.compile(
    r"^(?:(?:dạ|da|vâng|vang|thưa|thua|kính thưa|à|ừ|alo|em chào|chào|chao)(?: (?:anh|chị|chi|em|e|a|c|"
    r"văn phòng|van phong|sếp))?[\s,.]+)+"
)
_OK_WORDS = (
    "ok|oke|okê|okie|okay|oki|okey|okla|okela|okeh|okd|okk|okii|okelah|ô kê|ôkê|uki|ukie|uk|uh|uhm|um|ờ|"
    "ừ|ừm|ừa|vâng|dạ|rõ|yes|yep|yeah|sure|roger|copy|"
    "được|tốt|nhất trí|đồng ý|biết|hiểu|nắm|chấp hành|tuân lệnh|chuẩn|good|đúng|phải|xác nhận|okok|fine|"
    "understood"
)
_PARTICLES = (
    "ạ|a|ah|à|nhé|nhe|nha|nhá|nhen|nghen|nghe|hen|hỉ|em|e|anh|chị|c|sếp|thôi|luôn|ngay|đó|đấy|vậy|thế|"
    "rồi|được|đã|các|bác|cô|chú|tôi|mình|"
    "phòng|vp|văn phòng|nhiều|đ/c|đồng chí|thưa|việc|thông tin|nội dung|lan|xin|i|it|got|nhóm|tin|hết|"
    "chỉ đạo|ý|bạn|ad"
)
OK_WORD = vn(_OK_WORDS)
OK = re.compile(rf"(?:(?:{vn_source(_OK_WORDS + '|' + _PARTICLES)})(?:[\s,.]+|$))+")
PARTICLE = re.compile(rf"(?:(?:{vn_source(_PARTICLES)})(?:[\s,.]+|$))*")
ACK = vn(
    r"(?:đã )?(?:tiếp )?nhận(?! xét| thức| định| diện| được (?:số liệu|báo cáo của|hồ sơ|ý kiến|phản hồi|"
    r"trả lời))|noted|received|got it|confirm(?:ed)?|ack|acknowledged?|accepted|tiếp thu|ghi nhận|"
    r"sẽ (?:triển khai|thực hiện|"
    r"làm|tham mưu|xử lý|cho làm|chỉ đạo|nghiên cứu)|triển khai ngay|làm ngay|để (?:em|phòng|tôi|anh|"
    r"chị) (?:làm|triển khai|thực hiện)|đã tiếp thu"
)
TOLD = vn(r"nhắn(?: anh em| lại| cho)?")
NOT_QUITE_ACK = re.compile(
    r"(?<!\w)(?:nhân|nhẫn|nhạn|nhấn|nhần|nhậ|nhâng|nhậng|nhặn)(?! viên| sự| lực| dân| dịp| rộng| bản)(?!\w)"
)
SEEN = vn(r"(?:đã|vừa|mới) (?:xem|đọc|thấy)(?: rồi)?|(?:xem|đọc|thấy) rồi|seen|read|đã nhìn thấy|đã đọc được")
NO = r"(?:không|chưa|chẳng|chả|hổng)"
AFTER_NO = (
    r"(?: (?:làm|thực hiện|thể|hề|được|có|ai|kịp|xử lý|đâu|giải quyết|hoàn toàn|đã|thấy|cái nào|việc nào|"
    r"gì|tới|phải|thật|triển khai))*"
)
FINISH = vn(r"xong|hoàn (?:thành|tất)|hoành thành|done|finish|finished|complete|completed|xong xuôi|xong việc")
UNFINISHED = vn(
    rf"{NO}{AFTER_NO} (?:xong|hoàn (?:thành|tất)|done|finish(?:ed)?|làm|viết|bắt đầu|triển khai|thực hiện|đâu)|"
    r"(?:sắp|gần|gần như|cơ bản|mới|đang) (?:đã )?(?:\w+ )?(?:xong|hoàn (?:thành|tất|thiện))|not (?:yet|done|"
    r"finished)|almost done|(?:vẫn|thì|hãy|còn|nói chung) chưa|chưa (?:có|làm) gì|sắp rồi|gần rồi"
)
CHUA_AMBIGUOUS = re.compile(r"(?<!\w)(?:sua|tu|bo|ton tao|ngoi|dinh|nha|den|tao|san|cong|le hoi) chua(?!\w)")
CHUA_ROI = re.compile(r"(?<!\w)chua(?!\w).* (?:rồi|roi)(?!\w)")
PARTLY = vn(
    r"(?<!thành )(?<!thành)phần(?! mềm)|dự thảo|bản nháp|nháp|bước|một nửa|1 nửa|nửa|đợt|sơ bộ|đề cương|"
    r"bản thảo|thảo|khung|một số|1 số|cơ bản|tạm|bản mềm|phân nửa"
)
SOME = vn(
    r"xong (?:được )?\d+(?:/\d+)? (?:xã|phường|hồ sơ|đơn vị|chỉ tiêu|điểm|di tích|mục|nội dung|cuộc|lớp|"
    r"thôn|phòng|biểu|bộ|bước)"
)
PERCENT = re.compile(r"\d\s?%|(?<!\d)(?:được|dat|đạt) \d{1,2}(?= ?(?:%|phần trăm))|phần trăm")
AS_IF = vn(
    r"(?:coi như|xem như|coi|kể như|tạm coi|tưởng|chắc|hình như|có khi|có lẽ|"
    r"nghe nói)(?: là)?(?: \w+)? (?:xong|hoàn thành)"
)
LATER = vn(
    r"(?:chưa|không) biết (?:là )?(?:bao giờ|khi nào|lúc nào|hôm nào|ngày nào)(?: \w+)*|(?:bao giờ|khi nào|"
    r"lúc nào|chừng nào|hôm nào|khi) .*(?:thì|sẽ|em|anh|tôi|mình)(?: \w+)* (?:báo|gửi|nộp)|xong (?:thì|sẽ|là|"
    r"em|anh|tôi|mình|phòng|a|e|tui)(?: \w+)? (?:báo|gửi|nộp)|xong (?:rồi )?(?:báo|gửi) (?:sau|lại)|(?:khi|"
    r"lúc) nào xong|bao giờ xong (?:\w+ )?(?:báo|gửi)|có gì (?:em |anh |tôi )?báo(?: lại| sau)?"
)
WILL = vn(r"sẽ|để|hẹn|dự kiến|cố gắng|cố|tranh thủ|phấn đấu|hứa|chắc|xin hứa|cam kết")
ELSEWHERE = vn(
    r"(?:họp|ăn|nói|nghe|đọc|xem|uống|đi|gọi|trao đổi|hội nghị|tiếp khách|làm lễ) xong|xong (?:họp|cuộc họp|"
    r"hội nghị|việc riêng)"
)
SENT = vn(r"gửi|nộp|báo cáo|gởi|submit(?:ted)?|sent|đẩy lên|up lên|chuyển (?:văn bản|báo cáo|bản giấy)|trả bài")
PAST = vn(
    r"đã|rồi|vừa|vừa mới|hôm qua|sáng nay|từ (?:hôm|tuần|tháng|thứ|sáng|chiều|lâu|ngày)|lâu rồi|hôm trước|"
    r"tuần trước|mới|bữa trước|hôm nọ|hôm kia|sent|submitted"
)
THIRD = vn(
    r"(?:cho |tới |đến |về )?(?:các|những|toàn bộ)? ?(?:xã|phường|huyện|địa phương|đơn vị liên quan|"
    r"các đơn vị|các phòng|cơ sở|các sở)|lấy ý kiến|xin ý kiến|thẩm định|góp ý|sở (?!rồi|nhé|ạ|hôm|ngày|"
    r"vh)\w+|phiếu|chuyên viên|đề nghị"
)
ISSUED = vn(
    r"(?:đã |vừa |mới )?(?:phát hành|ban hành|ký ban hành|đóng dấu|ký số)(?: rồi)?|đã (?:được )?ký|ký (?:xong|"
    r"rồi)|có số rồi|đã có (?:số|văn bản|kết quả)|đã trả lời|trả lời rồi|đã xong"
)
SUPPLIED = vn(
    r"(?:đã|vừa|mới) (?:bổ sung|sửa|chỉnh sửa|khắc phục|hoàn thiện)|(?:bổ sung|chỉnh sửa|khắc phục|hoàn thiện|"
    r"sửa) (?:rồi|xong|đủ|đầy đủ)"
)
DID = vn(
    r"(?:đã|vừa) (?:làm|thực hiện|xử lý|giải quyết|triển khai)(?: (?:rồi|xong|đầy đủ|theo yêu cầu|"
    r"đúng yêu cầu|hết))|(?:làm|thực hiện|xử lý|giải quyết) rồi|đã (?:làm|thực hiện|xử lý|giải quyết)$"
)
NIL = vn(
    r"(?:không|chưa) (?:có )?(?:phát sinh|ps)|không có (?:\w+ ){0,4}phát sinh|(?:không|"
    r"ko) (?:có )?gì phát sinh|nil|no new"
)
SAME_AS_BEFORE = vn(
    r"(?:như|giống)(?: số liệu| báo cáo)? (?:tháng|kỳ|quý|tuần) trước|như cũ|vẫn thế|vẫn vậy|như mọi (?:tháng|"
    r"khi)"
)
SUBMITTED = vn(
    r"(?:đã |đang |vừa |mới )?trình(?! độ| diễn| chiếu| tự)|chờ (?:\w+ ){0,4}?ký|chờ (?:duyệt|chữ ký|lãnh đạo|"
    r"phê duyệt)|(?:đang|xin|gửi|sắp) ký|trên bàn (?:\w+ )?(?:giám đốc|lãnh đạo|sếp)|(?:ở|nằm)(?: ở|"
    r" bên)? (?:chỗ|bàn|phòng|bên) (?:c|chị|a|anh|sếp|giám đốc|lãnh đạo|pgđ|phó giám đốc)"
)
WAITING = re.compile(
    r"(?<!\w)(?:chờ|đợi)(?!\w)|(?<!\w)doi (?!moi|thanh|sang|ngay|lai)|"
    r"(?<!\w)cho (?=(?:so lieu|số liệu|ky|ký|y kien|ý kiến|tham dinh|thẩm định|xa|so|ubnd|tinh|don vi|cac|"
    r"phe duyet|duyet|van ban|tra loi|gop y|qldl|phong khac|kinh phi|chuyen vien)(?!\w))"
)
OBSTACLE = vn(
    r"vướng|khó khăn|vướng mắc|trở ngại|thiếu (?:kinh phí|người|nhân lực|máy|số liệu|cán bộ|tiền)|máy hỏng|"
    r"hỏng máy|mất (?:điện|mạng)|lỗi (?:mạng|hệ thống|phần mềm|máy)|(?:hệ thống|mạng|máy|"
    r"phần mềm) (?:bị )?(?:lỗi|treo|sập)|bí|tắc|kẹt|không có kinh phí|chưa có kinh phí"
)
NO_OBSTACLE = vn(
    r"(?:không|chẳng|chả|chưa)(?: có| còn| thấy| gặp)*(?: gì)?(?: \w+)? ?(?:vướng|vướng mắc|khó khăn|trở ngại)"
)
PROGRESS = vn(
    r"đang(?! họp(?! với| rà| triển| bàn)| bận| đi| lái| ăn| nghe| ở| dự| tiếp| nghỉ| ngủ)|tiến độ|đạt \d|hẹn|"
    r"dự kiến|(?:mới|vừa) (?:có|được|nhận|làm|gửi|thu|xong|bắt đầu|triển khai)|tổng hợp|rà soát|soạn|đôn đốc|"
    r"dở dang|dở|làm tiếp|đúng kế hoạch|in progress|working on|wip|tiếp tục (?:làm|thực hiện|rà|triển)|"
    r"đã (?:triển khai|họp|phân công|giao|chỉ đạo|yêu cầu|đôn đốc|khảo sát|kiểm tra|rà|chuyển|gửi|có)|quý này|"
    r"tháng này|kỳ này|giải quyết \d|đúng hạn|kịp nhé|thường xuyên|bình thường|ổn định|thực hiện tốt|(?:làm|"
    r"thực hiện) (?:tốt|ổn|nghiêm túc|đầy đủ)"
)
WORK = vn(
    r"nv|công tác|số liệu|hồ sơ|xã|kinh phí|thẩm định|văn bản|tham mưu|kế hoạch|chuyên viên|cán bộ|nhân sự|"
    r"người|nghỉ ốm|ốm|máy|mạng|hệ thống|phần mềm|sở|ubnd|tỉnh|giao|phân công|triển khai|làm việc|nhắn|"
    r"kiểm tra|khảo sát|báo cáo|công văn|việc|nội dung|ký|đơn vị|phòng|làm|lãnh đạo|thiếu|đủ|dự án|di tích|"
    r"lễ hội|bảo|xin ý kiến"
)
RISK = vn(
    rf"{NO}{AFTER_NO} (?:xong|hoàn thành) (?:kịp|nổi|được|đúng hạn)|(?:khó|e|sợ|chắc) (?:là )?không (?:xong|"
    r"hoàn thành)|khó (?:xong|hoàn thành)|không thể (?:xong|hoàn thành)|(?:không|khó) (?:thể )?(?:xong|"
    r"hoàn thành) (?:kịp|đúng)"
)
NOT_ISSUED = vn(
    rf"{NO} (?:có|được|ra|vào|lấy|phát hành|ban hành|đóng|ký|kịp)(?: \w+)? ?(?:số|dấu|ký|phát hành|ban hành|"
    r"ngày)?"
)
BUT = vn(r"nhưng|nhưng mà|mà|tuy nhiên|song|có điều|chỉ có điều")
REASON = vn(r"lý do|vì|do|bởi|tại|nguyên nhân|bởi vì|tại vì")
BECAUSE = vn(
    r"gấp quá|gấp lắm|quá gấp|hạn gấp|bận|thiếu|chưa (?:có|nhận|đủ|kịp|gửi|trả lời)|vướng|ốm|nghỉ|đi công tác|"
    r"mất (?:điện|mạng)|hỏng|máy|khó|nhiều việc|không đủ|chưa trả lời|chậm gửi|số liệu|kẹt|ít người|hết người|"
    r"công tác|đông việc|quá tải"
)
THANKS = vn(r"cảm ơn|cám ơn|thanks?|tks|thx|thank you|tk|tnx|ty|cmon|c ơn|ths|thanhs|xin cảm ơn|trân trọng")
GREETING = vn(r"alo|a lô|alô|hi|hello|helo|hey|xin chào|chào|ơi|good (?:morning|afternoon)|hế lô")
CHAT = vn(
    r"đang (?:họp(?! với| rà| triển| bàn)|bận|đi|lái|ăn|nghe|ở|dự|tiếp|nghỉ|ngủ)|(?:gọi|điện|alo|liên hệ|call|"
    r"nhắn) (?:lại|sau|cho (?:em|anh|chị|tôi)|cái)|gọi điện|chúc|vui vẻ|họp nhé|đi họp|mời (?:các|anh|chị|đ/c|"
    r"đồng chí|em|họp|dự|cả|mọi|lãnh đạo)|kính mời|ăn (?:không|cơm|trưa|sáng|tối|gì)|đi ăn|cà phê|cafe|nhậu|"
    r"ha(?:ha)+|hi(?:hi)+|he(?:he)+|kaka|kk|để (?:anh|tôi|chị|a|em|e|mình) (?:xem|kiểm tra|hỏi|báo lại|coi|"
    r"đọc)|xem (?:đã|sau)|lát nữa|tí nữa|tý nữa|chút nữa|sinh nhật|đám cưới|thời tiết|bóng đá|bán|họp (?:lúc|"
    r"giao ban|chi bộ|phòng|cơ quan)|chi bộ|trưa nay|tối nay|nghỉ trưa|đi chợ|xem lại sau|đọc sau|hết pin|"
    r"sóng yếu"
)
