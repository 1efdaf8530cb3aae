"""Boxes and polygons on a page. Pure: no Django, no PDF. y grows downwards."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

Point = tuple[float, float]
Polygon = list[Point]

# A drawn area has a few corners; hundreds are a mistake or an attack.
MOST_CORNERS = 60
# In fractions of the page: about four millimetres of a broadsheet's width. Smaller, no finger hits it.
SMALLEST_SIDE = 0.008


class BadPolygon(ValueError):
    """`code`: "corners" (their number), "number" (not a number), "outside" (of the page), "small", "crossed"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def center(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def overlap(self, other: "Box") -> float:
        """The area they share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def grown(self, x: float, y: float) -> "Box":
        return Box(self.left - x, self.top - y, self.right + x, self.bottom + y)

    def corners(self) -> Polygon:
        return [
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        ]

    @classmethod
    def around(cls, boxes: Iterable[Self]) -> "Box":
        """The smallest box that holds all of them; there is at least one."""
        boxes = list(boxes)
        return cls(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )


def contains(polygon: Sequence[Sequence[float]], point: Point) -> bool:
    """Whether the point lies inside, by counting crossings."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def surface(polygon: Sequence[Sequence[float]]) -> float:
    """Its area, whichever way round its corners go."""
    turned = [*polygon[1:], polygon[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, turned, strict=True))) / 2


def checked(points: object) -> list[list[float]]:
    """What somebody drew, as it is stored: fractions of the page, rounded, without doubled corners.

    A corner a little outside (a finger slips) is put on the edge. Raises BadPolygon.
    """
    if not isinstance(points, list) or not 3 <= len(points) <= MOST_CORNERS:
        raise BadPolygon("corners")
    found: list[list[float]] = []
    for point in points:
        corner = [_fraction(value) for value in point] if isinstance(point, list | tuple) else []
        if len(corner) != 2:
            raise BadPolygon("number")
        if not found or corner != found[-1]:
            found.append(corner)
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    if len(found) < 3:
        raise BadPolygon("small")
    around = Box.around(Box(x, y, x, y) for x, y in found)
    thin = min(around.width, around.height) < SMALLEST_SIDE
    if thin or surface(found) < SMALLEST_SIDE**2:
        raise BadPolygon("small")
    if crosses_itself(found):
        raise BadPolygon("crossed")
    return found


def _fraction(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise BadPolygon("number")
    if not -0.05 <= value <= 1.05:
        raise BadPolygon("outside")
    return round(min(1.0, max(0.0, float(value))), 5)


def crosses_itself(polygon: Sequence[Sequence[float]]) -> bool:
    """Whether two of its sides cross: it would be lit up in parts."""
    sides = list(zip(polygon, [*polygon[1:], polygon[0]], strict=True))
    return any(
        _cross(*sides[i], *sides[j])
        for i in range(len(sides))
        for j in range(i + 2, len(sides))
        if (i, j) != (0, len(sides) - 1)
    )


def _cross(a: Sequence[float], b: Sequence[float], c: Sequence[float], d: Sequence[float]) -> bool:
    def side(p: Sequence[float], q: Sequence[float], r: Sequence[float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
