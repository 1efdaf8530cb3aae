"""What a page carries beside its stories: masthead or folio, the credits at its foot, adverts and notices."""

from collections.abc import Iterator

from articles.makeup.elements import ACCENT, Area, Element, Type, box, picture, rows, rule
from articles.makeup.grid import Grid
from articles.makeup.material import Folio, Item, Masthead, PageBrief
from articles.makeup.prints import Prints
from articles.makeup.typesetting import wrapped
from articles.makeup.widths import ems

FOLIO_LINES = 3
_GREY = "#444444"


def lines_taken(brief: PageBrief, grid: Grid) -> int:
    """Lines at the head of the page that no story may use."""
    if brief.masthead is not None:
        return grid.masthead_lines
    return FOLIO_LINES if brief.folio is not None else 0


def furniture(brief: PageBrief, grid: Grid, prints: Prints) -> Iterator[Element]:
    """Masthead or folio, and the credits."""
    if brief.masthead is not None:
        yield from _masthead(brief.masthead, grid, prints)
    elif brief.folio is not None:
        yield from _folio(brief.folio, grid)
    if brief.credits:
        foot = grid.y(grid.lines) - grid.lead + 5
        yield rule(grid.left, foot, grid.text_width, weight=0.5)
        area = Area(grid.left, foot + 3, grid.text_width, 12)
        size = min(8.0, area.w / ems(brief.credits))
        yield rows(area, [brief.credits], Type(size, "sans", align="right", color=_GREY), what="credits")


def _masthead(masthead: Masthead, grid: Grid, prints: Prints) -> Iterator[Element]:
    """The paper's name on the left, day and numbers on the right, a double rule below."""
    x, y, width = grid.left, grid.top, grid.text_width
    height = grid.masthead_lines * grid.pitch - 16
    yield from _name(masthead, Area(x, y, width * 0.46, height), prints)
    right = x + width * 0.46 + 22
    yield rule(right - 11, y + 6, height - 14, down=True, weight=0.6)
    yield from _facts(masthead, Area(right, y, x + width - right, height - 8), small=10.0 * grid.scale**0.7)
    yield rule(x, y + height, width, weight=2.4, color=ACCENT)
    yield rule(x, y + height + 3.4, width, weight=0.6, color=ACCENT)


def _name(masthead: Masthead, area: Area, prints: Prints) -> Iterator[Element]:
    room = area.h - 8
    if masthead.picture is not None:
        ratio = masthead.picture.ratio
        shown = min(area.w, room / ratio)
        file = prints.make(masthead.picture, shown, shown * ratio)
        place = Area(area.x + (area.w - shown) / 2, area.y, shown, shown * ratio)
        yield picture(place, file, masthead.name)
    else:
        # Set wide: a name in type needs air to become a mark.
        size = min(room * 0.86, area.w / (ems(masthead.name) * 1.08))
        look = Type(size, weight=900, color=ACCENT, tracking=size * 0.06)
        yield rows(Area(area.x, area.y, area.w, room), [masthead.name], look, what="masthead")


def _facts(masthead: Masthead, area: Area, small: float) -> Iterator[Element]:
    """The day, and below it the small lines, together in the middle of the height."""
    big = min(21.0, area.w * 0.86 / ems(masthead.date))
    at = area.y + max(0.0, (area.h - big * 1.9 - len(masthead.facts) * small * 1.75) / 2)
    yield rows(Area(area.x, at, area.w, big * 1.5), [masthead.date], Type(big, weight=700), what="masthead")
    at += big * 1.9
    for fact in masthead.facts:
        look = Type(min(small, area.w / ems(fact)), "kai")
        yield rows(Area(area.x, at, area.w, small * 1.5), [fact], look, what="masthead")
        at += small * 1.75


def _folio(folio: Folio, grid: Grid) -> Iterator[Element]:
    """Number and label of the page, the day, the paper's name, over a double rule."""
    x, y, width = grid.left, grid.top - 2, grid.text_width
    third = width / 3
    size = min(22.0, (third / 2 - 12) / ems(folio.code))
    number = ems(folio.code) * size + 12
    look = Type(size, "sans", 700, "left", ACCENT)
    yield rows(Area(x, y - 2, number - 9, 26), [folio.code], look, what="folio")
    if folio.label:
        size = min(15.0, (third - number - 12) / ems(folio.label))
        area = Area(x + number, y, third - number - 12, 24)
        yield rows(area, [folio.label], Type(size, weight=700, align="left"), what="folio")
    look = Type(min(9.0, (third - 24) / ems(folio.date)), "sans", color=_GREY)
    yield rows(Area(x + third + 12, y + 4, third - 24, 18), [folio.date], look, what="folio")
    look = Type(min(16.0, (third - 12) / ems(folio.name)), weight=900, align="right", color=ACCENT)
    yield rows(Area(x + 2 * third + 12, y, third - 12, 24), [folio.name], look, what="folio")
    yield rule(x, y + 27, width, weight=1.2)
    yield rule(x, y + 29.4, width, weight=0.4)


def boxed(item: Item, area: Area, prints: Prints) -> Iterator[Element]:
    """An advert or a notice in its box, with 广告 where that is owed."""
    yield box(area, weight=0.5 if item.filler else 0.8, fill="#faf8f3" if item.filler else "")
    inner = area.inset(9.0)
    if item.mark:
        corner = Area(inner.x + inner.w - 34, inner.y + inner.h - 9, 34, 10)
        look = Type(7, "sans", align="right", color=_GREY)
        yield rows(corner, [item.mark], look, what="item", story=item.key)
        inner = inner._replace(h=inner.h - 12)
    if item.picture is not None:
        shown = _fitted(item.picture.ratio, inner, below=26 if item.title or item.text else 0)
        yield picture(shown, prints.make(item.picture, shown.w, shown.h), item.title, story=item.key)
        taken = shown.h + 6
        inner = inner._replace(y=inner.y + taken, h=inner.h - taken)
    if item.title or item.text:
        yield from _words(item, inner)


def _fitted(ratio: float, area: Area, below: float) -> Area:
    """The largest rectangle of this shape, in the middle of the width; `below` stays free for words."""
    width = max(1.0, min(area.w, (area.h - below) / ratio))
    return Area(area.x + (area.w - width) / 2, area.y, width, min(width * ratio, area.h - below))


def _words(item: Item, area: Area) -> Iterator[Element]:
    """Title and text as large as they fit, one below the other in the middle of what room there is."""
    paragraphs = [line.strip() for line in item.text.splitlines() if line.strip()]
    for size in (16.0, 14.0, 12.5, 11.5, 10.5, 9.5, 9.0, 8.0, 7.0, 6.0):
        lines = [row for paragraph in paragraphs for row in wrapped(paragraph, area.w / size - 0.5)]
        title = min(size * 1.8, area.w / max(1.0, ems(item.title)))
        head, text = title * 1.7 if item.title else 0.0, len(lines) * size * 1.6
        if head + text <= area.h:
            break
    at = area.y + max(0.0, (area.h - head - text) / 2)
    if item.title:
        look = Type(title, "sans", 700)
        yield rows(Area(area.x, at, area.w, title * 1.5), [item.title], look, what="item", story=item.key)
    if lines:
        look = Type(size, row_height=size * 1.6)
        yield rows(Area(area.x, at + head, area.w, text), lines, look, what="item", story=item.key)
