"""What is placed on a page, each thing in points from the page's upper left corner, as page.typ reads it.

Every element knows the characters it must show, so that the finished PDF can be read back against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


def rule(
    x: float, y: float, length: float, *, down: bool = False, weight: float = 0.5, color: str = INK
) -> Element:
    return Element(
        {"type": "rule", "x": x, "y": y, "length": length, "vertical": down, "weight": weight, "color": color}
    )


def box(
    x: float, y: float, w: float, h: float, *, fill: str = "", weight: float = 0, color: str = INK
) -> Element:
    return Element(
        {"type": "box", "x": x, "y": y, "w": w, "h": h, "fill": fill, "weight": weight, "color": color}
    )


def rows(
    x: float,
    y: float,
    w: float,
    h: float,
    texts: Sequence[str],
    size: float,
    *,
    font: str = "serif",
    weight: int = 400,
    align: str = "center",
    color: str = INK,
    tracking: float = 0,
    row_height: float | None = None,
    story: str = "",
    what: str = "",
) -> Element:
    """Rows of display type, centred in the height of their box. row_height: distance of two rows in points."""
    return Element(
        {
            "type": "rows",
            "x": x,
            "y": y,
            "w": w,
            "h": h,
            "rows": list(texts),
            "size": size,
            "font": font,
            "weight": weight,
            "align": align,
            "color": color,
            "tracking": tracking,
            # A row is as high as its size; the rest is between the rows.
            "leading": (row_height or size) - size,
        },
        text=squeezed("".join(texts)),
        story=story,
        what=what,
    )


def legend(
    x: float, y: float, w: float, texts: Sequence[str], size: float, leading: float, *, story: str = ""
) -> Element:
    return Element(
        {
            "type": "legend",
            "x": x,
            "y": y,
            "w": w,
            "h": leading * len(texts),
            "rows": list(texts),
            "size": size,
            "font": "kai",
            "leading": leading - size,
            "color": "#333333",
        },
        text=squeezed("".join(texts)),
        story=story,
        what="caption",
    )


def picture(x: float, y: float, w: float, h: float, file: str, alt: str, *, story: str = "") -> Element:
    return Element(
        {"type": "picture", "x": x, "y": y, "w": w, "h": h, "file": file, "alt": alt},
        story=story,
        what="picture",
    )


def frame(
    x: float,
    y: float,
    w: float,
    h: float,
    pieces: Sequence[Mapping[str, Any]],
    *,
    text: str,
    lines: int,
    story: str = "",
    what: str = "body",
) -> Element:
    return Element(
        {"type": "frame", "x": x, "y": y, "w": w, "h": h, "pieces": list(pieces)},
        text=text,
        lines=lines,
        story=story,
        what=what,
    )
