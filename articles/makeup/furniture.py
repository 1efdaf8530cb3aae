"""What a page carries beside its stories: masthead or folio, the credits at its foot, adverts and notices."""

from collections.abc import Iterator

from articles.makeup.elements import ACCENT, INK, Element, box, picture, rows, rule
from articles.makeup.grid import Grid
from articles.makeup.material import Folio, Item, Masthead, PageBrief
from articles.makeup.prints import Prints
from articles.makeup.typesetting import ems, wrapped

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
        yield rows(
            grid.left,
            foot + 3,
            grid.text_width,
            12,
            [brief.credits],
            8,
            font="sans",
            align="right",
            color=_GREY,
            what="credits",
        )


def _masthead(masthead: Masthead, grid: Grid, prints: Prints) -> Iterator[Element]:
    x, y, width = grid.left, grid.top, grid.text_width
    height = grid.masthead_lines * grid.pitch - 16
    name_width = width * 0.46
    if masthead.picture is not None:
        ratio = masthead.picture.ratio
        shown = min(name_width, (height - 8) / ratio)
        file = prints.make(masthead.picture, shown, shown * ratio)
        yield picture(x + (name_width - shown) / 2, y, shown, shown * ratio, file, masthead.name)
    else:
        room = height - (20 if masthead.latin else 8)
        # Set wide: a name in type needs air to become a mark.
        size = min(room * 0.86, name_width / (ems(masthead.name) * 1.08))
        yield rows(
            x,
            y,
            name_width,
            room,
            [masthead.name],
            size,
            weight=900,
            color=ACCENT,
            tracking=size * 0.06,
            what="masthead",
        )
    if masthead.latin:
        yield rows(
            x,
            y + height - 18,
            name_width,
            12,
            [masthead.latin],
            9,
            weight=700,
            tracking=4,
            color=_GREY,
            what="masthead",
        )
    right, beside = x + name_width + 22, width - name_width - 22
    yield rule(right - 11, y + 6, height - 14, down=True, weight=0.6)
    big = min(21.0, beside * 0.86 / ems(masthead.date))
    small = 10.0 if grid.scale > 0.9 else 8.6
    block = big * 1.9 + len(masthead.facts) * small * 1.75
    at = y + max(0.0, (height - 8 - block) / 2)
    yield rows(right, at, beside, big * 1.5, [masthead.date], big, weight=700, what="masthead")
    at += big * 1.9
    for fact in masthead.facts:
        fits = min(small, beside / ems(fact))
        yield rows(right, at, beside, small * 1.5, [fact], fits, font="kai", color=INK, what="masthead")
        at += small * 1.75
    yield rule(x, y + height, width, weight=2.4, color=ACCENT)
    yield rule(x, y + height + 3.4, width, weight=0.6, color=ACCENT)


def _folio(folio: Folio, grid: Grid) -> Iterator[Element]:
    x, y, width = grid.left, grid.top - 2, grid.text_width
    third = width / 3
    code_width = ems(folio.code) * 24 + 12
    yield rows(
        x,
        y - 2,
        code_width,
        26,
        [folio.code],
        22,
        font="sans",
        weight=700,
        align="left",
        color=ACCENT,
        what="folio",
    )
    if folio.label:
        yield rows(
            x + code_width,
            y,
            third - code_width,
            24,
            [folio.label],
            15,
            weight=700,
            align="left",
            what="folio",
        )
    yield rows(x + third, y + 4, third, 18, [folio.date], 9, font="sans", color=_GREY, what="folio")
    yield rows(
        x + 2 * third, y, third, 24, [folio.name], 16, weight=900, align="right", color=ACCENT, what="folio"
    )
    yield rule(x, y + 27, width, weight=1.2)
    yield rule(x, y + 29.4, width, weight=0.4)


def boxed(item: Item, x: float, y: float, w: float, h: float, prints: Prints) -> Iterator[Element]:
    """An advert or a notice in its box, with 广告 where that is owed."""
    yield box(x, y, w, h, weight=0.8 if not item.filler else 0.5, fill="#faf8f3" if item.filler else "")
    inner, top, bottom = 10.0, y + 8.0, y + h - 8.0
    if item.mark:
        yield rows(
            x + w - 36,
            bottom - 8,
            30,
            10,
            [item.mark],
            7,
            font="sans",
            color=_GREY,
            align="right",
            what="item",
            story=item.key,
        )
        bottom -= 12
    if item.picture is not None:
        room = bottom - top - (26 if item.title or item.text else 0)
        shown_w, shown_h = _fitted(item.picture.ratio, w - 2 * inner, room)
        file = prints.make(item.picture, shown_w, shown_h)
        yield picture(x + (w - shown_w) / 2, top, shown_w, shown_h, file, item.title, story=item.key)
        top += shown_h + 6
    yield from _words(item, x + inner, top, w - 2 * inner, bottom - top)


def _fitted(ratio: float, width: float, height: float) -> tuple[float, float]:
    shown = min(width, height / ratio)
    return shown, shown * ratio


def _words(item: Item, x: float, y: float, w: float, h: float) -> Iterator[Element]:
    """Title and text as large as they fit, one below the other in the middle of what room there is."""
    for size in (11.5, 10.5, 9.5, 9, 8, 7, 6):
        title_size = min(size * 1.8, w / max(1.0, ems(item.title)))
        lines = [
            line
            for paragraph in item.text.splitlines()
            if paragraph.strip()
            for line in wrapped(paragraph.strip(), w / size - 0.5)
        ]
        title_height = title_size * 1.7 if item.title else 0
        if title_height + len(lines) * size * 1.6 <= h or size == 6:
            break
    at = y + max(0.0, (h - title_height - len(lines) * size * 1.6) / 2)
    if item.title:
        yield rows(
            x,
            at,
            w,
            title_size * 1.5,
            [item.title],
            title_size,
            font="sans",
            weight=700,
            what="item",
            story=item.key,
        )
        at += title_height
    if lines:
        yield rows(
            x, at, w, len(lines) * size * 1.6, lines, size, row_height=size * 1.6, what="item", story=item.key
        )
