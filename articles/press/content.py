"""What a page of a press PDF is made of, as pdfium reads it: glyphs, pictures and drawn rules. Pure.

Lengths in points from the upper left corner. The order of the PDF's content means nothing: programs write it as they
like.
"""

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from articles.makeup.glyphs import Glyph, glyphs
from articles.press.geometry import Box

# A broadsheet full of small print has some 15,000. Above this a page is a puzzle, not a paper.
MOST_GLYPHS = 60_000
MOST_OBJECTS = 40_000


class TooMuch(Exception):
    """More on one page than any paper prints. `code`: "glyphs"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: upright at `at` = x from y `start` to `end`, or level at `at` = y from x `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Content:
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    level: list[Rule] = field(default_factory=list)


def content_of(page: Any) -> Content:
    """Read a pypdfium2 page. Raises TooMuch."""
    found = Content(page.get_width(), page.get_height())
    for glyph in glyphs(page):
        if len(found.glyphs) >= MOST_GLYPHS:
            raise TooMuch("glyphs")
        found.glyphs.append(glyph)
    found.glyphs = printed_once(found.glyphs)
    for number, item in enumerate(page.get_objects(max_depth=6)):
        if number >= MOST_OBJECTS:
            break
        _take(found, item, page)
    return found


def plain(character: str) -> str:
    """A character as it is compared: one width, one kind of quotation mark."""
    return _QUOTES.get(character) or unicodedata.normalize("NFKC", character)


_QUOTES = {"‘": "'", "’": "'", "“": '"', "”": '"', "—": "-", "―": "-", "–": "-"}


def printed_once(found: list[Glyph]) -> list[Glyph]:
    """Without the copies of a glyph at its own place: some programs print bold type twice, or with a shadow."""
    kept: dict[tuple[str, int, int], list[Glyph]] = {}
    out = []
    for glyph in found:
        near = max(glyph.size, 1) * 0.12
        cell = (glyph.character, int(glyph.center // 4), int(glyph.baseline // 4))
        around = (
            other
            for x in (-1, 0, 1)
            for y in (-1, 0, 1)
            for other in kept.get((cell[0], cell[1] + x, cell[2] + y), ())
        )
        if any(
            abs(o.center - glyph.center) < near and abs(o.baseline - glyph.baseline) < near for o in around
        ):
            continue
        kept.setdefault(cell, []).append(glyph)
        out.append(glyph)
    return out


def _take(found: Content, item: Any, page: Any) -> None:
    if item.type not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH):
        return
    try:
        left, bottom, right, top = item.get_bounds()
    # An object without an extent is nothing that stands on the page.
    except Exception:
        return
    box = Box(left, found.height - top, right, found.height - bottom)
    if item.type == raw.FPDF_PAGEOBJ_IMAGE:
        # A picture as large as the page is its ground, not a photo on it.
        if 400 < box.area < 0.8 * found.width * found.height:
            found.pictures.append(box)
    elif box.width < 3 and box.height > 30:
        found.upright.append(Rule(box.center[0], box.top, box.bottom))
    elif box.height < 3 and box.width > 60:
        found.level.append(Rule(box.center[1], box.left, box.right))
