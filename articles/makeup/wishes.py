"""What an editor wants of a story's make-up: kept with its placement, obeyed by the solver."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

JUMPS = ("allow", "force", "forbid")
CORNERS = ("top_left", "top_right", "bottom_left", "bottom_right", "top", "bottom", "left", "right")
MOST_COLUMNS = 12
MOST_ROWS = 3
SMALLEST_HEAD, LARGEST_HEAD = 10.0, 90.0


class BadWish(ValueError):
    """A wish that cannot be kept; `name` is the wish, the message says what is wrong in English, for logs."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name


@dataclass(frozen=True)
class Wishes:
    """columns: width of the module. corner: where on the page. headline: with `|` where its rows part, else "".
    head_size: of the headline in points. jump: "allow" (default where there is room), "force", "forbid".
    picture_columns: width of its picture, 0: none printed. picture_ratio: height by width of the crop."""

    columns: int | None = None
    corner: str = ""
    headline: str = ""
    head_size: float | None = None
    jump: str = "allow"
    picture_columns: int | None = None
    picture_ratio: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Only what differs from wanting nothing; `read` takes it back."""
        return {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }


NONE = Wishes()


def read(data: Mapping[str, Any]) -> Wishes:
    """The wishes of a placement from what is stored or typed. Raises BadWish on a name or value nobody may wish."""
    known = {item.name for item in fields(Wishes)}
    for name in data:
        if name not in known:
            raise BadWish(str(name), "no such wish")
    wishes = Wishes(
        columns=_whole(data, "columns", 1, MOST_COLUMNS),
        corner=_one_of(data, "corner", ("", *CORNERS), ""),
        headline=_text(data, "headline"),
        head_size=_number(data, "head_size", SMALLEST_HEAD, LARGEST_HEAD),
        jump=_one_of(data, "jump", JUMPS, "allow"),
        picture_columns=_whole(data, "picture_columns", 0, MOST_COLUMNS),
        picture_ratio=_number(data, "picture_ratio", 0.2, 3.0),
    )
    if wishes.headline.count("|") >= MOST_ROWS:
        raise BadWish("headline", "more rows than a headline may have")
    return wishes


def _whole(data: Mapping[str, Any], name: str, least: int, most: int) -> int | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadWish(name, f"must be a whole number from {least} to {most}")
    return value


def _number(data: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    value = data.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise BadWish(name, f"must be a number from {least:g} to {most:g}")
    return float(value)


def _one_of(data: Mapping[str, Any], name: str, choices: tuple[str, ...], default: str) -> str:
    value = data.get(name, default)
    if value not in choices:
        raise BadWish(name, f"must be one of {', '.join(filter(None, choices))}")
    return str(value)


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str) or len(value) > 130 or "\n" in value:
        raise BadWish(name, "must be one line of text")
    return value
