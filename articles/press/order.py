"""A page's text in reading order, without knowing its stories. Pure.

Blocks are grouped under their heads first (`blocks`). Within a group lines are cut apart again and again: at drawn
rules first, else at the widest white. What remains is one column, read downwards. Lines become paragraphs by their
indents; heads, being larger, stand alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.press.blocks import blocks_of, grouped
from articles.press.content import Rule
from articles.press.fragments import Fragment, body_size
from articles.press.geometry import Box

# How much longer than the white between columns the white between lines must be to be cut first.
COLUMNS_FIRST = 1.6
DEEPEST = 200


@dataclass(slots=True)
class Paragraph:
    """`boxes`: where its lines stand. `head`: set larger than the body."""

    text: str
    boxes: list[Box] = field(default_factory=list)
    head: bool = False


def reading_order(
    found: Sequence[Fragment],
    pictures: Sequence[Box] = (),
    upright: Sequence[Rule] = (),
    level: Sequence[Rule] = (),
) -> list[Fragment]:
    """The fragments as a reader goes through them."""
    body = body_size(found)
    order: list[Fragment] = []
    for group in grouped(blocks_of(found, level), pictures, 1.4 * body):
        heads = [block for block in group if block.head]
        for block in sorted(heads, key=lambda block: (block.box.top, block.box.left)):
            order += sorted(block.lines, key=lambda line: (round(line.baseline), line.box.left))
        columns = [line for block in group if not block.head for line in block.lines]
        # Captions and credits are set smaller; they come last, not in the middle of a sentence.
        order += _cut_apart([line for line in columns if line.size > 0.93 * body], upright, level)
        order += _cut_apart([line for line in columns if line.size <= 0.93 * body], upright, level)
    return order


def paragraphs_of(order: Sequence[Fragment]) -> list[Paragraph]:
    """Lines joined to paragraphs: a larger indent, another size or a wide white begins a new one."""
    body = body_size(order)
    found: list[Paragraph] = []
    before: Fragment | None = None
    for fragment in order:
        head = fragment.size > 1.2 * body
        if before is not None and found and not _begins(before, fragment, order, body):
            found[-1].text = _joined(found[-1].text, fragment.text, before, fragment)
            found[-1].boxes.append(fragment.box)
        else:
            found.append(Paragraph(fragment.text, [fragment.box], head))
        before = fragment
    return found


def page_text(found: Sequence[Paragraph]) -> str:
    """The raw text that the intake screen reads: a paragraph a line, blank lines between."""
    return "\n\n".join(paragraph.text for paragraph in found)


def _cut_apart(found: list[Fragment], upright: Sequence[Rule], level: Sequence[Rule]) -> list[Fragment]:
    order: list[Fragment] = []
    # A stack and not recursion: a page may be cut a thousand times.
    waiting = [(found, 0)] if found else []
    while waiting:
        some, depth = waiting.pop()
        parts = _cut(some, upright, level) if len(some) > 1 and depth < DEEPEST else None
        if parts is None:
            order += sorted(some, key=lambda line: (round(line.baseline), line.box.left))
        else:
            waiting += [(parts[1], depth + 1), (parts[0], depth + 1)]
    return order


Parts = tuple[list[Fragment], list[Fragment]]


def _cut(items: list[Fragment], upright: Sequence[Rule], level: Sequence[Rule]) -> Parts | None:
    whole = Box.around(item.box for item in items)
    for rule in level:
        if (
            rule.start <= whole.left + 12
            and rule.end >= whole.right - 12
            and whole.top + 2 < rule.at < whole.bottom - 2
            and (parts := _split(items, 1, rule.at))
        ):
            return parts
    for rule in upright:
        if (
            rule.start <= whole.top + 22
            and rule.end >= whole.bottom - 22
            and whole.left + 2 < rule.at < whole.right - 2
            and (parts := _split(items, 0, rule.at))
        ):
            return parts
    return _cut_at_white(items)


def _cut_at_white(items: list[Fragment]) -> Parts | None:
    sizes = sorted(item.size for item in items)
    size = sizes[len(sizes) // 2]
    across = _widest([(item.box.left, item.box.right) for item in items], 0.45 * size)
    down = _widest([(item.box.top, item.box.bottom) for item in items], 0.5 * size)
    if across and (not down or across[0] * COLUMNS_FIRST >= down[0]):
        return _split(items, 0, across[1])
    return _split(items, 1, down[1]) if down else None


def _widest(extents: list[tuple[float, float]], least: float) -> tuple[float, float] | None:
    """The widest white between extents as (width, middle), none below `least`."""
    extents.sort()
    best: tuple[float, float] | None = None
    end = extents[0][1]
    for start, stop in extents[1:]:
        if start - end > least and (best is None or start - end > best[0]):
            best = start - end, (start + end) / 2
        end = max(end, stop)
    return best


def _split(items: list[Fragment], axis: int, at: float) -> Parts | None:
    first = [item for item in items if item.box.center[axis] < at]
    second = [item for item in items if item.box.center[axis] >= at]
    return (first, second) if first and second else None


def _begins(before: Fragment, fragment: Fragment, order: Sequence[Fragment], body: float) -> bool:
    """Whether `fragment` begins a paragraph of its own."""
    size = fragment.size
    if abs(before.size - size) > 0.08 * size + 0.1:
        return True
    if (
        abs(before.baseline - fragment.baseline) <= 0.25 * size
        and fragment.box.left >= before.box.right - size
    ):
        return False
    down = fragment.baseline - before.baseline
    same_column = min(before.box.right, fragment.box.right) > max(before.box.left, fragment.box.left)
    if size > 1.2 * body:
        # Two lines of one head stand close; a deck has another size.
        return not (same_column and 0 < down < 2.1 * size)
    if same_column and down > 2.6 * size:
        return True
    indent = fragment.box.left - _column_left(fragment, order)
    return indent > 0.8 * size


def _column_left(fragment: Fragment, order: Sequence[Fragment]) -> float:
    """The left edge of the lines near it in its column and size."""
    near = [
        other.box.left
        for other in order
        if abs(other.size - fragment.size) <= 0.08 * fragment.size + 0.1
        and abs(other.baseline - fragment.baseline) < 6 * fragment.size
        and min(other.box.right, fragment.box.right) > max(other.box.left, fragment.box.left)
        and other.box.left > fragment.box.left - 4 * fragment.size
    ]
    return min(near, default=fragment.box.left)


def _joined(text: str, more: str, before: Fragment, fragment: Fragment) -> str:
    """Latin words on two lines, or with a gap between, keep their space."""
    latin = text[-1:].isascii() and more[:1].isascii() and text[-1:].isalnum() and more[:1].isalnum()
    return f"{text} {more}" if latin else text + more
