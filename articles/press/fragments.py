"""Glyphs become fragments of lines: what stands on one baseline, in one size, without a gap or a rule between. Pure."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.makeup.glyphs import Glyph
from articles.press.content import Content, Rule, plain
from articles.press.geometry import Box

_ENDS = frozenset("，。、；：！？”’）》」】…,.;:!?)")
_BEGINS = frozenset("“‘（《「【(")


@dataclass(slots=True, eq=False)
class Fragment:
    """`text` is as printed, `key` as it is compared (`plain`)."""

    text: str
    key: str
    box: Box
    baseline: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list, repr=False)


def fragments_of(content: Content) -> list[Fragment]:
    """Every fragment of the page, from top to bottom, then from left to right."""
    found = [_fragment(run) for row in _rows(content.glyphs) for run in _runs(row, content.upright)]
    return sorted(found, key=lambda fragment: (fragment.baseline, fragment.box.left))


def body_size(found: Sequence[Fragment]) -> float:
    """The size most characters have; 9 on a page without any."""
    sizes: dict[float, int] = defaultdict(int)
    for fragment in found:
        sizes[round(fragment.size * 2) / 2] += len(fragment.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 9.0


def _rows(found: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one size on one baseline, from left to right."""
    by_size: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in found:
        by_size[round(glyph.size)].append(glyph)
    rows = []
    for same in by_size.values():
        same.sort(key=lambda glyph: glyph.baseline)
        row = [same[0]]
        for glyph in same[1:]:
            if glyph.baseline - row[0].baseline > max(1.0, 0.22 * glyph.size):
                rows.append(row)
                row = []
            row.append(glyph)
        rows.append(row)
    for row in rows:
        row.sort(key=lambda glyph: glyph.center)
    return rows


def _runs(row: list[Glyph], upright: Sequence[Rule]) -> list[list[Glyph]]:
    runs = [[row[0]]]
    for before, after in itertools.pairwise(row):
        if _apart(before, after) or _ruled_off(before, after, upright):
            runs.append([])
        runs[-1].append(after)
    return runs


def _apart(before: Glyph, after: Glyph) -> bool:
    """A gutter is an em at least; half an em may be one, unless a mark's own white makes it.

    Of marks the ink counts: one that is squeezed at the start of a line has its origin in the gutter."""
    size = max(before.size, 1.0)
    end = before.center + 0.2 * size if before.character in _ENDS else before.right
    start = after.center - 0.2 * size if after.character in _BEGINS else after.left
    gap = start - end
    if gap > size:
        return True
    return gap > 0.55 * size and before.character not in _ENDS and after.character not in _BEGINS


def _ruled_off(before: Glyph, after: Glyph, upright: Sequence[Rule]) -> bool:
    return any(
        before.center < rule.at < after.center and rule.start <= before.baseline <= rule.end
        for rule in upright
    )


def _fragment(run: list[Glyph]) -> Fragment:
    size = run[0].size
    baseline = run[0].baseline
    # The box of type: an em above and below the line, whatever the font says of itself.
    box = Box(
        min(glyph.left for glyph in run),
        baseline - 0.88 * size,
        max(glyph.right for glyph in run),
        baseline + 0.12 * size,
    )
    return Fragment(
        _spaced(run),
        "".join(plain(glyph.character) for glyph in run),
        box,
        baseline,
        size,
        run,
    )


def _spaced(run: list[Glyph]) -> str:
    """The run's characters, with a space where white stands between two names, two words or two numbers.

    Between Chinese and Latin there is none: what stands there is the program's, and no space is ever stored.
    """
    text = run[0].character
    for before, after in itertools.pairwise(run):
        white = after.left - before.right > 0.2 * max(before.size, 1.0)
        marks = before.character in _ENDS or after.character in _BEGINS
        alike = before.character.isascii() == after.character.isascii()
        text += f" {after.character}" if white and alike and not marks else after.character
    return text
