"""The finished PDF read back: every character that was placed is there, in its place, once, and nothing else is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from articles.makeup.composition import Composition
from articles.makeup.elements import Element
from articles.makeup.galley import RISE, same
from articles.makeup.glyphs import Glyph, glyphs
from articles.makeup.grid import Grid

# Points that ink may lie outside its box.
_SIDE, _ABOVE, _BELOW = 3.0, 2.5, 4.0
# Of a line's pitch: how far a baseline may be off its grid.
_OFF_GRID = 0.03


@dataclass(frozen=True)
class Fault:
    """An element whose text is not on the page as it should be."""

    element: Element
    read: str
    off_grid: int = 0

    def __str__(self) -> str:
        if self.off_grid:
            return f"{self.element.what} of {self.element.story}: {self.off_grid} characters off the grid"
        return f"{self.element.what} of {self.element.story}: {self.element.text[:24]!r} read as {self.read[:24]!r}"


@dataclass(frozen=True)
class Reading:
    """What reading the page back found. `characters` on the page, `lines` of body type checked."""

    faults: tuple[Fault, ...]
    strays: str
    characters: int
    lines: int

    @property
    def sound(self) -> bool:
        return not self.faults and not self.strays


def read_back(pdf: bytes, composition: Composition, grid: Grid) -> Reading:
    """Compare a composed page with what was to be on it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = list(glyphs(document[0]))
    finally:
        document.close()
    wanted = [element for element in composition.elements if element.text]
    taken: set[int] = set()
    by_row: dict[int, list[int]] = defaultdict(list)
    for index, glyph in enumerate(found):
        by_row[int(glyph.baseline)].append(index)
    faults, lines = [], 0
    for element in wanted:
        inside = _inside(element, found, by_row, taken)
        taken.update(inside)
        fault = _compare(element, [found[index] for index in inside], grid)
        if fault is not None:
            faults.append(fault)
        lines += element.lines
    strays = "".join(glyph.character for index, glyph in enumerate(found) if index not in taken)
    return Reading(tuple(faults), strays, len(found), lines)


def _inside(
    element: Element, found: Sequence[Glyph], by_row: dict[int, list[int]], taken: set[int]
) -> list[int]:
    x, y, w, h = element.box
    rows = range(int(y - _ABOVE), int(y + h + _BELOW) + 1)
    return [
        index
        for row in rows
        for index in by_row.get(row, ())
        if index not in taken
        and x - _SIDE <= found[index].center <= x + w + _SIDE
        and y - _ABOVE <= found[index].baseline <= y + h + _BELOW
    ]


def _compare(element: Element, inside: list[Glyph], grid: Grid) -> Fault | None:
    """Read the box line by line, left to right."""
    if element.lines:
        by_line: dict[int, list[Glyph]] = defaultdict(list)
        off = 0
        for glyph in inside:
            line = (glyph.baseline - RISE * grid.body - element.box[1]) / grid.pitch
            # Smaller glyphs are raised or lowered on purpose.
            if glyph.size >= grid.body * 0.95 and abs(line - round(line)) > _OFF_GRID:
                off += 1
            by_line[round(line)].append(glyph)
        if off:
            return Fault(element, "", off)
        read = _text(by_line)
        if len(by_line) != element.lines:
            return Fault(element, read)
    else:
        read = _text(_rows(inside))
    if len(read) != len(element.text) or not all(map(same, element.text, read)):
        return Fault(element, read)
    return None


def _rows(inside: list[Glyph]) -> dict[int, list[Glyph]]:
    """Glyphs of display type by baseline: those less than half their size apart are one row."""
    rows: dict[int, list[Glyph]] = {}
    last, number = None, -1
    for glyph in sorted(inside, key=lambda glyph: glyph.baseline):
        if last is None or glyph.baseline - last > glyph.size * 0.4:
            number += 1
            rows[number] = []
        rows[number].append(glyph)
        last = glyph.baseline
    return rows


def _text(rows: dict[int, list[Glyph]]) -> str:
    return "".join(
        glyph.character for row in sorted(rows) for glyph in sorted(rows[row], key=lambda glyph: glyph.center)
    )
