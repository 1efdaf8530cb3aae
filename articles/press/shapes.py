"""Where each story stands on a page: its matched fragments and pictures become a few polygons. Pure.

A story is a rectangle, unless another stands in a corner of it; then it is a staircase of column strips. Pieces with
another story between them are areas of their own.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.press.fragments import body_size
from articles.press.geometry import Box, Polygon, contains
from articles.press.matching import Match

# Fewer matched characters are no story but a mention of it: its head in a list of what is inside.
FEWEST = 24
FEWEST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """One area of a story in points; `confidence` from 0 to 1."""

    story: int
    polygon: Polygon
    confidence: float


def areas_of(matches: Sequence[Match], pictures: Sequence[Box], lengths: dict[int, int]) -> list[Found]:
    """The areas of all stories on the page, from top to bottom. `lengths`: characters of each story."""
    pitch = 1.4 * body_size([match.fragment for match in matches])
    by_story: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        if match.story is not None:
            by_story[match.story].append(match)
    pieces = {
        story: [
            piece
            for piece in _pieces(mine, pitch)
            if _weighs_enough(piece, lengths.get(story, 0), len(mine) == len(piece))
        ]
        for story, mine in by_story.items()
    }
    regions = [(story, piece) for story, some in pieces.items() for piece in some]
    regions = _joined(regions, matches)
    boxes = [(story, [match.fragment.box for match in piece]) for story, piece in regions]
    _take_in_pictures(boxes, pictures, pitch)
    found = []
    for (story, piece), (_story, mine) in zip(regions, boxes, strict=True):
        others = [box for other, some in boxes if some is not mine for box in some]
        polygon = _outline(mine, others, pitch)
        found.append(Found(story, polygon, _confidence(polygon, story, piece, matches)))
    return sorted(
        found, key=lambda area: (min(y for _x, y in area.polygon), min(x for x, _y in area.polygon))
    )


def _weighs_enough(piece: Sequence[Match], length: int, whole: bool) -> bool:
    sure = sum(match.length * match.votes for match in piece if match.votes > 0.1)
    return sure >= (min(FEWEST, FEWEST_SHARE * length) if whole else FEWEST)


def _pieces(mine: Sequence[Match], pitch: float) -> list[list[Match]]:
    """The fragments of one story in groups that hang together: lines, columns side by side, heads above."""
    boxes = [match.fragment.box.grown(1.2 * pitch, 1.1 * max(pitch, match.fragment.size)) for match in mine]
    group = list(range(len(mine)))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    order = sorted(range(len(mine)), key=lambda number: boxes[number].top)
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            if boxes[second].top > boxes[first].bottom:
                break
            if boxes[first].overlap(boxes[second]) > 0:
                group[root(first)] = root(second)
    found: dict[int, list[Match]] = defaultdict(list)
    for number, match in enumerate(mine):
        found[root(number)].append(match)
    return list(found.values())


def _joined(
    regions: list[tuple[int, list[Match]]], matches: Sequence[Match]
) -> list[tuple[int, list[Match]]]:
    """Pieces of one story with nothing of another between them are one: a photo or an advert may stand there."""
    joined: list[tuple[int, list[Match]]] = []
    foreign = [(match.story, match.fragment.box.center) for match in matches if match.story is not None]
    for story, piece in sorted(regions, key=lambda region: -len(region[1])):
        for number, (other, grown) in enumerate(joined):
            if other != story:
                continue
            whole = Box.around(match.fragment.box for match in [*grown, *piece])
            if not any(owner != story and whole.holds(center) for owner, center in foreign):
                joined[number] = (story, [*grown, *piece])
                break
        else:
            joined.append((story, piece))
    return joined


def _take_in_pictures(boxes: list[tuple[int, list[Box]]], pictures: Iterable[Box], pitch: float) -> None:
    """A picture belongs to the story whose place grows least by it and covers nobody's text."""
    for picture in sorted(pictures, key=lambda box: -box.area):
        best: tuple[float, int] | None = None
        for number, (_story, mine) in enumerate(boxes):
            place = Box.around(mine)
            whole = place.union(picture)
            others = [box for at, (_s, some) in enumerate(boxes) if at != number for box in some]
            if any(whole.holds(box.center) and not place.holds(box.center) for box in others):
                continue
            growth = whole.area - place.area
            # Half a page away is no neighbour.
            if growth > 3 * picture.area + place.area:
                continue
            if best is None or growth < best[0]:
                best = growth, number
        if best is not None:
            boxes[best[1]][1].append(picture)


