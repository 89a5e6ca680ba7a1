"""Questions and whole-message requests: help, who owes, lists, a task's words, silence, undo, leave (R10)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.acts import Act, Do, Scene, Verb
from bot.understanding import lexicon as lex
from bot.understanding.clauses import bare, is_question
from bot.understanding.dates import Mention, find
from bot.understanding.names import people_named, unit_meant, units_named
from bot.understanding.reckon import on_or_before, today
from bot.understanding.tasks import codes, named, resolve
from bot.understanding.words import vn, vn_source

_HOW = r"(?:làm sao|làm thế nào|cách|làm cách nào|muốn|how to|thế nào để|làm gì để)"
_DEED = r"(?:báo cáo|gia hạn|xác nhận|nhận việc|trả lời|báo|gửi|nộp|xem|lùi|dùng|sử dụng|nhắn|trả|chuyển|report|xin|cập nhật|liên kết|đăng ký)"
_HELP = vn(
    rf"trợ giúp|hướng dẫn(?: sử dụng| dùng)?|help|menu|hdsd|hd|start|cách dùng|cách sử dụng|cú pháp|các lệnh|lệnh|dùng (?:thế nào|sao|như thế nào|kiểu gì|làm sao)|"
    rf"sử dụng (?:thế nào|sao|như thế nào|kiểu gì)|nhắn (?:thế nào|sao|gì|kiểu gì)|trả lời (?:thế nào|sao|gì|kiểu gì|như thế nào)|(?:trợ )?giúp(?: (?:với|tôi|em|anh|mình|đỡ|a|e))*|(?:nhắn|gõ|bấm|soạn|trả lời) gì(?: \w+)*|"
    rf"{_HOW} (?:\w+ )?{_DEED}(?: \w+)*|{_DEED}(?: \w+)* (?:kiểu gì|như thế nào|làm sao|bằng cách nào|cách nào|ở đâu|vào đâu)|{_DEED}(?: \w+)? (?:thế nào|sao|ra sao)|không biết (?:dùng|báo cáo|nhắn|trả lời|làm)(?: \w+)*|bot làm (?:được )?gì"
)
_DEBT = r"(?:nợ|quá hạn|trễ|trễ hạn|chậm|muộn|tồn|tồn đọng|chưa xong|chưa báo cáo|chưa làm|chưa hoàn thành|chưa (?:nộp|gửi)(?: báo cáo)?|overdue|late|đọng|quá hạn rồi)"
_OVERDUE = vn(
    rf"(?:còn )?(?:những )?(?:ai|phòng nào|đơn vị nào|bên nào|việc nào|nv nào|nhiệm vụ nào|cái nào|văn bản nào|các phòng nào|who|which (?:unit|task)s?|những việc nào|những đơn vị nào|mục nào)(?: \w+){{0,5}} {_DEBT}|"
    rf"(?:danh sách|liệt kê|list|tổng hợp|tình hình|xem|báo cáo|cho xem|thống kê|show)(?: \w+){{0,3}} {_DEBT}|(?:còn|đang)(?: \w+)? nợ(?: \w+)? (?:gì|việc|những|bao nhiêu|ai)|nợ (?:gì|việc gì|những gì|bao nhiêu|nần)|"
    rf"có (?:ai|phòng nào|đơn vị nào|việc nào|việc gì|nv nào|gì|cái gì|bao nhiêu việc)(?: \w+)? {_DEBT}|bao nhiêu (?:việc|nhiệm vụ|nv|cái|phòng|đơn vị)(?: \w+)? {_DEBT}|(?:việc|nhiệm vụ|nv|các việc) {_DEBT}|còn ai nợ|còn nợ|"
    rf"(?:phòng|đơn vị|bên) (?:\w+ ){{1,3}}(?:nợ|chậm|quá hạn|trễ)(?: (?:gì|những gì|việc gì|bao nhiêu|không|mấy việc|thế|vậy))?|who owes|what is overdue|anything overdue"
)
_WHY_LATE = vn(r"(?:\w+ ){1,4}sao (?:mà |lại )?(?:chậm|trễ|muộn|lâu)(?: \w+)?|(?:sao|tại sao|vì sao)(?: \w+){1,6} (?:chậm|trễ|muộn|lâu|nợ|quá hạn)(?: \w+)?")
_DEBT_ALONE = vn(r"(?:nợ|quá hạn|trễ hạn|overdue|chậm|nợ việc|còn nợ|đang nợ|việc quá hạn|danh sách nợ|late)")
_OWN = vn(
    rf"(?:cho )?(?:{lex.PRON} )?(?:xem |liệt kê |danh sách |các |tất cả )*(?:việc|nhiệm vụ|công việc|nv|công văn)(?: (?:của|cho))?(?: (?:tôi|em|anh|mình|phòng|đơn vị|chúng tôi|tao|bên em|bên anh|hôm nay|đang làm|hiện nay|được giao|đang có|đâu|này|ta|tớ|chị|qlvh|qldl))*|"
    r"danh sách(?: việc| nhiệm vụ)?|(?:cho )?xem danh sách|list|tasks|my tasks?|todo|xem(?: việc| nhiệm vụ)?|dsnv|ds|việc|nhiệm vụ|xem lại(?: việc)?"
)
_WHAT_LEFT = vn(
    r"(?:còn|có|phải làm|đang có|được giao|đang làm)(?: \w+)? (?:việc|nhiệm vụ|nv|cái|những)(?: \w+)? (?:gì|nào)|còn gì (?:nữa|không)|(?:còn|có) (?:bao nhiêu|mấy) (?:việc|nhiệm vụ|nv)|bao nhiêu (?:việc|nhiệm vụ)|"
    r"việc gì nữa|(?:còn|có) việc (?:nữa )?không|what.*(?:tasks|left|todo)|có việc mới|(?:có|còn) gì (?:đến hạn|phải làm|cần làm|mới)|(?:việc|nv|nhiệm vụ)(?: nào| gì)? (?:sắp )?(?:đến|tới) hạn"
)
_PERIOD = vn(r"(?:trong )?(tuần này|tuần nay|tuần sau|tuần tới|hôm nay|ngày mai|mai|tháng này|tháng sau|tháng 1?\d)")
_DOCUMENT = vn(
    rf"(?:cho|xin|gửi|xem|đọc|tìm|mở|tải)(?: (?:{lex.PRON}|xin|lại|xem|giúp|cái|bản|cho|với|đi|nội dung|toàn văn|thêm|được))* (?:công văn|văn bản|nguyên văn|toàn văn|file(?! báo cáo)|bản gốc|bản scan|ảnh văn bản|nội dung văn bản|tài liệu|link)|"
    r"(?:công văn|văn bản|file|bản gốc|nguyên văn|tài liệu) (?:đâu|nào|gì|ở đâu|số mấy|số bao nhiêu|gốc đâu)|(?:công văn|văn bản) (?:\w+ )?đâu|nguyên văn|theo (?:công văn|văn bản) nào|"
    r"(?:chưa|không)(?: (?:có|nhận|thấy|được|đọc|hề|xem))+ (?:\w+ )?(?:công văn|văn bản|giấy|bản gốc|file|tài liệu|giấy tờ|gì|bản cứng)|chưa (?:nhận|thấy)(?: được)?(?: gì)?$|xem chi tiết|chi tiết|xem nội dung|nội dung (?:cụ thể )?(?:là )?gì"
)
_DOC_ONLY = vn(r"công văn|văn bản|nguyên văn|toàn văn|chi tiết|nội dung|nội dung việc|document")
_MUTE = re.compile(
    r"(?<!\w)(?:đừng|thôi|dừng|ngừng|tắt|bớt|hủy|bỏ|khỏi|ngưng|ít|dung|thoi|ngung|tat|bot|huy|khoi|it)(?: (?!không|khong)\w+){0,2} (?:nhắn|nhắc|nhan|nhac|gửi tin|gui tin|gửi nữa|gui nua|thông báo|thong bao|tin nhắn|tin nhan|làm phiền|lam phien|báo nữa|bao nua|spam)(?!\w| lại| thay| rồi)|"
    + vn_source(r"(?<!\w)(?:không|khỏi)(?: cần| phải| muốn)? (?:nhắc|gửi tin|thông báo|làm phiền|nhắn tin|gửi nữa)(?: nữa| nhiều| suốt)*(?!\w)|(?:nhắn|nhắc|tin nhắn|thông báo)(?: tin)? (?:ít|nhiều|suốt|lắm|quá nhiều|hoài|mãi)(?: \w+)*|")
    + vn_source(r"(?<!\w)(?:không|đừng) nhắn(?= nữa| tin)|^(?:mute|stop|unsubscribe|silence|im đi|im)$|phiền (?:quá|phức)|hủy đăng ký|(?:nhắn|nhắc) gì mà (?:nhiều|lắm)|lần sau (?:\w+ )?(?:nhắn|nhắc) ít"))
_UNDO = vn(
    r"(?:xin lỗi )?(?:em |anh |tôi |mình )?(?:vừa )?(?:gửi|bấm|ấn|nhắn|báo|chọn|gõ|trả lời|xác nhận|tay|nhấn|đánh)? ?(?:bị )?(?:nhầm|lộn|sai)(?: (?:rồi|tin|số|nút|tay|việc|nhé|phòng khác))*|(?:hủy|rút lại|undo|hoàn tác|lấy lại|cancel|thu hồi|bỏ|hủy bỏ)(?: (?:tin|báo cáo|lệnh|vừa rồi|tin nhắn|cái vừa rồi|đi|giúp|xác nhận|nhận))*"
)
_LEAVE = vn(r"nghỉ phép|nghỉ ốm|nghỉ (?:từ|đến|hết|ngày|\d|việc|không|chế độ|thai sản|mát|bù|lễ|tuần|mai|thứ|hôm)|đi công tác|công tác|đi học|đi vắng|vắng mặt|đi nước ngoài|đi tập huấn|on leave|đi phép|đi họp|nghỉ(?=$|,| rồi)|nằm viện|xin nghỉ|vắng")
_SELF = vn(r"nghỉ|tôi|anh|em|mình|chị|a|e|c|phòng tôi|xin|từ|tuần này|tuần sau|mai|ngày mai|hôm nay|thứ \w+|tớ|bác")
_UP_TO = vn(r"đến|tới|hết")
_STAFF = vn(r"phòng (?:em|anh|tôi)? ?(?:có )?\d+|\d+ (?:nv|người|cán bộ|chuyên viên|đồng chí|nhân viên|đ/c)|chuyên viên|nhân viên|cán bộ")
_WHY_US = vn(r"(?:sao|tại sao|vì sao|sao lại|ai bảo)(?: \w+){0,3} (?:giao|chuyển|phân|đưa)(?: \w+){0,5}|(?:sao|tại sao) (?:phòng|đơn vị|việc này|bên)(?: \w+)* (?:phải làm|phòng (?:em|anh|tôi|mình)|làm)|sao lại (?:là )?(?:phòng|của phòng|em|tôi|anh|bên)(?: \w+)*")
_ABOUT_TASK = vn(
    r"hạn|bao giờ|khi nào|ngày nào|xong|quá hạn|trả lại|bổ sung|thiếu|việc gì|là gì|cái gì|gì thế|gì vậy|nội dung|đến đâu|tới đâu|thế nào|ra sao|duyệt|xác nhận|nhận chưa|yêu cầu|ai (?:giao|làm|chủ trì|phối hợp|ký|trả|phụ trách|duyệt|yêu cầu)|chủ trì|phối hợp|ký|cụ thể|báo cáo|tình hình|tiến độ|sao rồi|việc này|cái này|sản phẩm|mẫu|gấp không|được chưa|deadline|due|status|trễ|chậm|muộn|lý do|lần mấy|lần thứ mấy|xin lùi|gia hạn|báo trước"
)
_UNCONFIRMED = vn(r"(?:ai|phòng nào|đơn vị nào|việc nào|nv nào|những ai|còn ai)(?: \w+){0,3} chưa (?:nhận|xác nhận|trả lời|phản hồi|tiếp nhận)(?: \w+)*|(?:danh sách |việc )?chưa (?:nhận|xác nhận)(?: việc)?|who has not (?:acknowledged|confirmed)")
_WAITING_OFFICE = vn(r"(?:chờ|đợi) (?:văn phòng )?(?:xác nhận|duyệt)|chờ ký")
_LOOK = vn(r"(?:cho )?(?:xem|tình hình|tiến độ|hạn|nội dung|chi tiết|thông tin)")
_STATE = frozenset(("assigned", "acknowledged", "reported"))


def whole(text: str, scene: Scene) -> Act | None:
    """What a whole message asks for, whoever speaks; None when it is something else."""
    core = bare(text)
    if core.strip("? ") == "" and "?" in text and not codes(text) or _HELP.fullmatch(core.strip("? ")) or text in ("/help", "/start", "/"):
        return Act(Verb.HELP, Do.ACT, words=text)
    if _MUTE.search(core) and not codes(text) and len(text) < 60 and not lex.UNFINISHED.search(text):
        return Act(Verb.NONE, Do.ASK, then="mute", words=text)
    if _UNDO.fullmatch(core) and (scene.role == "unit" or not codes(text)):
        return takeback(text, scene)
    if _DEBT_ALONE.fullmatch(core.strip("? ")):
        return overdue(text, scene)
    if scene.role != "unit" and re.match(r"0(?:$| nv\d)", text):
        tasks = named(text, scene).tasks or (scene.prompts[-1].tasks if scene.prompts else ())
        return Act(Verb.LIST, Do.ACT, tasks, then="doc" if tasks else "all units", show="doc" if tasks else "all units", words=text)
    return None


def takeback(text: str, scene: Scene) -> Act:
    """Undo the speaker's own last act: at once within the take-back time, after that the Office is asked."""
    meant = named(text, scene).tasks or scene.last_acted
    if not meant and len(own := tuple(t.number for t in scene.tasks if t.has_open_report)) == 1 and scene.role == "unit":
        meant = own
    if not meant:
        return Act(Verb.NONE, Do.ASK, then="takeback", words=text)
    in_time = scene.can_take_back or not scene.last_acted
    return Act(Verb.TAKEBACK, Do.ACT if in_time else Do.ASK, meant, then=None if in_time else "office", words=text)


