"""The shapes one story can take: at each width, for each height, the best set of head, picture block and legs of text.

Text is never trimmed. A shape holds the whole body, or, where the story may jump, a good part of it with the line that
says where it goes on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from articles.makeup.galley import Galley
from articles.makeup.grid import Grid
from articles.makeup.heads import Head, heads
from articles.makeup.material import Item, Story
from articles.makeup.plates import NO_PLATE, Plate, plates

INFINITE = np.float32(1e9)
# Legs of text deeper than this tire the eye.
_DEEP = 46
_SHORT_LEG = 6
# Of a story that jumps: at least this share stays, and at least so many lines go.
_STAYS, _GOES = 0.4, 12
_BOX_INSET = 7.0


@dataclass(frozen=True)
class Leg:
    """One column of text in a module: lines [start, end) of the galley, `top` lines below the module's upper edge."""

    column: int
    top: int
    room: int
    start: int
    end: int


@dataclass(frozen=True)
class Shape:
    """A module of `columns` × `lines`. `blank`: lines of type left empty; `ends_at`: the first line that is not on it."""

    columns: int
    lines: int
    head: Head | None
    plate: Plate
    plate_column: int
    legs: tuple[Leg, ...]
    blank: int
    ends_at: int
    jumps: bool


@dataclass
class Table:
    """For each width in columns the cost of every height, and the shape that has it. Shapes are made when asked for."""

    cost: NDArray[np.float32]
    shapes: dict[tuple[int, int], "Shape"] = field(default_factory=dict)

    def shape(self, columns: int, lines: int) -> "Shape":
        return self.shapes[columns, lines]


def story_table(
    story: Story,
    galley: Galley,
    grid: Grid,
    most_lines: int,
    *,
    may_jump: bool = False,
    generous: bool = False,
) -> Table:
    """Every shape of a story up to `most_lines` high."""
    table = Table(np.full((grid.columns + 1, most_lines + 1), INFINITE, dtype=np.float32))
    wanted = story.wishes.columns
    for columns in range(1, grid.columns + 1):
        if wanted and columns != wanted:
            continue
        _fill(table, story, galley, grid, columns, most_lines, may_jump, generous)
    return table


def item_table(item: Item, grid: Grid, most_lines: int) -> Table:
    """An advert has one size; a house notice may be anything, the smaller the better."""
    table = Table(np.full((grid.columns + 1, most_lines + 1), INFINITE, dtype=np.float32))
    if item.filler:
        sizes = [(k, h) for k in range(2, grid.columns + 1) for h in range(6, min(40, most_lines) + 1)]
    else:
        sizes = [(min(item.columns, grid.columns), min(item.lines, most_lines))]
    for columns, lines in sizes:
        table.cost[columns, lines] = 12 + 0.08 * columns * lines if item.filler else 0.0
        table.shapes[columns, lines] = Shape(columns, lines, None, NO_PLATE, 0, (), 0, 0, jumps=False)
    return table


def _fill(
    table: Table,
    story: Story,
    galley: Galley,
    grid: Grid,
    columns: int,
    most_lines: int,
    may_jump: bool,
    generous: bool,
) -> None:
    remaining = len(galley) - story.from_line
    blocks = plates(
        story.pictures,
        columns,
        grid,
        photo_story=story.photo_story,
        columns=story.wishes.picture_columns,
        ratio=story.wishes.picture_ratio,
        inset=_BOX_INSET if story.photo_story else 0.0,
        generous=generous,
        most_lines=most_lines,
    )
    may_jump = (
        (may_jump or story.wishes.jump == "force") and story.wishes.jump != "forbid" and remaining > 2 * _GOES
    )
    slack = (4 if generous else 2) * columns + 1
    for head in heads(story, columns, grid, generous=generous):
        for plate in blocks:
            basic = head.cost + plate.cost
            if not remaining:
                if plate is not NO_PLATE and plate.columns == columns:
                    _offer(
                        table, story, grid, head, plate, columns, head.lines + plate.lines, (), 0, 0, basic
                    )
                elif plate is NO_PLATE:
                    _offer(table, story, grid, head, plate, columns, head.lines, (), 0, 0, basic)
                continue
            taken = plate.columns * plate.lines
            least = head.lines + math.ceil((remaining + taken) / columns)
            least = max(least, head.lines + plate.lines + (1 if plate.columns == columns else 0))
            if story.wishes.jump != "force":
                for lines in range(least, min(least + 4, most_lines) + 1):
                    column = _plate_column(plate, columns, story.rank)
                    legs, ends = _flow(
                        galley, story.from_line, head, plate, column, columns, lines, jump=False
                    )
                    blank = sum(leg.room - (leg.end - leg.start) for leg in legs)
                    if ends < len(galley):
                        continue
                    if blank > slack:
                        break
                    _offer(table, story, grid, head, plate, columns, lines, legs, blank, ends, basic, column)
            if may_jump:
                _jumps(table, story, galley, grid, head, plate, columns, min(least - 1, most_lines), basic)


