"""How well stories are found on pages: glyphs on the right story, and how far areas and places are the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pypdfium2

from articles.press.content import content_of
from articles.press.fragments import fragments_of
from articles.press.geometry import Box, contains
from articles.press.matching import comparable, matched
from articles.press.shapes import Found, areas_of
from tests.press.corpus import Printed, misread, stories


@dataclass
class Score:
    glyphs: int = 0
    right: int = 0
    invented: int = 0
    overlaps: list[tuple[str, int, float]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return self.right / self.glyphs

    @property
    def overlap(self) -> float:
        return sum(value for *_names, value in self.overlaps) / len(self.overlaps)

    def __str__(self) -> str:
        worst = min(self.overlaps, key=lambda row: row[-1])
        return (
            f"{len(self.overlaps)} areas: glyphs right {self.accuracy:.2%}, mean IoU {self.overlap:.3f}, "
            f"worst {worst[-1]:.3f} ({worst[0]}), invented {self.invented}"
        )


def score(pages: Iterable[Printed], wrong: float = 0.0, everything: bool = False) -> Score:
    """`everything`: all stories of the corpus are offered, not only those on the page."""
    total = Score()
    for page in pages:
        document = pypdfium2.PdfDocument(page.pdf)
        content = content_of(document[page.page])
        texts = {
            story.key: misread(story.text, wrong, story.key)
            for story in stories()
            if everything or story.key in page.places
        }
        matches = matched(fragments_of(content), texts)
        for match in matches:
            for glyph in match.fragment.glyphs:
                point = (glyph.center, glyph.baseline - 0.3 * glyph.size)
                owner = next(
                    (
                        key
                        for key, boxes in page.places.items()
                        if any(b.grown(2, 2).holds(point) for b in boxes)
                    ),
                    None,
                )
                if owner is not None:
                    total.glyphs += 1
                    total.right += match.story == owner
        found = areas_of(
            matches, content.pictures, {key: len(comparable(text)) for key, text in texts.items()}
        )
        used: set[int] = set()
        for key, boxes in page.places.items():
            for box in boxes:
                best, at = max(
                    ((shared(area, box), number) for number, area in enumerate(found) if area.story == key),
                    default=(0.0, -1),
                )
                used.add(at)
                total.overlaps.append((page.name, key, best))
        total.invented += sum(number not in used for number in range(len(found)))
    return total


def shared(area: Found, box: Box, steps: int = 120) -> float:
    """Intersection over union of a polygon and a box, by a grid of points."""
    whole = Box.around([box, *(Box(x, y, x, y) for x, y in area.polygon)])
    both = either = 0
    for i in range(steps):
        for j in range(steps):
            point = (
                whole.left + (i + 0.5) / steps * whole.width,
                whole.top + (j + 0.5) / steps * whole.height,
            )
            a, b = contains(area.polygon, point), box.holds(point)
            both += a and b
            either += a or b
    return both / either
