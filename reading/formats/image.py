"""A photo or a scan of one page as JPEG or PNG."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from reading.errors import BrokenDocument, OversizedDocument
from reading.extracted import Extracted, Progress
from reading.formats import ocr, scan
from reading.formats.ocr_repair import repaired
from reading.formats.pages import assemble

LONG_SIDE = 11.7  # inches of an A4 sheet, which the picture is taken to show
SHARPEST, COARSEST = (
    2700,
    1800,
)  # points along it: 200 to the inch, and the desk around the sheet


def read(data: bytes, progress: Progress | None = None) -> Extracted:
    """The text of the page. `progress(1, 1)` is called when it is done.

    Raises BrokenDocument, OversizedDocument, NoRecogniser or TooSlow.
    """
    image = _opened(data)
    ocr.require()
    page = scan.read(image, max(image.size) / LONG_SIDE)
    if progress is not None:
        progress(1, 1)
    return assemble(repaired([page]))


def _opened(data: bytes) -> Image.Image:
    """In colour or grey, upright as the camera was held, of a size that Tesseract reads well."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        image.draft("RGB", (SHARPEST, SHARPEST))  # a JPEG is decoded at a half or a quarter at once
        ImageOps.exif_transpose(image, in_place=True)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):  # 89 million points; phones make 12 to 50
        raise OversizedDocument() from None
    except (OSError, SyntaxError, ValueError):  # SyntaxError is what Pillow says of a broken PNG
        raise BrokenDocument() from None
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    elif image.mode not in ("1", "L", "I;16"):
        image = image.convert("RGB")
    longest = max(image.size)
    wanted = min(SHARPEST, longest) if longest > COARSEST else min(COARSEST, 2 * longest)
    if wanted == longest:
        return image
    size = max(1, round(image.width * wanted / longest)), max(1, round(image.height * wanted / longest))
    way = Image.Resampling.BICUBIC if wanted > longest else Image.Resampling.BOX
    return image.convert("L" if image.mode in ("1", "I;16") else image.mode).resize(size, way, reducing_gap=2.0)