def overdue(text: str, scene: Scene) -> Act:
    """R10. In a group totals only; a head sees his own unit; a leader or the Office all, or the unit named."""
    if scene.group:
        return _show(Verb.OVERDUE, "totals", text)
    if scene.role == "unit":
        return _show(Verb.OVERDUE, "own unit", text)
    unit = unit_meant(text, scene)
    if unit is None:
        return _show(Verb.OVERDUE, "all units", text)
    late = tuple(t.number for t in scene.tasks if t.unit == unit and t.due and t.due < today(scene) and t.state in _STATE)
    return _show(Verb.OVERDUE, unit, text, late, unit)


def question(text: str, scene: Scene) -> Act | None:
    """What a question, or a request to see, asks for. None when it asks nothing that we know."""
    core = bare(text).strip("? ")
    about = named(text, scene)
    if _HELP.fullmatch(core) or (_HELP.search(text) and about.how == "none" and not _DOCUMENT.search(text) and is_question(text)):
        return Act(Verb.HELP, Do.ACT, words=text)
    if about.unknown is not None:
        return Act(Verb.LIST, Do.ASK, then="badcode", task_unknown=True, unknown_code=about.unknown, words=text)
    if _UNCONFIRMED.search(text) and scene.role != "unit":
        return _show(Verb.LIST, "unconfirmed", text, tuple(t.number for t in scene.tasks if t.state == "assigned"))
    if about.how == "none" and (_OVERDUE.search(text) or (scene.role != "unit" and _WHY_LATE.search(text)) or _DEBT_ALONE.fullmatch(core)):
        return overdue(text, scene)
    if _WHY_US.search(text) and scene.role == "unit":
        tasks = _here(text, scene)
        return Act(Verb.NONE, Do.ASK, tasks, then="which_act", words=text) if tasks else None
    if _DOCUMENT.search(text) or _DOC_ONLY.fullmatch(core):
        return _document(text, scene)
    return _listing(text, core, scene)


