"""A picture of one page → its lines."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from reading.formats import far_numbers, ocr, picture, second_look, stamps, two_sides
from reading.formats.fragments import Line, Word
from reading.formats.grid import Grid, arrange, grids_of
from reading.formats.pages import Page
from reading.formats.quality import share_of_syllables

PAGE = 3  # Tesseract's way of cutting up a page
UPSIDE_DOWN = 0.5  # of the words are syllables: fewer, and the page is tried the other way up
LETTERS = 8  # a page with fewer words says nothing about how it lies


@dataclass(frozen=True)
class Prepared:
    """Grey and level, though perhaps on its head; its red ink; its tables."""

    grey: Image.Image
    red: Image.Image | None
    grids: list[Grid]
    dpi: float


def read(image: Image.Image, dpi: float) -> Page:
    """The lines of one page.

    Raises NoRecogniser or TooSlow.
    """
    return recognise(prepare(image, dpi))


def prepare(image: Image.Image, dpi: float) -> Prepared:
    """All that is done to a picture before Tesseract sees it, other than turning it upside down."""
    grey, red = picture.grey_and_red(image)
    grey = picture.cleaned(grey)
    angle, lying = picture.skew(grey)
    if lying:
        grey = grey.transpose(Image.Transpose.ROTATE_90)
        red = red and red.transpose(Image.Transpose.ROTATE_90)
    if abs(angle) >= picture.LEAST_SKEW:
        grey = grey.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
        red = red and red.rotate(angle, Image.Resampling.NEAREST, fillcolor=0)
    grids = grids_of(picture.rules_of(grey, dpi))
    return Prepared(picture.without_rules(grey, grids, dpi), red, grids, dpi)


def turned_over(prepared: Prepared) -> Prepared:
    """The other way up."""
    grey = prepared.grey.transpose(Image.Transpose.ROTATE_180)
    red = prepared.red and prepared.red.transpose(Image.Transpose.ROTATE_180)
    height, width = (size * 72 / prepared.dpi for size in (grey.height, grey.width))
    return Prepared(grey, red, [grid.turned_over(width, height) for grid in prepared.grids], prepared.dpi)


def recognise(prepared: Prepared) -> Page:
    """The page as read; the other way up if that reads better.

    Raises NoRecogniser or TooSlow.
    """
    words = ocr.words_in(prepared.grey, prepared.dpi, PAGE)
    good = share_of_syllables([word.text for word in words])
    if len(words) >= LETTERS and good < UPSIDE_DOWN:
        turned = turned_over(prepared)
        others = ocr.words_in(turned.grey, prepared.dpi, PAGE)
        if share_of_syllables([word.text for word in others]) > good:
            words, prepared = others, turned
    grey, grids, dpi = prepared.grey, prepared.grids, prepared.dpi
    words = second_look.row_numbers(second_look.strokes_counted(words, grey, dpi), grids, grey, dpi)
    words = two_sides.read_again(words, grids, grey, dpi)
    words = far_numbers.read_again(words, grids, grey, dpi)
    lines, height = arrange(words, grids), grey.height * 72 / dpi
    marks = stamps.words_of(grey, prepared.red, grids, dpi)
    spoilt = [mark for line in lines if line.top < height / 2 and (mark := stamps.misread(line.text))]
    marks += [mark for mark in spoilt if mark not in marks]
    return Page(stamp_lines(marks) + lines, height, recognised=True)


def stamp_lines(marks: list[str]) -> list[Line]:
    """Each on a line of its own above the page, where the search for secrecy marks finds it."""
    return [Line(((Word(mark, 0, 0, 1, 1),),), block=-1 - number) for number, mark in enumerate(marks)]
