"""Words that dispute a task: not ours, another unit's, only co-operating, stopped. Always read back once."""

from __future__ import annotations

from bot.acts import Scene
from bot.understanding.names import units_named
from bot.understanding.words import vn

_DOUBLE = vn(r"(?:không|chẳng|đâu) phải (?:là )?(?:\w+ )?(?:không|từ chối)(?: muốn| chịu| dám)?(?: nhận| làm)?")
_NOT_RECEIVED = vn(r"(?:không|chưa|chẳng)(?: thấy| hề)? nhận được(?! việc| nhiệm vụ)|chưa nhận")
_PLAIN = vn(
    r"(?:không|chẳng|chả|hổng)(?: thể| có| dám| hề| muốn| đồng ý| chịu)* (?:tiếp )?nhận|từ chối|"
    r"nv\d+ (?:thì )?không phải|refuse|reject|not (?:our|my) (?:task|job|work)|wrong unit|(?:không|chẳng|chả|"
    r"hổng|đâu|đâu có|nào)(?: có)? phải (?:là )?(?:việc|của|nhiệm vụ|chức năng|lĩnh vực|thẩm quyền|"
    r"trách nhiệm|phần việc|phòng|đơn vị|bên|mảng|em|tôi|mình|anh|chị|nv)|(?:không|chưa|"
    r"chẳng)(?: có)? (?:đúng|thuộc|nằm trong|liên quan)(?: \w+)? ?(?:chức năng|đơn vị|thẩm quyền|phòng|"
    r"lĩnh vực|phạm vi|nhiệm vụ|mảng|trách nhiệm|đến phòng|phòng em|bên em|em)|(?:không|ngoài|trái) (?:thuộc |"
    r"đúng )?(?:chức năng|thẩm quyền|phạm vi|lĩnh vực|nhiệm vụ)|(?:sai|nhầm|lộn) (?:đơn vị|phòng|địa chỉ|chỗ|"
    r"người|chức năng|thẩm quyền|nơi|bộ phận|rồi phòng)|giao (?:nhầm|sai|lộn|không đúng)|(?:phân|"
    r"giao) (?:việc )?(?:nhầm|sai)|(?:gửi|chuyển) nhầm (?:phòng|đơn vị|người|chỗ|địa chỉ)|(?:trả lại|"
    r"xin trả) (?:việc|nhiệm vụ)|đơn vị khác|phòng khác|bên khác|người khác (?:làm|phụ trách)|"
    r"chỉ (?:là )?(?:\w+ )?(?:\w+ )?phối hợp|(?:việc|nhiệm vụ|cái|nội dung)(?: này|"
    r" đó)? (?:đã )?(?:có văn bản )?(?:dừng|tạm dừng|thôi|hủy|bỏ|bãi bỏ|hết hiệu lực|ngừng|không làm nữa)|"
    r"(?:đã|có) (?:văn bản |công văn )?(?:dừng|bãi bỏ|thu hồi|hủy) (?:việc|nhiệm vụ|rồi|này)|(?:không|"
    r"chẳng)(?: phải)?(?: là)?(?: đơn vị)? chủ trì|trùng (?:với|nv|việc|nhiệm vụ)|bị trùng|"
    r"không làm (?:được )?(?:việc|cái|nhiệm vụ) này"
)
_MOVE = vn(
    r"(?:đề nghị |xin |nên |phải |nhờ |cần |cho )?(?:chuyển|giao|giao lại|chuyển lại|chuyển giúp)(?: việc này|"
    r" việc| nhiệm vụ| giúp| lại| nv\d+)*(?: cho| sang| qua| về)*(?: phòng| bên| đơn vị| ban)*$"
)
_MOVED_ALREADY = vn(r"(?:đã|đang|vừa|mới|chờ|rồi|sau khi|em|phòng)(?: \w+)? (?:chuyển|giao)")
_BELONGS = vn(
    r"(?:việc|nhiệm vụ|cái|nội dung|phần|mảng|nv\d+|này|đó)(?: này| đó)? ?(?:là |phải )?(?:của|thuộc|do|"
    r"bên|để|là|phải|thì|cho|trách nhiệm)(?: việc)?(?: của)?(?: bên| phòng| về| đơn vị)*$"
)
_THEIRS = vn(r"(?:phải |mới |nên )?(?:làm|chủ trì|phụ trách|thực hiện|đảm nhiệm|theo dõi|quản lý|lo)")
_CLAIM = vn(r"chứ|mới đúng|mới phải|đi|nhé|ạ|thôi|mà|hợp lý|đúng hơn|phòng em phối hợp")
_WRONGLY = vn(
    r"(?:chuyển|giao) (?:cho|sang|qua) (?:phòng|đơn vị|bên|chỗ) khác|chuyển đơn vị|đề nghị chuyển|"
    r"xin chuyển(?! sang (?:thứ|ngày|tuần|tháng))|đề nghị giao|đề nghị phân công"
)


def not_refused(text: str) -> str:
    """The text without double negations ('không phải không nhận') and without 'chưa nhận được'."""
    return _NOT_RECEIVED.sub(" ", _DOUBLE.sub(" ", text))


def other_units(text: str, scene: Scene) -> list[tuple[int, int, str]]:
    return [hit for hit in units_named(text, scene) if hit[2] != scene.own_unit]


def refused(text: str, scene: Scene) -> bool:
    """Whether a clause disputes the task: says so, or puts it at another unit of ours."""
    plain = not_refused(text)
    if _PLAIN.search(plain):
        return True
    if _WRONGLY.search(plain) and not _MOVED_ALREADY.search(plain):
        return True
    for start, end, _ in other_units(plain, scene):
        before, after = plain[:start].rstrip(), plain[end:].strip()
        if _BELONGS.search(before):
            return True
        if _MOVE.search(before) and not _MOVED_ALREADY.search(before):
            return True
        theirs = _THEIRS.match(after)
        if theirs is not None and (
            _CLAIM.search(after)
            or before.endswith(("bên", "ben", "để", "phòng", "là", "có", "co", "giao"))
            or not before
        ):
            return True
    return False


def proposed_unit(text: str, scene: Scene) -> str | None:
    """The unit of ours that the text proposes instead."""
    hits = other_units(text, scene)
    return hits[0][2] if hits else None