def _outline(mine: Sequence[Box], others: Sequence[Box], pitch: float) -> Polygon:
    whole = Box.around(mine)
    strangers = [box for box in others if whole.holds(box.center)]
    if not strangers:
        return whole.corners()
    return _staircase(_strips(mine, pitch), whole)


def _strips(mine: Sequence[Box], pitch: float) -> list[Box]:
    """The story column by column: upright strips, side by side, none over another."""
    edges: list[float] = []
    for edge in sorted({value for box in mine for value in (box.left, box.right)}):
        if not edges or edge - edges[-1] > 0.6 * pitch:
            edges.append(edge)
    strips: list[Box] = []
    for left, right in itertools.pairwise(edges):
        inside = [box for box in mine if min(box.right, right) - max(box.left, left) > 0.5 * (right - left)]
        if inside:
            strip = Box(left, min(box.top for box in inside), right, max(box.bottom for box in inside))
        elif strips and right - left < 3 * pitch:
            # The white between two columns.
            strip = Box(left, strips[-1].top, right, strips[-1].bottom)
        else:
            continue
        strips.append(strip)
    return _levelled(strips, pitch)


def _levelled(strips: list[Box], pitch: float) -> list[Box]:
    """Neighbours whose edges differ by less than two lines share them; then equal ones become one."""
    for number in range(1, len(strips)):
        before, strip = strips[number - 1], strips[number]
        top = before.top if abs(before.top - strip.top) < 2 * pitch else strip.top
        bottom = before.bottom if abs(before.bottom - strip.bottom) < 2 * pitch else strip.bottom
        strips[number] = Box(strip.left, top, strip.right, bottom)
    merged: list[Box] = []
    for strip in strips:
        if merged and merged[-1].top == strip.top and merged[-1].bottom == strip.bottom:
            merged[-1] = merged[-1].union(strip)
        else:
            merged.append(strip)
    return merged


def _staircase(strips: Sequence[Box], whole: Box) -> Polygon:
    """Along the upper edges from left to right, back along the lower ones. Strips that do not touch in height
    cannot be one polygon: then the whole rectangle it is, for an editor to mend."""
    meet = all(min(a.bottom, b.bottom) - max(a.top, b.top) > 0 for a, b in itertools.pairwise(strips))
    if not strips or not meet:
        return whole.corners()
    upper: Polygon = []
    lower: Polygon = []
    for number, strip in enumerate(strips):
        right = strips[number + 1].left if number + 1 < len(strips) else strip.right
        upper += [(strip.left, strip.top), (right, strip.top)]
        lower += [(strip.left, strip.bottom), (right, strip.bottom)]
    corners = [*upper, *reversed(lower)]
    return [
        corner
        for before, corner, after in zip(
            [corners[-1], *corners[:-1]], corners, [*corners[1:], corners[0]], strict=True
        )
        if not (before[0] == corner[0] == after[0] or before[1] == corner[1] == after[1])
    ]


def _confidence(polygon: Polygon, story: int, piece: Sequence[Match], matches: Sequence[Match]) -> float:
    """How much of the text within is the story's, by its votes."""
    mine = sum(match.length * max(match.votes, 0.5) for match in piece)
    within = sum(
        match.length
        for match in matches
        if match.story == story or contains(polygon, match.fragment.box.center)
    )
    return round(min(1.0, mine / within), 3) if within else 0.0