def _document(text: str, scene: Scene) -> Act | None:
    tasks = named(text, scene).tasks or _here(text, scene)
    waiting = any(t.state == "assigned" for t in scene.tasks if t.number in tasks)
    if re.search(r"(?<!\w)(?:chưa|chua|không|khong)(?!\w)", text) and not waiting:
        return None
    return Act(Verb.LIST, Do.ACT, tasks, then="doc", show="doc", words=text)


def _listing(text: str, core: str, scene: Scene) -> Act | None:
    about = named(text, scene)
    if about.tasks and (is_question(text) or scene.role != "unit" or _LOOK.match(text)):
        then = _directive_of(about.tasks, scene) if about.how == "directive" and scene.role != "unit" else None
        return Act(Verb.LIST, Do.ACT, about.tasks, then=then, show=then, words=text)
    if (period := _PERIOD.search(text)) is not None and (_alone(core, period, scene) or is_question(text) or _OWN.search(text)) and (
            _alone(core, period, scene) or _WHAT_LEFT.search(text) or re.search(r"(?<!\w)(?:gì|gi)(?!\w)", text) or (scene.role != "unit" and "hạn" in text)):
        return _due_within(period.group(1), text, scene)
    if scene.role != "unit" and (units_named(text, scene) or people_named(text, scene)):
        unit = unit_meant(text, scene)
        if unit is None:
            return None
        theirs = tuple(t.number for t in scene.tasks if t.unit == unit)
        return _show(Verb.LIST, unit, text, theirs, unit)
    if _OWN.fullmatch(core) or _WHAT_LEFT.search(text):
        return _show(Verb.LIST, "own unit" if scene.role == "unit" else "all units", text)
    if is_question(text) and _ABOUT_TASK.search(text) and (tasks := _here(text, scene)):
        return Act(Verb.LIST, Do.ACT, tasks, words=text)
    return None


