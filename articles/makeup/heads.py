"""Headline sets: kicker, headline, deck and byline in every height they may take at a width."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from articles.makeup.grid import Grid
from articles.makeup.material import Story
from articles.makeup.typesetting import rows, wrapped
from articles.makeup.widths import ems

# Largest and smallest headline in points on a broadsheet, by the story's order of weight.
_SIZES = {1: (58, 30), 2: (42, 22), 3: (36, 19), 4: (32, 18)}
_OTHERS = (26, 15)
_BRIEF = (17, 12.5)
_PHOTO = (26, 14)
# Space of a row of type, in its size.
_HEADLINE, _KICKER, _DECK, _BYLINE = 1.2, 1.5, 1.5, 1.8
_ROW_COST = 3.0
_FORCED = 80.0
# Ems of a row in a wide module, at least.
_SHORTEST_ROW = 3.6
# Sizes tried, in shares of the largest that fits.
_SHARES = (1.0, 0.88, 0.76)


@dataclass(frozen=True)
class Display:
    """Rows of one size in a headline set. `kind`: kicker, headline, deck, byline or jump."""

    kind: str
    rows: tuple[str, ...]
    size: float
    row_height: float

    @property
    def height(self) -> float:
        return self.row_height * len(self.rows)


@dataclass(frozen=True)
class Head:
    """A headline set of `lines` grid lines. `size`: of its headline; `cost`: how far from what one would want."""

    lines: int
    cost: float
    size: float
    parts: tuple[Display, ...]

    @property
    def height(self) -> float:
        return sum(part.height for part in self.parts)

    @property
    def rows(self) -> int:
        return max((len(part.rows) for part in self.parts if part.kind == "headline"), default=0)


def heads(story: Story, columns: int, grid: Grid, *, generous: bool = False) -> list[Head]:
    """The cheapest set of each height at this many columns; none where the headline cannot be set so narrow.

    `generous`: larger heads with more air are allowed too, for pages with too little on them.
    """
    cheapest: dict[int, Head] = {}
    variants = list(_variants(story, columns, grid, generous))
    if not variants and 2 * columns >= grid.columns:
        variants = list(_forced(story, columns, grid))
    for head in variants:
        if head.lines not in cheapest or head.cost < cheapest[head.lines].cost:
            cheapest[head.lines] = head
    return [cheapest[lines] for lines in sorted(cheapest)]


def _variants(story: Story, columns: int, grid: Grid, generous: bool) -> Iterator[Head]:
    width = _width(story, columns, grid)
    largest, smallest = sizes(story, grid)
    around = _around(story, columns, width, grid)
    if around is None:
        return
    before, after = around
    air = (0, 1, 2, 3, 4, 5) if generous else (0, 1, 2)
    if generous:
        largest *= 1.25
    if not (story.wishes.headline or story.headline):
        # A part that goes on under its jump line, a picture without words.
        height = sum(part.height for part in (*before, *after))
        yield Head(math.ceil((height + 2) / grid.pitch) if height else 0, 0.0, 0.0, (*before, *after))
        return
    for parts_of_headline, cost in _headlines(story, columns, width, (largest, smallest)):
        parts = (*before, parts_of_headline, *after)
        least = math.ceil((sum(part.height for part in parts) + 5) / grid.pitch)
        for more in air:
            yield Head(least + more, cost + 1.5 * more, parts_of_headline.size, parts)


def _forced(story: Story, columns: int, grid: Grid) -> Iterator[Head]:
    """Words that cannot be set as they should: in as many rows as they need, parted anywhere. Never left out."""
    width = _width(story, columns, grid)
    _, smallest = sizes(story, grid)
    size = story.wishes.head_size or smallest
    parts = [
        Display(kind, tuple(wrapped(text.replace("|", ""), width / of)), of, of * leading)
        for kind, text, of, leading in (
            ("kicker", story.kicker, 9.5, 1.35),
            ("headline", story.wishes.headline or story.headline, size, _HEADLINE),
            ("deck", story.deck, 9.5, 1.35),
            ("byline", "" if story.photo_story else story.byline, 9.5, 1.35),
        )
        if text
    ]
    least = math.ceil((sum(part.height for part in parts) + 5) / grid.pitch)
    yield Head(least, _FORCED, size, tuple(parts))


def _width(story: Story, columns: int, grid: Grid) -> float:
    return grid.span(columns) - (8 if columns > 1 or story.photo_story else 2)


def sizes(story: Story, grid: Grid) -> tuple[float, float]:
    """Largest and smallest size of this story's headline in points."""
    if story.continues_from:
        return 15.0, 11.0
    if story.photo_story:
        pair: tuple[float, float] = _PHOTO
    elif story.brief:
        pair = _BRIEF
    else:
        pair = _SIZES.get(story.rank, _OTHERS)
    return pair[0] * grid.scale, pair[1] * grid.scale


