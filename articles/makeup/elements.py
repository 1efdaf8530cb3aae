"""What is placed on a page, each thing in points from the page's upper left corner, as page.typ reads it.

Every element knows the characters it must show, so that the finished PDF can be read back against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

INK = "#111111"
ACCENT = "#b01218"


@dataclass(frozen=True)
class Element:
    """`data` goes to page.typ. `text`: what must be read in the box [x, y, w, h], "" for what is no text; `lines` of
    body type must stand on the grid from y. `story`: whose it is."""

    data: Mapping[str, Any]
    text: str = ""
    lines: int = 0
    story: str = ""
    what: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.data["x"], self.data["y"], self.data.get("w", 0), self.data.get("h", 0)


def squeezed(text: str) -> str:
    """Without white space, as glyphs are read back."""
    return "".join(text.split())


class Area(NamedTuple):
    """A rectangle in points."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, by: float) -> "Area":
        """The same with so much taken off all around."""
        return Area(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def corners(self) -> list[tuple[float, float]]:
        """Clockwise from the upper left."""
        right, bottom = self.x + self.w, self.y + self.h
        return [(self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom)]

    def data(self) -> dict[str, float]:
        return self._asdict()


def rule(
    x: float, y: float, length: float, *, down: bool = False, weight: float = 0.5, color: str = INK
) -> Element:
    """A line to the right or down."""
    look = {"vertical": down, "weight": weight, "color": color}
    return Element({"type": "rule", "x": x, "y": y, "length": length, **look})


def box(area: Area, *, fill: str = "", weight: float = 0, color: str = INK) -> Element:
    return Element({"type": "box", **area.data(), "fill": fill, "weight": weight, "color": color})


@dataclass(frozen=True)
class Type:
    """How display type looks. `row_height`: distance of two rows in points, default its size; `tracking`: between
    characters."""

    size: float
    font: str = "serif"
    weight: int = 400
    align: str = "center"
    color: str = INK
    tracking: float = 0
    row_height: float = 0


def rows(area: Area, texts: Sequence[str], look: Type, *, story: str = "", what: str = "") -> Element:
    """Rows of display type, in the middle of the height of their area."""
    return Element(
        {
            "type": "rows",
            **area.data(),
            "rows": list(texts),
            "size": look.size,
            "font": look.font,
            "weight": look.weight,
            "align": look.align,
            "color": look.color,
            "tracking": look.tracking,
            # A row is as high as its size; the rest is between the rows.
            "leading": (look.row_height or look.size) - look.size,
        },
        text=squeezed("".join(texts)),
        story=story,
        what=what,
    )


def legend(area: Area, texts: Sequence[str], look: Type, *, story: str = "") -> Element:
    """Rows of small type from the top of their area."""
    return Element(
        {
            "type": "legend",
            **area.data(),
            "rows": list(texts),
            "size": look.size,
            "font": look.font,
            "leading": (look.row_height or look.size) - look.size,
            "color": look.color,
        },
        text=squeezed("".join(texts)),
        story=story,
        what="caption",
    )


def picture(area: Area, file: str, alt: str, *, story: str = "") -> Element:
    """A file of the composer's folder that has the area's shape."""
    return Element({"type": "picture", **area.data(), "file": file, "alt": alt}, story=story, what="picture")


def frame(area: Area, pieces: Sequence[Mapping[str, Any]], *, text: str, lines: int, story: str) -> Element:
    """`lines` of body type from the top of their area."""
    return Element(
        {"type": "frame", **area.data(), "pieces": list(pieces)},
        text=text,
        lines=lines,
        story=story,
        what="body",
    )
