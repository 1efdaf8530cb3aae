"""What differs between two texts: paragraphs are aligned first, then clauses, then characters. Pure.

The order is what keeps it fast and readable. Chinese has few thousand characters and repeats them all the time, so a
comparison of whole texts by characters is slow and finds "common" 的 everywhere.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Above these the texts are shown whole, the old one before the new one: nobody reads that, and nobody shall wait.
MOST_PARAGRAPHS = 2_000
MOST_PAIRS = 40_000
# Runs of characters above this (old × new) are shown whole too.
MOST_CELLS = 40_000
# Paragraphs (or clauses) with less in common than this are not one text that was changed, but two.
ALIKE = 0.3

SAME, GONE, NEW = "same", "gone", "new"
# A clause with the marks that close it.
_CLAUSE = re.compile(r"[^，。；：！？、,.;:!?]*[，。；：！？、,.;:!?”’）》…—]*")


@dataclass(frozen=True)
class Piece:
    """A run of characters: `kind` is "same", "gone" (only in the old text) or "new"."""

    kind: str
    text: str


Line = list[Piece]


def compare(old: str, new: str) -> list[Line]:
    """The lines of both texts in reading order. Joined without the new pieces they are the old text, and the other
    way round."""
    before, after = old.split("\n"), new.split("\n")
    if max(len(before), len(after)) > MOST_PARAGRAPHS:
        return [[Piece(GONE, line)] for line in before] + [[Piece(NEW, line)] for line in after]
    lines: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            lines += [[Piece(SAME, line)] for line in before[a:b]]
        else:
            lines += _paragraphs(before[a:b], after[c:d])
    return lines


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Paragraphs none of which is unchanged: those that are versions of each other are compared inside."""
    for old, new in _aligned(before, after):
        if old is None:
            yield [Piece(NEW, str(new))]
        elif new is None:
            yield [Piece(GONE, old)]
        else:
            yield _inside(old, new)


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pairs in reading order; None stands where one side has nothing. Of all ways to pair without crossing, one
    with the most in common."""
    rows, columns = len(before), len(after)
    if rows == columns == 1:
        yield before[0], after[0]
        return
    if rows * columns > MOST_PAIRS:
        yield from ((old, None) for old in before)
        yield from ((None, new) for new in after)
        return
    alike = _likeness(before, after)
    # best[i][j]: the most that before[i:] and after[j:] can have in common.
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    i = j = 0
    while i < rows and j < columns:
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield before[i], None
            i += 1
        else:
            yield None, after[j]
            j += 1
    yield from ((old, None) for old in before[i:])
    yield from ((None, new) for new in after[j:])


def _likeness(before: Sequence[str], after: Sequence[str]) -> list[list[float]]:
    """How much each pair has in common: 0 (two texts) or ALIKE to 1, by pairs of neighbouring characters."""
    old, new = [_bigrams(line) for line in before], [_bigrams(line) for line in after]
    return [[_share(a, b) for b in new] for a in old]


def _bigrams(line: str) -> set[str]:
    return {line[at : at + 2] for at in range(max(1, len(line) - 1))}


def _share(one: set[str], other: set[str]) -> float:
    share = len(one & other) / min(len(one), len(other))
    return share if share >= ALIKE else 0.0


def _inside(old: str, new: str) -> Line:
    """One paragraph that became another: a short one at once, a long one clause by clause."""
    short = len(old) * len(new) <= MOST_CELLS // 4
    return _joined(_changed(old, new) if short else _clauses(old, new))


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))


def _clauses(old: str, new: str) -> Iterator[Piece]:
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    if len(before) * len(after) > MOST_PAIRS * 4:
        yield Piece(GONE, old)
        yield Piece(NEW, new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(before[a:b]))
            continue
        for gone, come in _aligned(before[a:b], after[c:d]):
            yield from _changed(gone or "", come or "")


def _changed(old: str, new: str) -> Iterator[Piece]:
    """What stays in front and behind, and between them character by character."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield Piece(SAME, old[:head])
    yield from _characters(old[head : len(old) - tail], new[head : len(new) - tail])
    yield Piece(SAME, old[len(old) - tail :])


def _characters(old: str, new: str) -> Iterator[Piece]:
    if not (old and new) or len(old) * len(new) > MOST_CELLS or not _share(_bigrams(old), _bigrams(new)):
        yield Piece(GONE, old)
        yield Piece(NEW, new)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, old[a:b])
        else:
            yield Piece(GONE, old[a:b])
            yield Piece(NEW, new[c:d])


def _joined(pieces: Iterable[Piece]) -> Line:
    """Neighbours of one kind become one piece; between two runs that stay, what is gone stands before what is new."""
    line: Line = []
    gone = new = ""
    for piece in pieces:
        if piece.kind == GONE:
            gone += piece.text
        elif piece.kind == NEW:
            new += piece.text
        elif piece.text:
            line += _change(gone, new)
            gone = new = ""
            before = line.pop().text if line and line[-1].kind == SAME else ""
            line.append(Piece(SAME, before + piece.text))
    return line + _change(gone, new)


def _change(gone: str, new: str) -> Line:
    return [Piece(kind, text) for kind, text in ((GONE, gone), (NEW, new)) if text]