def _alone(core: str, period: re.Match[str], scene: Scene) -> bool:
    """A leader's bare 'tuần này' asks what is due; a unit's would be a promise."""
    return scene.role != "unit" and core == period.group()


def _due_within(period: str, text: str, scene: Scene) -> Act:
    first, last = today(scene), today(scene)
    for mention in find(period, last):
        first = last = mention.ahead or last
    if "tu" in period[:2] or "tuần" in period:
        first = last - timedelta(days=last.weekday())
        last = on_or_before(scene.calendar, first + timedelta(days=6))
    elif period.startswith(("tháng", "thang")):
        first, last = _month(period, today(scene))
    due = tuple(t.number for t in scene.tasks if t.due is not None and first <= t.due <= last)
    return _show(Verb.LIST, first.isoformat() if first == last else f"{first}..{last}", text, due)


def _month(period: str, now: date) -> tuple[date, date]:
    word = period.split(" ")[1]
    month = int(word) if word.isdigit() else now.month + (word == "sau")
    year = now.year + (month > 12 or month < now.month)
    month = (month - 1) % 12 + 1
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _here(text: str, scene: Scene) -> tuple[int, ...]:
    """The tasks of the open prompt, or the only one: what 'việc này' means in a question."""
    return resolve(text, scene, scene.tasks, many=True).tasks if scene.role == "unit" or scene.prompts else ()


