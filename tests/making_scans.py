"""PDF files with a text layer, and scans of printed sheets: askew, grainy, speckled, stamped, turned, in shadow."""

from __future__ import annotations

import ctypes
import io
import random
from collections.abc import Sequence
from functools import cache
from statistics import NormalDist

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.printing import HEIGHT, WIDTH, Sheet, font_file

DPI = 200
RED = (200, 30, 40)


# -- PDF with letters --------------------------------------------------------------------------------------------------
def text_pdf(sheets: Sequence[Sheet], turn: int = 0) -> bytes:
    """One page to a sheet; `turn` is noted on the page in degrees, so that a viewer shows the sheet turned."""
    document = pdfium.PdfDocument.new()
    fonts = {bold: _embedded(document, bold) for bold in (False, True)}
    for sheet in sheets:
        page = document.new_page(WIDTH, HEIGHT)
        _print(sheet, page, document, fonts, (1, 0, 0, 1, 0, 0))
        page.set_rotation(turn)
        page.gen_content()
    return _saved(document)


def turned_page(sheet: Sheet, quarters: int) -> bytes:
    """The sheet drawn turned counter-clockwise on a page that lies as it did not."""
    document = pdfium.PdfDocument.new()
    fonts = {bold: _embedded(document, bold) for bold in (False, True)}
    ways = {1: (0, 1, -1, 0, HEIGHT, 0), 2: (-1, 0, 0, -1, WIDTH, HEIGHT), 3: (0, -1, 1, 0, 0, WIDTH)}
    page = document.new_page(*((WIDTH, HEIGHT) if quarters == 2 else (HEIGHT, WIDTH)))
    _print(sheet, page, document, fonts, ways[quarters])
    page.gen_content()
    return _saved(document)


Matrix = tuple[float, float, float, float, float, float]


def _print(
    sheet: Sheet, page: pdfium.PdfPage, document: pdfium.PdfDocument, fonts: dict[bool, raw.FPDF_FONT], way: Matrix
) -> None:
    for piece in sheet.pieces:
        item = raw.FPDFPageObj_CreateTextObj(document, fonts[piece.bold], piece.size)
        letters = (piece.text + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(item, ctypes.cast(ctypes.create_string_buffer(letters), raw.FPDF_WIDESTRING))
        raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, piece.x, HEIGHT - piece.y)
        raw.FPDFPageObj_Transform(item, *way)
        raw.FPDFPage_InsertObject(page, item)
    for x, y, to_x, to_y in sheet.rules:
        item = raw.FPDFPageObj_CreateNewPath(x, HEIGHT - y)
        raw.FPDFPath_LineTo(item, to_x, HEIGHT - to_y)
        raw.FPDFPath_SetDrawMode(item, raw.FPDF_FILLMODE_NONE, True)
        raw.FPDFPageObj_Transform(item, *way)
        raw.FPDFPage_InsertObject(page, item)


def _embedded(document: pdfium.PdfDocument, bold: bool) -> raw.FPDF_FONT:
    data = font_file(bold).read_bytes()
    letters = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    return raw.FPDFText_LoadFont(document, letters, len(data), raw.FPDF_FONT_TRUETYPE, True)


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# -- pictures ----------------------------------------------------------------------------------------------------------
def drawn(sheet: Sheet, dpi: int = DPI) -> Image.Image:
    """The sheet as it leaves the printer, in colour."""
    scale = dpi / 72
    image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
    pen = ImageDraw.Draw(image)
    for piece in sheet.pieces:
        font = _font(round(piece.size * scale), piece.bold)
        pen.text((piece.x * scale, piece.y * scale), piece.text, fill="black", font=font, anchor="ls")
    for rule in sheet.rules:
        pen.line([edge * scale for edge in rule], fill="black", width=max(1, round(0.7 * scale)))
    return image


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(bold)), size)


def scanned(
    image: Image.Image, angle: float = 0.5, noise: float = 10.0, blur: float = 0.6, speckle: float = 0.0
) -> Image.Image:
    """As a scanner gives it: askew by `angle` degrees, grain of `noise` grey levels, `speckle` of the points black."""
    image = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        # The same grain every time: Pillow's own noise would make a test fail now and then.
        grain = Image.frombytes("L", image.size, random.Random(7).randbytes(image.width * image.height))
        levels = [round(NormalDist(0, noise).inv_cdf((v + 0.5) / 256)) for v in range(256)]
        darker = grain.point([max(0, -v) for v in levels]).convert("RGB")
        brighter = grain.point([max(0, v) for v in levels]).convert("RGB")
        image = ImageChops.add(ImageChops.subtract(image, darker), brighter)
    if speckle:
        pick = random.Random(7)
        pen = ImageDraw.Draw(image)
        count = int(speckle * image.width * image.height)
        pen.point([(pick.randrange(image.width), pick.randrange(image.height)) for _ in range(count)], fill="black")
    return image


def stamp(
    image: Image.Image, words: str, at: tuple[float, float], angle: float = 4.0,
    colour: tuple[int, int, int] = RED, size: float = 20.0, frame: bool = True,
) -> Image.Image:  # fmt: skip
    """With words stamped on it at this place in points."""
    scale = image.width / WIDTH
    font = _font(round(size * scale), True)
    width, height = round(font.getlength(words) + 14 * scale), round(1.9 * size * scale)
    mark = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(mark)
    pen.text((width / 2, height / 2), words, fill=255, font=font, anchor="mm")
    if frame:
        pen.rectangle((2, 2, width - 3, height - 3), outline=255, width=max(2, round(1.2 * scale)))
    mark = mark.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    image = image.copy()
    place = round(at[0] * scale), round(at[1] * scale)
    # Ink darkens what it covers and hides nothing.
    below = image.crop((*place, place[0] + mark.width, place[1] + mark.height))
    inked = ImageChops.darker(below, Image.new("RGB", mark.size, colour))
    image.paste(inked, place, mark)
    return image


def seal(image: Image.Image, at: tuple[float, float], colour: tuple[int, int, int] = RED) -> Image.Image:
    """With the office's round seal of 36 mm, its middle at this place in points."""
    scale = image.width / WIDTH
    image = image.copy()
    x, y, radius = at[0] * scale, at[1] * scale, 51 * scale
    layer = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(layer)
    for share, width in ((1.0, 4), (0.68, 2)):
        r = radius * share
        pen.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=width)
    pen.text((x, y), "SỞ VĂN HÓA", fill=colour, font=_font(round(9 * scale), True), anchor="mm")
    return ImageChops.darker(image, layer)


def shadowed(image: Image.Image) -> Image.Image:
    """As a phone sees it: dark towards one side."""
    shade = Image.linear_gradient("L").rotate(90).resize(image.size).point([255 - v // 2 for v in range(256)])
    return ImageChops.multiply(image, shade.convert("RGB"))


def scan_pdf(images: Sequence[Image.Image], dpi: int = DPI) -> bytes:
    """A PDF of pictures and nothing else."""
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=list(images[1:]))
    return out.getvalue()


def photo(image: Image.Image, kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture file; `orientation` as cameras note it (6: to be turned clockwise by a quarter)."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(out, kind, quality=85, exif=exif)
    return out.getvalue()
