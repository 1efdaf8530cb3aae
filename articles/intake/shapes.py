"""Facts about a page's habits: usual gap, indents, column width, and which lines share a subhead's shape. Pure."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.intake.joins import Evidence
from articles.intake.lines import Line

LONGEST_SUBHEAD = 32
# Up to here a line is more often a heading than the first piece of a cut paragraph.
_SHORT = 14
_CLAUSE = re.compile(r"[，,\s]+(?=\S)")
_COLON = re.compile("[：:]")
_Key = tuple[int, str, str, int, bool]
_ENUMERATORS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"[（(]\d{1,2}[）)]"),
    re.compile(r"\d{1,2}[、.．]?(?:\s|(?<=[、.．])(?!\d))|0\d(?=[^\d.,:%])"),
    re.compile(r"[①-⑳]"),
    re.compile(r"第[一二三四五六七八九十]{1,3}[章节幕站部]"),
    re.compile(r"(?:之|其)[一二三四五六七八九十]{1,2}(?=[：:\s])"),
    re.compile(r"(?:Part|PART|part)\.?\s*\d{1,2}"),
)


@dataclass(frozen=True, slots=True)
class Habits:
    """`gap`: the usual number of empty lines between lines; `indents`: paragraphs open with white space;
    `width`: the column's width in half-width units if the text came with its line breaks, else 0."""

    gap: int
    indents: bool
    width: int

    def is_wide_gap(self, line: Line) -> bool:
        return line.gap > self.gap

    def fills_column(self, line: Line) -> bool:
        return bool(self.width) and print_width(line) >= self.width - 3


def print_width(line: Line) -> int:
    """Half-width units, capped, the indent among them; Chinese characters and full-width marks count two."""
    return line.indent + sum(1 if character.isascii() else 2 for character in line.clean[:120])


def habits(lines: Sequence[Line]) -> Habits:
    """What this page does, as far as its lines agree."""
    width = _column_width(lines)
    openings = [line for before, line in pairwise(lines) if _opens_paragraph(before, line, width)]
    indented = sum(1 for line in openings if line.indent)
    # Copied with its line ends, a page's usual gap is that between paragraphs, not that between lines.
    gaps = Counter(line.gap for line in (openings if width and openings else lines[1:]))
    return Habits(
        gap=gaps.most_common(1)[0][0] if gaps else 0,
        indents=len(openings) >= 2 and indented * 10 >= len(openings) * 7,
        width=width,
    )


def _opens_paragraph(before: Line, line: Line, width: int) -> bool:
    """Whether a line most likely opens a paragraph: below an end or a byline, and too long for a heading or ended."""
    if line.length < 12 or not (before.is_ended or before.credit is not None):
        return False
    return bool(
        line.is_ended
        or line.indent
        or line.length > LONGEST_SUBHEAD
        or (width and print_width(line) >= width - 3)
    )


def _column_width(lines: Sequence[Line]) -> int:
    """Text copied with its line breaks has most lines within a character of one width, and the rest shorter."""
    widths = Counter(print_width(line) for line in lines)
    if len(lines) < 10 or not widths:
        return 0
    likely = max(widths, key=lambda width: sum(widths.get(width - less, 0) for less in range(4)))
    near = sum(count for width, count in widths.items() if likely - 3 <= width <= likely + 1)
    above = sum(count for width, count in widths.items() if width > likely + 4)
    fits = 20 <= likely < 110 and near >= 8 and near * 2 >= len(lines) and above * 12 <= len(lines)
    return likely if fits else 0


def enumeration(line: Line) -> int:
    """Which way of numbering a line opens with, counted from 1; 0 for none."""
    for number, pattern in enumerate(_ENUMERATORS, start=1):
        if pattern.match(line.clean):
            return number
    return 0


