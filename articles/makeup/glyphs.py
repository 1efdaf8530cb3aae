"""The glyphs of a PDF page as pdfium reads them: for galleys, for checking what we set, for reading the press's pages.

Lengths in points, y grows downwards from the upper edge.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

_LINE_END_HYPHEN = 0x02


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character. `center` is that of its ink: a squeezed opening mark at the start of a line has its origin
    half an em left of its column. `baseline` is where it stands; `size` is the font's as it is seen: some programs set
    everything at one size and scale it."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    center: float
    baseline: float
    size: float


def glyphs(page: Any) -> Iterator[Glyph]:
    """The glyphs of a pypdfium2 page in the order of its content, without white space and without what pdfium
    made up itself (spaces and line ends between words)."""
    height = page.get_height()
    text = page.get_textpage()
    try:
        handle = text.raw
        box = raw.FS_RECTF()
        left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
        matrix = raw.FS_MATRIX()
        for index in range(text.count_chars()):
            if raw.FPDFText_IsGenerated(handle, index) == 1:
                continue
            code = raw.FPDFText_GetUnicode(handle, index)
            # pdfium takes a hyphen at the end of a line for one that a word processor made.
            character = "-" if code == _LINE_END_HYPHEN else chr(code)
            if not code or code == 0xFFFE or character.isspace() or character == "\u200b":
                continue
            raw.FPDFText_GetLooseCharBox(handle, index, box)
            raw.FPDFText_GetCharOrigin(handle, index, x, y)
            raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
            raw.FPDFText_GetMatrix(handle, index, matrix)
            yield Glyph(
                character,
                box.left,
                height - box.top,
                box.right,
                height - box.bottom,
                (left.value + right.value) / 2,
                height - y.value,
                raw.FPDFText_GetFontSize(handle, index) * (math.hypot(matrix.c, matrix.d) or 1.0),
            )
    finally:
        text.close()
