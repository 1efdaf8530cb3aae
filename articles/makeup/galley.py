"""The galley (小样): every body set once at a column's width, its line breaks read back. Text is only ever parted at
these breaks, so that what stands on the page is line for line what stood in the galley."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2

from articles.makeup.composer import Composer
from articles.makeup.glyphs import Glyph, glyphs
from articles.makeup.material import Piece
from articles.makeup.typesetting import runs, subhead_rows

# Of an em: where a line's type begins above its baseline, as body.typ has it.
RISE = 0.88


class GalleyMismatch(Exception):
    """What was set is not what was given, so nothing may be built on it: a bug, or a character no font shows."""


@dataclass(frozen=True)
class Line:
    """One line of type: characters [start, end) of the piece's text. Of a subhead, `row` is which of its rows."""

    piece: int
    start: int
    end: int
    row: int = 0


@dataclass(frozen=True)
class Galley:
    """A body and its lines at one column's width."""

    pieces: Sequence[Piece]
    lines: Sequence[Line]
    rows: Mapping[int, Sequence[str]]

    def __len__(self) -> int:
        return len(self.lines)

    def is_subhead(self, line: int) -> bool:
        return self.pieces[self.lines[line].piece].kind == "subhead"

    def keeps_with_next(self, line: int) -> bool:
        """Whether a column may not end after this line: a subhead belongs to what follows it."""
        if line + 1 >= len(self.lines) or not self.is_subhead(line):
            return False
        # Subheads one below another may part: there is nothing they lead to.
        return self.lines[line + 1].piece == self.lines[line].piece or not self.is_subhead(line + 1)

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The characters of lines [start, end), without white space."""
        return "".join(
            "".join(self.pieces[line.piece].text[line.start : line.end].split())
            for line in self.lines[start:end]
        )

    def sliced(self, start: int, end: int) -> list[dict[str, Any]]:
        """Lines [start, end) as page.typ sets them: each line of a paragraph its own runs, broken where it was."""
        out: list[dict[str, Any]] = []
        at = start
        while at < end:
            index = self.lines[at].piece
            stop = at
            while stop < end and self.lines[stop].piece == index:
                stop += 1
            out.append(self._piece(index, at, stop))
            at = stop
        return out

    def _piece(self, index: int, start: int, stop: int) -> dict[str, Any]:
        piece, lines = self.pieces[index], self.lines[start:stop]
        if piece.kind == "subhead":
            return {"k": "subhead", "rows": [self.rows[index][line.row] for line in lines]}
        return {
            "k": piece.kind,
            "indent": piece.indent and lines[0].start == 0,
            "lines": [runs(piece, line.start, line.end) for line in lines],
            "cut": lines[-1].end < len(piece.text),
        }


def set_galleys(composer: Composer, bodies: Sequence[Sequence[Piece]]) -> list[Galley]:
    """The galleys of these bodies, in one run of Typst. An empty body has no lines.

    Raises GalleyMismatch where the type read back is not the text, CompositionFailed where Typst refuses.
    """
    grid = composer.grid
    full = [body for body in bodies if body]
    if not full:
        return [Galley((), (), {}) for _ in bodies]
    rows = [
        {
            index: subhead_rows(piece.text, grid.ems - 0.4)
            for index, piece in enumerate(body)
            if piece.kind == "subhead"
        }
        for body in full
    ]
    data = {
        "width": grid.column,
        "bodies": [
            [_whole(piece, rows[number].get(index)) for index, piece in enumerate(body)]
            for number, body in enumerate(full)
        ],
    }
    document = pypdfium2.PdfDocument(composer.galley(data))
    try:
        if len(document) != len(full):
            raise GalleyMismatch(f"{len(full)} bodies on {len(document)} pages")
        made = iter(
            [
                Galley(
                    body,
                    _lines(body, rows[number], list(glyphs(document[number])), grid.body, grid.pitch),
                    rows[number],
                )
                for number, body in enumerate(full)
            ]
        )
    finally:
        document.close()
    return [next(made) if body else Galley((), (), {}) for body in bodies]


def _whole(piece: Piece, rows: Sequence[str] | None) -> dict[str, Any]:
    if rows is not None:
        return {"k": "subhead", "rows": list(rows)}
    return {
        "k": piece.kind,
        "indent": piece.indent,
        "lines": [runs(piece, 0, len(piece.text))],
        "cut": False,
    }


def _lines(
    body: Sequence[Piece], rows: Mapping[int, Sequence[str]], found: list[Glyph], size: float, pitch: float
) -> list[Line]:
    """Which characters stand on which line: text and glyphs are walked side by side."""
    source = [
        (index, at, character)
        for index, piece in enumerate(body)
        for at, character in enumerate(piece.text)
        if not character.isspace()
    ]
    if len(source) != len(found):
        raise GalleyMismatch(
            f"{len(source)} characters were given, {len(found)} set{_difference(source, found)}"
        )
    by_line: dict[int, list[tuple[int, int]]] = {}
    for (index, at, character), glyph in zip(source, found, strict=True):
        if not same(character, glyph.character):
            raise GalleyMismatch(
                f"{character!r} was given, {glyph.character!r} set: {body[index].text[:20]!r}"
            )
        by_line.setdefault(round((glyph.baseline - RISE * size) / pitch), []).append((index, at))
    if sorted(by_line) != list(range(len(by_line))):
        raise GalleyMismatch("lines are not on their grid")
    firsts = []
    for number in range(len(by_line)):
        pieces = {index for index, _ in by_line[number]}
        if len(pieces) != 1:
            raise GalleyMismatch("two paragraphs on one line")
        firsts.append(by_line[number][0])
    return _contiguous(body, firsts)


def _contiguous(body: Sequence[Piece], firsts: Sequence[tuple[int, int]]) -> list[Line]:
    """Lines from their first characters; spaces at a break belong to the line before it."""
    out: list[Line] = []
    for number, (index, at) in enumerate(firsts):
        first = not out or out[-1].piece != index
        following = firsts[number + 1] if number + 1 < len(firsts) else None
        end = following[1] if following and following[0] == index else len(body[index].text)
        out.append(Line(index, 0 if first else at, end, 0 if first else out[-1].row + 1))
    return out


def same(given: str, printed: str) -> bool:
    """Whether a glyph read back is the character that was set: fonts map compatibility forms to their plain ones."""
    return given == printed or unicodedata.normalize("NFKC", given) == unicodedata.normalize("NFKC", printed)


def _difference(source: list[tuple[int, int, str]], found: list[Glyph]) -> str:
    for (_, _, character), glyph in zip(source, found, strict=False):
        if not same(character, glyph.character):
            return f"; first at {character!r}, read as {glyph.character!r}"
    return ""
