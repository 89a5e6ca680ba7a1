"""Which task is meant: rules R1 and R2. Codes, directive and item, "cả 2", "việc kia", words of a title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.acts import PromptView, Scene, TaskView
from bot.understanding.words import fold, vn, vn_source

_UNIT_NOUN = (
    r"ngày|hôm|bữa|tuần|tháng|xã|phường|hồ sơ|người|đơn vị|chỉ tiêu|điểm|việc|nhiệm vụ|nv|giờ|h|bản|cái|"
    r"cuộc|lớp|di tích|"
    r"chuyên viên|lần|phần|văn bản|mục|nội dung|năm|phút|tỷ|triệu|đồng|lượt|phòng|anh|em|chị|bước|đợt|"
    r"trang|câu"
)
CODE = re.compile(
    r"(?<![\w/])(?:nv|n v|(?:mã|ma|việc|viec|nhiệm vụ|nhiem vu)(?: số| so)?|#)\s?[-.:_]?\s?(?:số |"
    r"so )?0*(\d{1,5})(?![\w%]|/\w|"
    rf"\.\d)(?! (?:{_UNIT_NOUN})(?!\w))"
)
_GLUED = re.compile(r"(?<!\w)(nv ?\d+)(?=[^\W\d_]{2})")
_SAYS = vn_source("(?:đơn vị|phòng) (?:đã|đang|báo|xin|nhận|chưa|mới|sẽ|hẹn|nói|trình)")
_OF_UNIT = re.compile(rf"(?<!\w)(nv\d+) (?={_SAYS}(?!\w))")
"""'nv12 đơn vị đã nhận': what a unit says of the task, no number of units."""
_BLURRED = re.compile(r"(?<!\w)nv\s?-?([\dilo|]*\d[\dilo|]*)(?!\w)")
_MISTYPED = re.compile(r"(?<!\w)(?:mv|nc|bv|nb|vn|nvv|nnv|n\.v|mb)\s?(\d{1,4})(?!\w)")
_VERB = (
    r"nhận|xong|đã|chưa|đang|xin|không|trình|gia hạn|lùi|hoàn|thì|sắp|gần|done|từ chối|chuyển|chờ|vướng|"
    r"mới|sẽ|ok|"
    r"tiến độ|báo cáo|cũng|vẫn|đều|mai|phát hành|còn|gửi"
)
_COMMAND = (
    r"(?:đã )?(?:nhận|xong|gia hạn|tiến độ|báo cáo|từ chối|hoàn thành|done|hạn|giữ|nhắc|thu hồi|xác nhận|"
    r"trả lại|tiếp tục|mở lại|xem)"
)
_BARE_LEADING = vn(
    rf"(?:(?<=^)(?![0-589] )|(?<=[,;] )|(?<=[,;])|(?<= và )|(?<= còn )|(?<=, còn ))(\d{{1,4}})(?= (?:{_VERB})(?!\w))"
)
_BARE_AFTER = vn(
    rf"({_COMMAND}(?: cả(?! [2-6](?!\d))| luôn)?) (\d{{1,4}})(?![\d/.]|:)(?=$|[,;.)?]| (?:và|báo cáo|số|rồi|nhé|nha|ạ|"
    rf"xong|đến|tới|thêm|lùi|vì|do|ok|chờ|chưa|đang|\d+[a-z]?/|\d{{1,2}}[.-]\d))"
)
_MENU_AND_BARE = re.compile(rf"^([0-589]) (\d{{1,4}})(?=$|[,;.]| (?!(?:{vn_source(_UNIT_NOUN)})(?!\w)))(?![/.]\d)")
_BARE_LIST = re.compile(
    r"(nv\d+(?!\d)(?:(?:,| và| va|,? ?&| -| \+)? ?))(\d{1,4})(?=$|[,;.]| (?!" + _UNIT_NOUN + r"))(?![/.]\d)"
)
_DIRECTIVE = vn(
    r"(?:công văn|kế hoạch|quyết định|qđ|chỉ thị|ct|thông báo|tb|văn bản|công điện|nghị quyết|"
    r"nq)(?: số)? (\d{1,5})(?:/[\w-]+)?"
)
_ITEM = vn(r"(?:mục|khoản|ý|nội dung|điểm|phần)(?: số)? (\d{1,2}|[a-z]|đ)")
_ALL = vn(
    r"tất cả|cả (?:2|3|4|5|6|hai|ba|bốn|hết)(?: việc| nhiệm vụ| nv| cái)?|toàn bộ|cả|all|nhận hết|hết cả|"
    r"hết(?! hạn| tuần| tháng| ngày| năm| người| quý| giờ)|"
    r"(?:2|hai|ba|3) (?:việc|nhiệm vụ|nv|cái)(?: này| trên)?|đều"
)
_COUNT = vn(r"(?:cả )?(2|3|4|5|6|hai|ba|bốn)(?: việc| nhiệm vụ| nv| cái)?(?: này| trên| đó)?")
_OTHER = vn(r"(?:việc|cái|nhiệm vụ|nv|mục) (?:kia|còn lại|khác)")
_NUMBERS = {"hai": 2, "ba": 3, "bon": 4}
_TITLE_SKIP = frozenset(
    fold("báo cáo kết quả tham mưu văn bản trả lời công tác tình hình thực hiện hồ sơ về của và cho các tháng").split()
)


@dataclass(frozen=True)
class Target:
    """Tasks meant. `how`: code, directive, reply, prompt, open, title (only likely), blurred (NVI2), all, none."""

    tasks: tuple[int, ...] = ()
    how: str = "none"
    unknown: str | None = None


def with_codes(text: str, scene: Scene) -> str:
    """Write bare numbers that stand for open tasks ("XONG 12", "12 xong") as codes, and directives' items too."""
    known = {task.number for task in scene.tasks}
    text = _OF_UNIT.sub(r"\1: ", text)
    text = CODE.sub(lambda m: f"nv{int(m.group(1))}", _GLUED.sub(r"\1 ", text))
    text = re.sub(r"^([0-589])(?=nv\d)", r"\1 ", text)
    if known and any(letter.isdigit() for letter in CODE.sub(" ", text)):
        text = _BARE_LEADING.sub(lambda m: f"nv{m.group(1)}" if int(m.group(1)) in known else m.group(), text)
        text = _BARE_AFTER.sub(
            lambda m: f"{m.group(1)} nv{m.group(2)}" if int(m.group(2)) in known else m.group(), text
        )
        text = _MENU_AND_BARE.sub(
            lambda m: f"{m.group(1)} nv{m.group(2)}" if int(m.group(2)) in known else m.group(), text
        )
        for _ in range(4):
            text = _BARE_LIST.sub(
                lambda m: f"{m.group(1)}nv{m.group(2)}" if int(m.group(2)) in known else m.group(), text
            )
    return text