def _headlines(
    story: Story, columns: int, width: float, limits: tuple[float, float]
) -> Iterator[tuple[Display, float]]:
    """The headline in one to three rows, each as large as it fits and smaller, with what each costs."""
    largest, smallest = limits
    text = story.wishes.headline or story.headline
    counts = (1, 2, 3) if columns <= 2 or "|" in text or story.rank <= 2 else (1, 2)
    for count in counts:
        parted = rows(text, count)
        if parted is None:
            continue
        widths = [ems(row) for row in parted]
        # Two characters to a row are for narrow columns, and for editors who want it so.
        if count > 1 and columns > 2 and min(widths) < _SHORTEST_ROW and "|" not in text:
            continue
        fits = width / max(widths)
        cost = _ROW_COST * (count - 1) + (0.0 if "|" in text else _raggedness(widths, columns))
        if story.wishes.head_size is not None:
            if story.wishes.head_size <= fits:
                yield _display(parted, story.wishes.head_size), cost
            continue
        if fits < smallest:
            continue
        top = min(largest, fits)
        for share in _SHARES:
            size = min(fits, max(smallest, round(top * share * 2) / 2))
            wanted = largest * 0.86
            short = max(0.0, wanted - size) / wanted
            # A row that fills little of its width looks lost, above all in the middle of a wide module.
            empty = max(0.0, 0.55 - max(widths) * size / width)
            yield _display(parted, size), cost + 26 * short * (1.3 if story.rank == 1 else 1) + 14 * empty
            if size <= smallest:
                break


def _raggedness(widths: list[float], columns: int) -> float:
    """Rows of two characters are no rows, and one short row among long ones looks like a mistake."""
    if len(widths) == 1:
        return 0.0
    least = 3.5 if columns <= 2 else 5.5
    return 6.0 * max(0.0, least - min(widths)) + 12.0 * max(0.0, max(widths) / min(widths) - 1.9)


def _display(parted: list[str], size: float) -> Display:
    return Display("headline", tuple(parted), size, size * _HEADLINE)


def _around(
    story: Story, columns: int, width: float, grid: Grid
) -> tuple[list[Display], list[Display]] | None:
    """What stands above and below the headline; None where it cannot stand in this width."""
    if story.continues_from:
        return [], [Display("jump", (f"（上接第{story.continues_from}版）",), 9.0, 9.0 * _BYLINE)]
    small = 13.0 if columns <= 2 else 17.0 if story.rank > 1 else 19.0
    before = _small("kicker", story.kicker, small * grid.scale, _KICKER, width)
    deck = _small("deck", story.deck, small * grid.scale, _DECK, width)
    # A photo story's names stand with its caption or at the end of its text.
    byline = _small("byline", "" if story.photo_story else story.byline, 9.5, _BYLINE, width)
    if before is None or deck is None or byline is None:
        return None
    return before, deck + byline


def _small(kind: str, text: str, size: float, leading: float, width: float) -> list[Display] | None:
    """A line or two above or below a headline: a little smaller before it takes a second row."""
    text = text.replace("|", "")
    if not text:
        return []
    one = width / ems(text)
    if one >= size * 0.82:
        set_at = min(size, one)
        return [Display(kind, (text,), set_at, set_at * leading)]
    # Rows of small type stand closer than a single one.
    set_at = max(9.0, size * 0.86)
    parted = wrapped(text, width / set_at)
    if len(parted) > 3:
        return None
    even = rows(text, len(parted))
    if even is not None and max(map(ems, even)) * set_at <= width:
        parted = even
    last = set_at * (leading - 0.15)
    return [Display(kind, tuple(parted), set_at, last)]
