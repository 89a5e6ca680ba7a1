"""The words of questions and whole-message requests; see talk.py."""

from __future__ import annotations

import re

from bot.understanding import lexicon as lex
from bot.understanding.words import vn, vn_source

HOW = r"(?:làm sao|làm thế nào|cách|làm cách nào|muốn|how to|thế nào để|làm gì để)"
DEED = (
    r"(?:báo cáo|gia hạn|xác nhận|nhận việc|trả lời|báo|gửi|nộp|xem|lùi|dùng|sử dụng|nhắn|trả|chuyển|"
    r"report|xin|cập nhật|liên kết|đăng ký)"
)
HELP = vn(
    r"trợ giúp|hướng dẫn(?: sử dụng| dùng)?|help|menu|hdsd|hd|start|cách dùng|cách sử dụng|cú pháp|các lệnh|"
    r"lệnh|dùng (?:thế nào|sao|như thế nào|kiểu gì|làm sao)|sử dụng (?:thế nào|sao|như thế nào|kiểu gì)|"
    r"nhắn (?:thế nào|sao|gì|kiểu gì)|trả lời (?:thế nào|sao|gì|kiểu gì|như thế nào)|(?:trợ )?giúp(?: (?:với|"
    rf"tôi|em|anh|mình|đỡ|a|e))*|(?:nhắn|gõ|bấm|soạn|trả lời) gì(?: \w+)*|{HOW} (?:\w+ )?{DEED}(?: \w+)*|"
    rf"{DEED}(?: \w+)* (?:kiểu gì|như thế nào|làm sao|bằng cách nào|cách nào|ở đâu|vào đâu)|"
    rf"{DEED}(?: \w+)? (?:thế nào|sao|ra sao)|không biết (?:dùng|báo cáo|nhắn|trả lời|làm)(?: \w+)*|"
    r"bot làm (?:được )?gì"
)
DEBT = (
    r"(?:nợ|quá hạn|trễ|trễ hạn|chậm|muộn|tồn|tồn đọng|chưa xong|chưa báo cáo|chưa làm|chưa hoàn thành|"
    r"chưa (?:nộp|gửi)(?: báo cáo)?|overdue|late|đọng|quá hạn rồi)"
)
OVERDUE = vn(
    r"(?:còn )?(?:những )?(?:ai|phòng nào|đơn vị nào|bên nào|việc nào|nv nào|nhiệm vụ nào|cái nào|văn bản nào|"
    rf"các phòng nào|who|which (?:unit|task)s?|những việc nào|những đơn vị nào|mục nào)(?: \w+){{0,5}} {DEBT}|"
    rf"(?:danh sách|liệt kê|list|tổng hợp|tình hình|xem|báo cáo|cho xem|thống kê|show)(?: \w+){{0,3}} {DEBT}|"
    r"(?:còn|đang)(?: \w+)? nợ(?: \w+)? (?:gì|việc|những|bao nhiêu|ai)|nợ (?:gì|việc gì|những gì|bao nhiêu|"
    rf"nần)|có (?:ai|phòng nào|đơn vị nào|việc nào|việc gì|nv nào|gì|cái gì|bao nhiêu việc)(?: \w+)? {DEBT}|"
    rf"bao nhiêu (?:việc|nhiệm vụ|nv|cái|phòng|đơn vị)(?: \w+)? {DEBT}|(?:việc|nhiệm vụ|nv|các việc) {DEBT}|"
    rf"còn ai nợ|còn nợ|(?:phòng|đơn vị|bên) (?:\w+ ){{1,3}}(?:nợ|chậm|quá hạn|trễ)(?: (?:gì|những gì|việc gì|"
    r"bao nhiêu|không|mấy việc|thế|vậy))?|who owes|what is overdue|anything overdue"
)
WHY_LATE = vn(
    r"(?:\w+ ){1,4}sao (?:mà |lại )?(?:chậm|trễ|muộn|lâu)(?: \w+)?|(?:sao|tại sao|"
    r"vì sao)(?: \w+){1,6} (?:chậm|trễ|muộn|lâu|nợ|quá hạn)(?: \w+)?"
)
DEBT_ALONE = vn(r"(?:nợ|quá hạn|trễ hạn|overdue|chậm|nợ việc|còn nợ|đang nợ|việc quá hạn|danh sách nợ|late)")
OWN = vn(
    rf"(?:cho )?(?:{lex.PRON} )?(?:xem |liệt kê |danh sách |các |tất cả )*(?:việc|nhiệm vụ|công việc|nv|"
    r"công văn)(?: (?:của|cho))?(?: (?:tôi|em|anh|mình|phòng|đơn vị|chúng tôi|tao|bên em|bên anh|hôm nay|"
    r"đang làm|hiện nay|được giao|đang có|đâu|này|ta|tớ|chị|qlvh|qldl))*|danh sách(?: việc| nhiệm vụ)?|"
    r"(?:cho )?xem danh sách|list|tasks|my tasks?|todo|xem(?: việc| nhiệm vụ)?|dsnv|ds|việc|nhiệm vụ|"
    r"xem lại(?: việc)?"
)
WHAT_LEFT = vn(
    r"(?:còn|có|phải làm|đang có|được giao|đang làm)(?: \w+)? (?:việc|nhiệm vụ|nv|cái|những)(?: \w+)? (?:gì|"
    r"nào)|còn gì (?:nữa|không)|(?:còn|có) (?:bao nhiêu|mấy) (?:việc|nhiệm vụ|nv)|bao nhiêu (?:việc|nhiệm vụ)|"
    r"việc gì nữa|(?:còn|có) việc (?:nữa )?không|what.*(?:tasks|left|todo)|có việc mới|(?:có|"
    r"còn) gì (?:đến hạn|phải làm|cần làm|mới)|(?:việc|nv|nhiệm vụ)(?: nào| gì)? (?:sắp )?(?:đến|tới) hạn"
)
PERIOD = vn(r"(?:trong )?(tuần này|tuần nay|tuần sau|tuần tới|hôm nay|ngày mai|mai|tháng này|tháng sau|tháng 1?\d)")
DOCUMENT = vn(
    rf"(?:cho|xin|gửi|xem|đọc|tìm|mở|tải)(?: (?:{lex.PRON}|xin|lại|xem|giúp|cái|bản|cho|với|đi|nội dung|"
    r"toàn văn|thêm|được))* (?:công văn|văn bản|nguyên văn|toàn văn|file(?! báo cáo)|bản gốc|bản scan|"
    r"ảnh văn bản|nội dung văn bản|tài liệu|link)|(?:công văn|văn bản|file|bản gốc|nguyên văn|"
    r"tài liệu) (?:đâu|nào|gì|ở đâu|số mấy|số bao nhiêu|gốc đâu)|(?:công văn|văn bản) (?:\w+ )?đâu|nguyên văn|"
    r"theo (?:công văn|văn bản) nào|(?:chưa|không)(?: (?:có|nhận|thấy|được|đọc|hề|xem))+ (?:\w+ )?(?:công văn|"
    r"văn bản|giấy|bản gốc|file|tài liệu|giấy tờ|gì|bản cứng)|chưa (?:nhận|thấy)(?: được)?(?: gì)?$|"
    r"xem chi tiết|chi tiết|xem nội dung|nội dung (?:cụ thể )?(?:là )?gì"
)
DOC_ONLY = vn(r"công văn|văn bản|nguyên văn|toàn văn|chi tiết|nội dung|nội dung việc|document")
MUTE = re.compile(
    r"(?<!\w)(?:đừng|thôi|dừng|ngừng|tắt|bớt|hủy|bỏ|khỏi|ngưng|ít|dung|thoi|ngung|tat|bot|huy|khoi|"
    r"it)(?: (?!không|khong)\w+){0,2} (?:nhắn|nhắc|nhan|nhac|gửi tin|gui tin|gửi nữa|gui nua|thông báo|"
    r"thong bao|tin nhắn|tin nhan|làm phiền|lam phien|báo nữa|bao nua|spam)(?!\w| lại| thay| rồi)|"
    + vn_source(
        r"(?<!\w)(?:không|khỏi)(?: cần| phải| muốn)? (?:nhắc|gửi tin|thông báo|làm phiền|nhắn tin|gửi nữa)(?: nữa|"
        r" nhiều| suốt)*(?!\w)|(?:nhắn|nhắc|tin nhắn|thông báo)(?: tin)? (?:ít|nhiều|suốt|lắm|quá nhiều|hoài|"
        r"mãi)(?: \w+)*|"
    )
    + vn_source(
        r"(?<!\w)(?:không|đừng) nhắn(?= nữa| tin)|^(?:mute|stop|unsubscribe|silence|im đi|im)$|phiền (?:quá|"
        r"phức)|hủy đăng ký|(?:nhắn|nhắc) gì mà (?:nhiều|lắm)|lần sau (?:\w+ )?(?:nhắn|nhắc) ít"
    )
)
UNDO = vn(
    r"(?:xin lỗi )?(?:em |anh |tôi |mình )?(?:vừa )?(?:gửi|bấm|ấn|nhắn|báo|chọn|gõ|trả lời|xác nhận|tay|nhấn|"
    r"đánh)? ?(?:bị )?(?:nhầm|lộn|sai)(?: (?:rồi|tin|số|nút|tay|việc|nhé|phòng khác))*|(?:hủy|rút lại|undo|"
    r"hoàn tác|lấy lại|cancel|thu hồi|bỏ|hủy bỏ)(?: (?:tin|báo cáo|lệnh|vừa rồi|tin nhắn|cái vừa rồi|đi|giúp|"
    r"xác nhận|nhận))*"
)
WHY_US = vn(
    r"(?:sao|tại sao|vì sao|sao lại|ai bảo)(?: \w+){0,3} (?:giao|chuyển|phân|đưa)(?: \w+){0,5}|(?:sao|"
    r"tại sao) (?:phòng|đơn vị|việc này|bên)(?: \w+)* (?:phải làm|phòng (?:em|anh|tôi|mình)|làm)|"
    r"sao lại (?:là )?(?:phòng|của phòng|em|tôi|anh|bên)(?: \w+)*"
)
ABOUT_TASK = vn(
    r"hạn|bao giờ|khi nào|ngày nào|xong|quá hạn|trả lại|bổ sung|thiếu|việc gì|là gì|cái gì|gì thế|gì vậy|"
    r"nội dung|đến đâu|tới đâu|thế nào|ra sao|duyệt|xác nhận|nhận chưa|yêu cầu|ai (?:giao|làm|chủ trì|"
    r"phối hợp|ký|trả|phụ trách|duyệt|yêu cầu)|chủ trì|phối hợp|ký|cụ thể|báo cáo|tình hình|tiến độ|sao rồi|"
    r"việc này|cái này|sản phẩm|mẫu|gấp không|được chưa|deadline|due|status|trễ|chậm|muộn|lý do|lần mấy|"
    r"lần thứ mấy|xin lùi|gia hạn|báo trước"
)
UNCONFIRMED = vn(
    r"(?:ai|phòng nào|đơn vị nào|việc nào|nv nào|những ai|còn ai)(?: \w+){0,3} chưa (?:nhận|xác nhận|trả lời|"
    r"phản hồi|tiếp nhận)(?: \w+)*|(?:danh sách |việc )?chưa (?:nhận|xác nhận)(?: việc)?|"
    r"who has not (?:acknowledged|confirmed)"
)
LOOK = vn(r"(?:cho )?(?:xem|tình hình|tiến độ|hạn|nội dung|chi tiết|thông tin)")
STATE = frozenset(("assigned", "acknowledged", "reported"))