def _jumps(
    table: Table,
    story: Story,
    galley: Galley,
    grid: Grid,
    head: Head,
    plate: Plate,
    columns: int,
    most: int,
    basic: float,
) -> None:
    remaining = len(galley) - story.from_line
    column = _plate_column(plate, columns, story.rank)
    for lines in range(head.lines + max(plate.lines, 8), most + 1):
        legs, ends = _flow(galley, story.from_line, head, plate, column, columns, lines, jump=True)
        stays, goes = ends - story.from_line, len(galley) - ends
        if stays < _STAYS * remaining or goes < _GOES:
            continue
        # The last leg gives one line to the words that say where the story goes on.
        blank = sum(leg.room - (leg.end - leg.start) for leg in legs) - 1
        forced = story.wishes.jump == "force"
        cost = basic + (0.0 if forced else 45.0) + 0.08 * goes
        _offer(table, story, grid, head, plate, columns, lines, legs, blank, ends, cost, column, jumps=True)


def _plate_column(plate: Plate, columns: int, rank: int) -> int:
    """Where the block begins: on the right, or in the middle of a wide module whose other legs it parts evenly."""
    if plate is NO_PLATE:
        return 0
    free = columns - plate.columns
    return free // 2 if free >= 2 and free % 2 == 0 and rank % 2 == 0 else free


def _flow(
    galley: Galley,
    start: int,
    head: Head,
    plate: Plate,
    plate_column: int,
    columns: int,
    lines: int,
    *,
    jump: bool,
) -> tuple[tuple[Leg, ...], int]:
    """Let the text run through the legs. Which lines stand in which, and the first that found no room."""
    legs = []
    at, total = start, len(galley)
    for column in range(columns):
        under = plate_column <= column < plate_column + plate.columns
        top = head.lines + (plate.lines if under else 0)
        room = lines - top
        give = room - (1 if jump and column == columns - 1 else 0)
        end = min(at + max(0, give), total)
        while end > at and end < total and galley.keeps_with_next(end - 1):
            end -= 1
        legs.append(Leg(column, top, room, at, end))
        at = end
    return tuple(legs), at


def _offer(
    table: Table,
    story: Story,
    grid: Grid,
    head: Head,
    plate: Plate,
    columns: int,
    lines: int,
    legs: Sequence[Leg],
    blank: int,
    ends_at: int,
    basic: float,
    plate_column: int = 0,
    *,
    jumps: bool = False,
) -> None:
    if lines >= table.cost.shape[1]:
        return
    cost = (
        basic + 1.2 * blank * blank / columns + _proportions(grid, columns, lines) + _legs_cost(legs, story)
    )
    if cost < table.cost[columns, lines]:
        table.cost[columns, lines] = cost
        table.shapes[columns, lines] = Shape(
            columns, lines, head, plate, plate_column, tuple(legs), blank, ends_at, jumps
        )


def _proportions(grid: Grid, columns: int, lines: int) -> float:
    """A module a little wider than high looks settled; strips and towers do not."""
    away = abs(math.log(grid.span(columns) / (lines * grid.pitch) / 1.3))
    return 20 * max(0.0, away - 0.5) ** 2


def _legs_cost(legs: Sequence[Leg], story: Story) -> float:
    cost = 0.0
    filled = [leg for leg in legs if leg.room > 0]
    for leg in filled:
        if leg.room > _DEEP:
            cost += 0.8 * (leg.room - _DEEP)
        if leg.room < _SHORT_LEG and not story.photo_story and not story.brief:
            cost += 4.0 * (_SHORT_LEG - leg.room)
    last = filled[-1] if filled else None
    # A leg of one or two lines looks like a mistake.
    if last is not None and len(filled) > 1 and last.end - last.start < min(3, last.room):
        cost += 15.0
    return cost