def codes(text: str) -> list[re.Match[str]]:
    """Every code in a text that went through `with_codes`."""
    return list(CODE.finditer(text))


def named(text: str, scene: Scene) -> Target:
    """Tasks named in the words themselves: by code, blurred code, or directive and item."""
    known = {task.number for task in scene.tasks}
    if numbers := tuple(dict.fromkeys(int(m.group(1)) for m in codes(text))):
        missing = next((number for number in numbers if number not in known), None)
        return Target((), "code", f"NV{missing}") if missing is not None else Target(numbers, "code")
    for pattern in (_BLURRED, _MISTYPED):
        if (blurred := pattern.search(text)) is not None:
            number = int(blurred.group(1).translate(str.maketrans("ilo|", "1101")))
            return Target((number,), "blurred") if number in known else Target((), "code", blurred.group().upper())
    return _by_directive(text, scene)


def _by_directive(text: str, scene: Scene) -> Target:
    directive = _DIRECTIVE.search(text)
    if directive is None:
        return Target()
    of_it = [
        task for task in scene.tasks if task.directive and re.match(rf"{directive.group(1)}(?!\d)", task.directive)
    ]
    item = _ITEM.search(text)
    if item is not None:
        of_it = [task for task in of_it if task.item is not None and task.item.lower() == item.group(1)] or of_it
    return Target(tuple(task.number for task in of_it), "directive") if of_it else Target()


def says_all(text: str) -> bool:
    return _ALL.search(text) is not None


def open_prompts(scene: Scene, fits: set[int]) -> list[PromptView]:
    """Prompts that name a task which the act fits, the same set of tasks once; a step of a dialogue stands alone."""
    alive = [prompt for prompt in scene.prompts if fits.intersection(prompt.tasks) and prompt.kind != "draft"]
    if alive and (alive[-1].kind.startswith(("ask_", "which_")) or alive[-1].kind == "confirm"):
        return [alive[-1]]
    once: dict[frozenset[int], PromptView] = {frozenset(fits.intersection(prompt.tasks)): prompt for prompt in alive}
    return list(once.values())


def resolve(text: str, scene: Scene, fits: tuple[TaskView, ...], *, many: bool) -> Target:
    """R2: code › reply-to › the only open prompt › the only open task that fits. `many`: all tasks of a prompt."""
    by_words = named(text, scene)
    if by_words.how != "none":
        return by_words
    numbers = tuple(task.number for task in fits)
    if reply := tuple(number for number in scene.reply_to if number in numbers):
        return Target(reply, "reply") if len(reply) == 1 or many or says_all(text) else Target()
    prompts = open_prompts(scene, set(numbers))
    before = tuple(n for n in prompts[-1].tasks if n in numbers) if prompts else ()
    if (other := _OTHER.search(text)) is not None and len(before) == 2 and other:
        return Target(before, "other")
    if len(numbers) > 1 and (count := _COUNT.search(text)) is not None and says_all(text):
        wanted = _NUMBERS.get(fold(count.group(1))) or int(count.group(1))
        return next((Target(group, "all") for group in (before, numbers) if len(group) == wanted), Target())
    if len(numbers) > 1 and says_all(text):
        same = set(before) == set(numbers) or (many and not before) or (many and len(prompts) > 1)
        return Target(numbers, "all") if same else Target(before, "all") if many and before else Target()
    if len(prompts) == 1 and many and len(before) > 1 and (title := _by_title(text, fits)).tasks:
        return title
    if len(prompts) == 1 and (many or len(before) == 1):
        return Target(before, "prompt")
    if not prompts and len(numbers) == 1:
        return Target(numbers, "open")
    return _by_title(text, fits)


def _by_title(text: str, fits: tuple[TaskView, ...]) -> Target:
    """Two neighbouring words of one title and of no other: likely, so it is read back."""
    heard = fold(text)
    hits = [
        task.number
        for task in fits
        if any(re.search(rf"(?<!\w){pair}(?!\w)", heard) for pair in _pairs(fold(task.title.lower())))
    ]
    return Target((hits[0],), "title") if len(hits) == 1 else Target()


def _pairs(title: str) -> list[str]:
    words = re.findall(r"\w+", title)
    return [rf"{a} {b}" for a, b in pairwise(words) if not _TITLE_SKIP.issuperset((a, b)) and len(a + b) > 3]