def is_question(line: Line) -> bool:
    """A short line that ends in ？ ！ or …… and may still be a heading; no quoted speech."""
    text = line.clean
    return (
        line.is_ended
        and 3 <= line.length <= 24
        and text[-1] in "？！?!…"
        and not line.has_inner_stop
        and text[0] not in "“‘"
        and not re.match(r"[^：:]{1,6}[：:]", text)
    )


def _key(line: Line) -> _Key:
    """Numbering, mark, closing mark, clauses, and whether it is of the form A：B. All but the length."""
    text = line.clean
    if _is_quoted(line):
        return 0, "“", "", 0, False
    end = "?" if text[-1] in "？?" else "!" if text[-1] in "！!…" else ""
    return enumeration(line), line.mark, end, len(_CLAUSE.findall(text)), bool(_COLON.search(text))


def _is_quoted(line: Line) -> bool:
    """Whether all of it is one quotation."""
    text = line.clean
    return text[0] in "“‘「" and text[-1] in "”’」" and not any(mark in text[1:-1] for mark in "”’」")


def _size(line: Line) -> int:
    """The length by which lines are compared; quotations are alike whatever their length."""
    return _SHORT if _is_quoted(line) else line.length


def _alike(one: int, other: int) -> bool:
    return abs(one - other) <= max(3, 0.25 * max(one, other))


@dataclass(frozen=True, slots=True)
class Shapes:
    """`shared`: per line, whether another line of its region has its shape. `settled`: the regions where two lines
    share one, so that a line of another shape is hardly a subhead. `weak`: whether a longer line's only companion is
    one other, as two cut paragraphs may be. `likely`: per region, how many short lines
    without evidence of a broken sentence there are."""

    shared: list[bool]
    weak: list[bool]
    settled: frozenset[int]
    likely: Counter[int]


def subhead_shapes(
    lines: Sequence[Line],
    regions: Sequence[int],
    evidence: Sequence[Evidence | None],
    eligible: Sequence[bool],
) -> Shapes:
    """Compare the lines of each region that could be subheads: numbering, mark, clauses and about the length.

    Only eligible lines without evidence of a broken sentence count as models. O(n log n).
    """
    models: dict[tuple[int, _Key], list[int]] = defaultdict(list)
    others: dict[tuple[int, _Key], list[int]] = defaultdict(list)
    likely: Counter[int] = Counter()
    for index, line in enumerate(lines):
        if eligible[index] and evidence[index] is None:
            models[regions[index], _key(line)].append(_size(line))
            likely[regions[index]] += 1
        if eligible[index] and not _is_hard(evidence[index]):
            others[regions[index], _key(line)].append(_size(line))
    for lengths in others.values():
        lengths.sort()
    settled: set[int] = set()
    for (region, _), lengths in models.items():
        lengths.sort()
        if any(_alike(one, other) for one, other in pairwise(lengths)):
            settled.add(region)
    shared, weak = [False] * len(lines), [False] * len(lines)
    for index, line in enumerate(lines):
        if not eligible[index] or _is_hard(evidence[index]):
            continue
        # A line with soft evidence needs a model without; a model is confirmed by either.
        is_model = evidence[index] is None
        lengths = (others if is_model else models).get((regions[index], _key(line)), [])
        count = _companions(lengths, _size(line), is_model=is_model)
        # Two sentences cut alike must not make each other subheads; short lines are seldom cut.
        shared[index] = count >= (1 if is_model or line.length <= _SHORT else 2)
        weak[index] = count == 1 and line.length > 12 and not enumeration(line)
    return Shapes(shared, weak, frozenset(settled), likely)


def _is_hard(found: Evidence | None) -> bool:
    return found is not None and found.hard


def _companions(lengths: list[int], length: int, *, is_model: bool) -> int:
    """How many like lengths are in the sorted list, counted up to a few, without the line itself if it is one."""
    place = bisect_left(lengths, length)
    near = lengths[max(0, place - 2) : place + 3]
    return sum(_alike(length, other) for other in near) - is_model
