"""The picture block of a story: one or several photos with their legends, in every size it may take at a width."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.makeup.grid import Grid
from articles.makeup.material import Picture
from articles.makeup.typesetting import wrapped

LEGEND_SIZE = 8.0
LEGEND_LEADING = 10.6
# Between a picture and its legend, and below the block.
_ABOVE_LEGEND = 4.0
_BELOW = 6.0
_BETWEEN = 6.0
# Less than a thumbnail is no picture; a strip longer than this is cropped.
_LEAST = 28.0
_FLATTEST, _TALLEST = 0.2, 2.6
_MOST_IN_A_ROW = 5
# How much of a picture may be cropped away in either direction, and on pages with too little on them.
_CROP, _GENEROUS_CROP = 0.24, 0.42


@dataclass(frozen=True)
class Cell:
    """A picture in its block: box and legend, in points from the block's upper left corner."""

    picture: Picture
    x: float
    y: float
    width: float
    height: float
    legend: tuple[str, ...]


@dataclass(frozen=True)
class Plate:
    """A block `columns` wide and `lines` high. `cost`: how much is cropped, how odd the size is."""

    columns: int
    lines: int
    cost: float
    cells: tuple[Cell, ...]


NO_PLATE = Plate(0, 0, 0.0, ())


def plates(
    pictures: Sequence[Picture],
    module: int,
    grid: Grid,
    *,
    photo_story: bool = False,
    columns: int | None = None,
    ratio: float | None = None,
    inset: float = 0.0,
    generous: bool = False,
    most_lines: int,
) -> list[Plate]:
    """The cheapest block of each size in a module of `module` columns; `[NO_PLATE]` where there are no pictures.

    columns: a width an editor wishes (0: print none). ratio: height by width of the first picture's crop. inset: kept
    free left and right, in boxed modules.
    """
    if not pictures or columns == 0:
        return [NO_PLATE]
    found: dict[tuple[int, int], Plate] = {}
    widths = [columns] if columns else _widths(module, photo_story)
    for wide in widths:
        if wide > module:
            continue
        oddness = _oddness(wide, module, photo_story, len(pictures))
        room = grid.span(wide) - 2 * inset
        for boxes, natural in _arrangements(pictures, room, ratio):
            crop = _GENEROUS_CROP if generous else _CROP
            least = max(5, math.floor(natural * (1 - crop) / grid.pitch))
            most = min(most_lines, math.ceil(natural * (1 + crop) / grid.pitch))
            for lines in range(least, most + 1):
                height = lines * grid.pitch - grid.lead - _BELOW
                cells = boxes(height)
                if cells is None:
                    continue
                size = oddness + _weight(wide, lines, grid)
                cost = size + sum(_crop_cost(cell, ratio) for cell in cells) / len(cells)
                known = found.get((wide, lines))
                if known is None or cost < known.cost:
                    shifted = tuple(
                        Cell(cell.picture, cell.x + inset, cell.y, cell.width, cell.height, cell.legend)
                        for cell in cells
                    )
                    found[wide, lines] = Plate(wide, lines, cost, shifted)
    return list(found.values())


def printed_ratio(picture: Picture) -> float:
    """Height by width of a picture as it is printed uncropped: strips are cropped to what can be looked at."""
    return min(max(picture.ratio, _FLATTEST), _TALLEST)


def _widths(module: int, photo_story: bool) -> list[int]:
    if photo_story:
        return [module]
    # A picture that leaves one narrow leg of text beside it is avoided, and one of a single column in a wide module.
    return [
        wide
        for wide in range(1, module + 1)
        if not (wide == 1 and module > 3) and not (wide == module - 1 and module > 4)
    ]


def _weight(wide: int, lines: int, grid: Grid) -> float:
    """A picture that takes half a page leaves no paper around it."""
    return 260.0 * max(0.0, wide * lines / (grid.columns * grid.lines) - 0.36)


def _oddness(wide: int, module: int, photo_story: bool, number: int) -> float:
    if photo_story:
        return 0.0
    wanted = max(1.0, module * (0.55 if number == 1 else 0.7))
    return 2.2 * abs(wide - wanted) + (8.0 if wide == 1 and module > 2 else 0.0)


def _crop_cost(cell: Cell, ratio: float | None) -> float:
    natural = ratio or printed_ratio(cell.picture)
    away = abs(math.log(cell.height / cell.width / natural))
    # What is in the frame matters more in a portrait than in a landscape with sky.
    return 55 * away * away


class _Row:
    """Pictures side by side, of one height, their widths as their shapes want."""

    def __init__(self, pictures: Sequence[Picture], width: float, ratio: float | None) -> None:
        self.pictures = pictures
        shapes = [
            1 / (ratio if ratio and index == 0 else printed_ratio(picture))
            for index, picture in enumerate(pictures)
        ]
        room = width - _BETWEEN * (len(pictures) - 1)
        # No picture narrower than a third of an even share: a panorama beside a portrait.
        shares = [max(shape / sum(shapes), 0.6 / len(pictures)) for shape in shapes]
        self.widths = [room * share / sum(shares) for share in shares]
        self.legends = [
            tuple(wrapped(picture.legend, (wide - 2) / LEGEND_SIZE)) if picture.legend else ()
            for picture, wide in zip(pictures, self.widths, strict=True)
        ]
        rows = max(map(len, self.legends))
        self.below = _ABOVE_LEGEND + rows * LEGEND_LEADING if rows else 0.0
        self.natural = (
            sum(wide / shape for wide, shape in zip(self.widths, shapes, strict=True)) / len(pictures)
            + self.below
        )

    def cells(self, y: float, height: float) -> list[Cell] | None:
        box = height - self.below
        if box < _LEAST or min(self.widths) < _LEAST:
            return None
        out, x = [], 0.0
        for picture, wide, legend in zip(self.pictures, self.widths, self.legends, strict=True):
            out.append(Cell(picture, x, y, wide, box, legend))
            x += wide + _BETWEEN
        return out


class _Rows:
    """Rows of pictures below each other, which share the block's height by what they naturally want."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self.rows = rows
        self.natural = sum(row.natural for row in rows) + _BETWEEN * (len(rows) - 1)

    def __call__(self, height: float) -> list[Cell] | None:
        room = height - _BETWEEN * (len(self.rows) - 1)
        natural = sum(row.natural for row in self.rows)
        out: list[Cell] = []
        y = 0.0
        for row in self.rows:
            share = room * row.natural / natural
            cells = row.cells(y, share)
            if cells is None:
                return None
            out += cells
            y += share + _BETWEEN
        return out


def _arrangements(
    pictures: Sequence[Picture], width: float, ratio: float | None
) -> Iterator[tuple[_Rows, float]]:
    """Ways to lay the pictures out, each with the height at which nothing is cropped."""

    def laid(*rows: Sequence[Picture]) -> tuple[_Rows, float]:
        block = _Rows([_Row(row, width, ratio if index == 0 else None) for index, row in enumerate(rows)])
        return block, block.natural

    number = len(pictures)
    if number <= 3:
        yield laid(pictures)
    if number == 2:
        yield laid(pictures[:1], pictures[1:])
    if number > 2 * _MOST_IN_A_ROW:
        for across in (3, 4, _MOST_IN_A_ROW):
            yield laid(*(pictures[at : at + across] for at in range(0, number, across)))
        return
    if number >= 3:
        middle = (number + 1) // 2
        yield (
            laid(pictures[:1], pictures[1:])
            if number <= 4
            else laid(pictures[:1], pictures[1 : middle + 1], pictures[middle + 1 :])
        )
        yield laid(pictures[:middle], pictures[middle:])