def _directive_of(tasks: tuple[int, ...], scene: Scene) -> str | None:
    return next((t.directive.split(" ")[0] for t in scene.tasks if t.number in tasks and t.directive), None)


def _show(verb: Verb, what: str, text: str, tasks: tuple[int, ...] = (), unit: str | None = None) -> Act:
    return Act(verb, Do.ACT, tasks, then=what, show=what, unit=unit, words=text)


def leave(text: str, scene: Scene) -> Act | None:
    """'tôi nghỉ phép 23-27/11, c Mai thay' is an absence to confirm; without a deputy it is asked."""
    if not _LEAVE.search(text) or _STAFF.search(text):
        return None
    others = people_named(text, scene)
    if not _SELF.match(text) and not others:
        return None
    mentions = [m for m in find(text, today(scene)) if m.ahead is not None]
    first, last = (mentions[0].ahead, mentions[-1].ahead) if mentions else (None, None)
    if mentions and mentions[-1].kind == "end" and last is not None:
        last = on_or_before(scene.calendar, last)
    deputy = next((person.id for start, person in reversed(others) if _stands_in(text, start)), None)
    if scene.role == "unit" and deputy is None:
        return Act(Verb.NONE, Do.ASK, then="absence", date=last, date_kind="absence", absent=scene.me, words=text)
    if len(mentions) == 1:
        first = _first_day(text, mentions[0], scene)
    away = next((person.id for _, person in others if person.id != deputy), scene.me)
    return Act(Verb.ABSENCE, Do.ASK, then="confirm", date=first, until=last, date_kind="absence", person=deputy,
               absent=away, words=text)


def _first_day(text: str, mention: Mention, scene: Scene) -> date | None:
    """One day named: 'đến thứ 5' runs from today, 'tuần sau' from its Monday, 'mai' is that day alone."""
    now = today(scene)
    if mention.kind == "week" and mention.ahead is not None:
        return max(now, mention.ahead - timedelta(days=mention.ahead.weekday()))
    return now if mention.kind == "end" or _UP_TO.search(text[: mention.start]) else mention.ahead


def _stands_in(text: str, start: int) -> bool:
    near = text[max(0, start - 25) : start + 40]
    return re.search(r"(?<!\w)(?:thay|điều hành|dieu hanh|phụ trách|phu trach|trực|truc|giao|ủy quyền|uy quyen|lo)(?!\w)", near) is not None
