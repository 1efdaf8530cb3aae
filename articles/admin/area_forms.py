"""An area as it is sent by the editor's script or typed into fields without it."""

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.areas import Drawn
from articles.models import HotArea
from articles.press.geometry import BadPolygon, Box, checked

_SENTENCES = {
    "corners": gettext_lazy("An area has 3 to 60 corners. Nothing was changed."),
    "number": gettext_lazy("The corners are not numbers. Nothing was changed; correct them and save again."),
    "outside": gettext_lazy("The area reaches beyond the page. Nothing was changed."),
    "small": gettext_lazy("The area is too small to be pressed with a finger. Nothing was changed."),
    "crossed": gettext_lazy(
        "The sides of the area cross each other. Nothing was changed; move a corner back."
    ),
}
SIDES = ("left", "top", "width", "height")


def drawn_from(data: QueryDict) -> Drawn:
    """`polygon`: JSON in fractions (the script); else `corners`: "12.5,30 40,30 …" or four sides, in percent.
    `what`: "story:12", "story:", "advert", "notice". Raises ValidationError with a sentence."""
    kind, _colon, key = data.get("what", "story:").partition(":")
    article = int(key) if key.isdecimal() and len(key) < 19 else None
    try:
        polygon = checked(_points(data))
    except BadPolygon as bad:
        raise ValidationError(_SENTENCES[bad.code]) from None
    return Drawn(polygon, kind, article, data.get("label", "").strip()[:120])


def _points(data: QueryDict) -> Any:
    given, corners = str(data.get("polygon", "")), str(data.get("corners", ""))
    if given:
        if len(given) > 5000:
            raise BadPolygon("corners")
        try:
            return json.loads(given)
        except (ValueError, RecursionError):
            raise BadPolygon("number") from None
    if corners.strip():
        pairs = corners.replace("，", ",").split()[:100]
        return [[_percent(value) for value in pair.split(",")] for pair in pairs]
    left, top, width, height = (_percent(data.get(side, "")) for side in SIDES)
    return [list(corner) for corner in Box(left, top, left + width, top + height).corners()]


def _percent(text: str) -> float:
    if not re.fullmatch(r"\s*-?\d{1,4}(\.\d{0,6})?\s*", text):
        raise BadPolygon("number")
    return float(text) / 100


def sides_of(polygon: list[list[float]]) -> dict[str, str] | None:
    """A rectangle as four numbers in percent; None for any other shape."""
    xs, ys = sorted({x for x, _y in polygon}), sorted({y for _x, y in polygon})
    if len(polygon) != 4 or len(xs) != 2 or len(ys) != 2:
        return None
    values = (xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])
    return {side: f"{100 * value:.2f}" for side, value in zip(SIDES, values, strict=True)}


def corners_of(polygon: list[list[float]]) -> str:
    return " ".join(f"{100 * x:.2f},{100 * y:.2f}" for x, y in polygon)


def name_of_area(area: HotArea) -> str:
    if area.kind == HotArea.Kind.STORY:
        return str(area.article) if area.article is not None else _("Which story?")
    return area.label or str(HotArea.Kind(area.kind).label)
