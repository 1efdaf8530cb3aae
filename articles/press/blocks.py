"""A page's lines in blocks, and blocks in groups under their heads: stories as the eye sees them. Pure.

Columns of tightly set stories have no white between them that runs through, so white alone cannot tell them apart;
heads can. A column belongs to the head it hangs from: directly, below a picture, or as the next column to the right.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from articles.press.content import Rule
from articles.press.fragments import Fragment, body_size
from articles.press.geometry import Box


@dataclass(slots=True, eq=False)
class Block:
    """Lines of one size in one column, or a head."""

    lines: list[Fragment]
    box: Box
    head: bool


def blocks_of(found: Sequence[Fragment], level: Sequence[Rule] = ()) -> list[Block]:
    body = body_size(found)
    groups = _Groups(len(found))
    order = sorted(range(len(found)), key=lambda number: found[number].baseline)
    for place, first in enumerate(order):
        a = found[first]
        for second in order[place + 1 :]:
            b = found[second]
            if b.baseline - a.baseline > 2.1 * a.size:
                break
            if _one_column(a, b) and not _ruled_off(a, b, level):
                groups.join(first, second)
    return [
        Block(lines, Box.around(line.box for line in lines), lines[0].size > 1.2 * body)
        for lines in groups.of(found)
    ]


def grouped(blocks: Sequence[Block], pictures: Sequence[Box], pitch: float) -> list[list[Block]]:
    """Blocks that are one story, from the top left to the bottom right."""
    groups = _Groups(len(blocks))
    for number, block in enumerate(blocks):
        above = _hangs_from(block, number, blocks, pictures, pitch)
        if above is not None:
            groups.join(above, number)
    found = groups.of(blocks)
    return sorted(found, key=lambda group: _place(group, pitch))


def _one_column(a: Fragment, b: Fragment) -> bool:
    if abs(a.size - b.size) > 0.08 * a.size + 0.1:
        return False
    shared = min(a.box.right, b.box.right) - max(a.box.left, b.box.left)
    if b.baseline - a.baseline <= 0.25 * a.size:
        # Words of one head, or of one line, with some white between.
        return -1.1 * a.size < shared
    return shared > 0.4 * min(a.box.width, b.box.width)


def _ruled_off(a: Fragment, b: Fragment, level: Sequence[Rule]) -> bool:
    middle = (max(a.box.left, b.box.left) + min(a.box.right, b.box.right)) / 2
    return any(a.baseline < rule.at < b.box.top + 1 and rule.start < middle < rule.end for rule in level)


def _hangs_from(
    block: Block, number: int, blocks: Sequence[Block], pictures: Sequence[Box], pitch: float
) -> int | None:
    """The block above or to the left that this one belongs to; None for the first of a story."""
    ceiling, above = _above(block.box, blocks, number)
    for picture in pictures:
        if _over(picture, block.box) and picture.bottom <= block.box.top + pitch and picture.bottom > ceiling:
            # Through the picture, to what it hangs below.
            higher, over = _above(
                Box(block.box.left, picture.top, block.box.right, picture.bottom), blocks, number
            )
            if over is not None and picture.top - higher < 3 * pitch:
                ceiling, above = picture.bottom, over
    if above is not None and block.box.top - ceiling < (2.4 if block.head else 4) * pitch:
        upper = blocks[above]
        if not block.head:
            return above
        # A deck below its head, never a head below another story's text.
        return above if upper.head else None
    return None if block.head else _left_of(block, blocks, number, pitch)


def _above(box: Box, blocks: Sequence[Block], number: int) -> tuple[float, int | None]:
    best, found = float("-inf"), None
    for other, candidate in enumerate(blocks):
        bottom = candidate.box.bottom
        if other != number and _over(candidate.box, box) and best < bottom <= box.top + 2:
            best, found = bottom, other
    return best, found


def _over(upper: Box, lower: Box) -> bool:
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    return shared > 0.3 * min(upper.width, lower.width)


def _left_of(block: Block, blocks: Sequence[Block], number: int, pitch: float) -> int | None:
    """The column to the left, where both begin at about the same height or this one stands beside it."""
    best, found = float("inf"), None
    for other, candidate in enumerate(blocks):
        gap = block.box.left - candidate.box.right
        beside = candidate.box.top - 4 * pitch < block.box.top < candidate.box.bottom
        if other != number and not candidate.head and -pitch < gap < 3 * pitch and beside and gap < best:
            best, found = gap, other
    return found


def _place(group: Sequence[Block], pitch: float) -> tuple[int, float]:
    box = Box.around(block.box for block in group)
    return int(box.top // (3 * pitch)), box.left


class _Groups:
    """Things that belong together, found one pair at a time."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, first: int, second: int) -> None:
        self._above[self.root(second)] = self.root(first)

    def of(self, things: Sequence) -> list[list]:
        found: dict[int, list] = defaultdict(list)
        for number, thing in enumerate(things):
            found[self.root(number)].append(thing)
        return list(found.values())
