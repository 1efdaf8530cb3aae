"""What differs between two texts, paragraph by paragraph and inside a paragraph character by character. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

# Above these a comparison would keep the person waiting; the texts are then shown whole, one after the other.
LONGEST_PARAGRAPH = 2_000
MOST_PARAGRAPHS = 2_000

SAME, GONE, NEW = "same", "gone", "new"


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
            lines += _changed(before[a:b], after[c:d])
    return lines


def _changed(before: list[str], after: list[str]) -> Iterator[Line]:
    for old, new in zip_longest(before, after):
        if old is None:
            yield [Piece(NEW, new)]
        elif new is None:
            yield [Piece(GONE, old)]
        else:
            yield _inside(old, new)


def _inside(old: str, new: str) -> Line:
    if max(len(old), len(new)) > LONGEST_PARAGRAPH:
        return [Piece(GONE, old), Piece(NEW, new)]
    pieces: Line = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, old[a:b]))
            continue
        if a < b:
            pieces.append(Piece(GONE, old[a:b]))
        if c < d:
            pieces.append(Piece(NEW, new[c:d]))
    return pieces
