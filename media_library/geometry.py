"""Sizes, turns and crops of photos, in whole pixels. Pure: no Django, no Pillow."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Size(NamedTuple):
    """Width and height in pixels, both at least 1."""

    width: int
    height: int


@dataclass(frozen=True)
class Rect:
    """A part of a picture in pixels: left and top inside it, right and bottom just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        return Size(self.right - self.left, self.bottom - self.top)


def turned(size: Size, orientation: int) -> Size:
    """The size as people see it, given EXIF orientation 1-8: 5-8 lie on their side."""
    return Size(size.height, size.width) if orientation in {5, 6, 7, 8} else size


def fit_width(size: Size, width: int) -> Size:
    """`size` scaled to `width`, height rounded, never below one pixel."""
    return Size(width, max(1, round(size.height * width / size.width)))


def fit_within(size: Size, longest: int) -> Size:
    """`size` shrunk so that no side exceeds `longest`; never enlarged."""
    if max(size) <= longest:
        return size
    scale = longest / max(size)
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))


def ladder(size: Size, widths: Iterable[int], longest: int) -> list[Size]:
    """The sizes to render, widest first, without enlarging.

    A photo narrower than the widest step ends at its own width instead, so nothing it has is lost:
    1000 px with steps 320, 480, 768, 1080 gives 1000, 768, 480, 320. No side exceeds `longest`.
    """
    whole = fit_within(size, longest)
    steps = sorted(set(widths))
    below = {step for step in steps if step < whole.width}
    if len(below) < len(steps):
        below.add(whole.width)
    return [fit_width(whole, width) for width in sorted(below, reverse=True)]


def crop(size: Size, ratio: float, focal_x: float = 0.5, focal_y: float = 0.5) -> Rect:
    """The largest part of `size` with `ratio` (width / height), the focal point as near its middle as fits.

    `focal_x` and `focal_y` are fractions 0..1 from the left and the top. `ratio` must be positive.
    """
    if ratio <= 0:
        raise ValueError("ratio must be positive")
    width = min(size.width, max(1, round(size.height * ratio)))
    height = min(size.height, max(1, round(size.width / ratio)))
    left = min(max(round(focal_x * size.width - width / 2), 0), size.width - width)
    top = min(max(round(focal_y * size.height - height / 2), 0), size.height - height)
    return Rect(left, top, left + width, top + height)
