"""A page as it is remembered: its lines with their places, so that stories can be looked for again later. Pure.

Rows are lists and not objects, because a proof keeps some thousand of them as JSON.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from articles.press.content import Content, content_of, plain
from articles.press.fragments import Fragment, fragments_of
from articles.press.geometry import Box
from articles.press.matching import comparable, matched
from articles.press.order import page_text, paragraphs_of, reading_order
from articles.press.shapes import areas_of

# Fewer characters on a whole page are a scan with a stamp on it.
FEWEST_CHARACTERS = 20


def read(page: Any) -> dict[str, Any]:
    """All that is remembered of a page (a pypdfium2 page whose box begins at 0, 0).

    {"size": [width, height], "lines": [[text, left, top, right, bottom, baseline, size], …], "pictures": [[left, top,
    right, bottom], …], "text": the raw text in reading order, "characters": their number}
    """
    content = content_of(page)
    found = fragments_of(content)
    order = reading_order(found, content.pictures, content.upright, content.level)
    return {
        "size": [round(content.width, 2), round(content.height, 2)],
        "lines": [_row(fragment) for fragment in found],
        "pictures": [_corners(box) for box in content.pictures],
        "text": page_text(paragraphs_of(order)),
        "characters": sum(len(fragment.text) for fragment in found),
    }


def edges(page: Any) -> str:
    """The words at the head and the foot of a page, where papers print which page it is."""
    content = content_of(page)
    upper, lower = 0.14 * content.height, 0.94 * content.height
    return " ".join(
        fragment.text
        for fragment in fragments_of(content)
        if fragment.baseline < upper or fragment.baseline > lower
    )[:2000]


def propose(memory: Mapping[str, Any], texts: Mapping[int, str]) -> list[dict[str, Any]]:
    """Where the stories stand on a remembered page: [{"story", "polygon" in fractions, "confidence"}, …]."""
    width, height = memory["size"]
    matches = matched([_fragment(row) for row in memory["lines"]], texts)
    lengths = {story: len(comparable(text)) for story, text in texts.items()}
    pictures = [Box(*corners) for corners in memory["pictures"]]
    return [
        {
            "story": area.story,
            "polygon": [[_within(x / width), _within(y / height)] for x, y in area.polygon],
            "confidence": area.confidence,
        }
        for area in areas_of(matches, pictures, lengths)
    ]


def _within(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 5)


def _row(fragment: Fragment) -> list[Any]:
    return [fragment.text, *_corners(fragment.box), round(fragment.baseline, 1), round(fragment.size, 2)]


def _corners(box: Box) -> list[float]:
    return [round(value, 1) for value in (box.left, box.top, box.right, box.bottom)]


def _fragment(row: Sequence[Any]) -> Fragment:
    text, left, top, right, bottom, baseline, size = row
    key = "".join(plain(character) for character in text if character != " ")
    return Fragment(text, key, Box(left, top, right, bottom), baseline, size)


__all__ = ["FEWEST_CHARACTERS", "Content", "edges", "propose", "read"]
