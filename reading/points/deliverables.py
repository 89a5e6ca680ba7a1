"""Documents that an item asks for, as short verbatim spans; the reader's least certain field."""

from __future__ import annotations

from reading.words import rx

KINDS = (
    r"kế hoạch|đề án|phương án|báo cáo|dự thảo|tờ trình|danh mục|danh sách|chương trình|quy chế|hướng "
    r"dẫn|nghị quyết|quyết định|chỉ thị|văn bản|hồ sơ|dự toán|"
    r"biên bản|công văn|thông báo|đề cương|quy định|tài liệu|số liệu|chữ ký mẫu|giấy mời|sổ đăng ký"
)
MAKE = (
    r"(?:xây dựng|ban hành|soạn thảo|lập|trình|hoàn thiện|tham mưu(?: ban hành)?|biên soạn|triển khai|có|"
    r"gửi|cung cấp|chuẩn bị|nộp|phải có|và|và triển khai|mở|dự thảo)"
)
STOP = (
    r"[,;.()]| để | chậm nhất | trước | theo | về | gửi | cho | tại | trên | trong | của | định kỳ| hằng |"
    r" hàng | và (?!thực hiện)|, | nhằm | đến | đối với | khi | kết quả thực hiện nhiệm vụ"
)


def deliverables(text: str) -> tuple[str, ...]:
    """In the text's order, without repeats."""
    spans: list[str] = []
    for m in rx(rf"(?<!\w){MAKE} (?:các |các loại |những )?((?:{KINDS})(?!\w)[^,;.()\n]{{0,90}})").finditer(text):
        spans.append(_short(m.group(1)))
    for m in rx(r"(?<!\w)báo cáo (?!viên)[^,;.()\n]{3,80}").finditer(text):
        spans.append(_short(m.group()))
    kept: list[str] = []
    for span in spans:
        if not span.endswith((" này", " riêng", " trên")) and not any(span in other or other in span for other in kept):
            kept.append(span)
    return tuple(kept)


def _short(span: str) -> str:
    stop = rx(STOP).search(span, 6)
    return span[: stop.start() if stop else len(span)].strip(" ,")
