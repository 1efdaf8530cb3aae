"""The shapes one story can take: at each width, for each height, the best set of head, picture block and legs of text.

Text is never trimmed. A shape holds the whole body, or, where the story may jump, a good part of it with the line that
says where it goes on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

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
    """A module of `columns` × `lines`. `blank`: lines of type left empty; `ends_at`: the first line not on it."""

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

    def fits(self, lines: int) -> bool:
        """Whether there is any shape of at most so many lines."""
        return bool((self.cost[:, : lines + 1] < INFINITE).any())

    @property
    def least(self) -> int:
        """Cells (a column's line) of the smallest shape; 0 where there is none."""
        columns, lines = np.nonzero(self.cost < INFINITE)
        return int((columns * lines).min()) if len(columns) else 0

    @property
    def most_lines(self) -> int:
        return self.cost.shape[1] - 1

    def shape(self, columns: int, lines: int) -> "Shape":
        """Raises KeyError where the story has no such shape."""
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
    """Every shape of a story up to `most_lines` high. generous: larger heads and pictures, more left empty: for pages
    with too little on them."""
    table = _empty(grid, most_lines)
    shaper = _Shaper(story, galley, grid, table, may_jump, generous)
    for columns in range(1, grid.columns + 1):
        if story.wishes.columns in (None, columns):
            shaper.fill(columns)
    return table


def item_table(item: Item, grid: Grid, most_lines: int) -> Table:
    """An advert has one size; a house notice may be anything, the smaller the better."""
    table = _empty(grid, most_lines)
    if item.filler:
        quarter = grid.columns * grid.lines // 4
        sizes = [
            (k, h)
            for k in range(2, grid.columns + 1)
            for h in range(6, min(30, most_lines) + 1)
            if k * h <= quarter
        ]
    else:
        sizes = [(min(item.columns, grid.columns), min(item.lines, most_lines))]
    for columns, lines in sizes:
        table.cost[columns, lines] = 12 + 0.08 * columns * lines if item.filler else 0.0
        table.shapes[columns, lines] = Shape(columns, lines, None, NO_PLATE, 0, (), 0, 0, jumps=False)
    return table


def _empty(grid: Grid, most_lines: int) -> Table:
    return Table(np.full((grid.columns + 1, most_lines + 1), INFINITE, dtype=np.float32))


@dataclass
class _Shaper:
    """Finds the shapes of one story."""

    story: Story
    galley: Galley
    grid: Grid
    table: Table
    may_jump: bool
    generous: bool

    @cached_property
    def _keeps(self) -> list[bool]:
        return [self.galley.keeps_with_next(line) for line in range(len(self.galley))]

    @property
    def remaining(self) -> int:
        """Lines of type to be set here."""
        return len(self.galley) - self.story.from_line

    def fill(self, columns: int) -> None:
        """Every height at this width."""
        story, most = self.story, self.table.most_lines
        blocks = plates(
            story.pictures,
            columns,
            self.grid,
            photo_story=story.photo_story,
            columns=story.wishes.picture_columns,
            ratio=story.wishes.picture_ratio,
            inset=_BOX_INSET if story.photo_story else 0.0,
            generous=self.generous,
            most_lines=most,
        )
        # The cheapest first: most of the others need not be tried.
        blocks.sort(key=lambda plate: plate.cost)
        for head in sorted(
            heads(story, columns, self.grid, generous=self.generous), key=lambda head: head.cost
        ):
            for plate in blocks:
                outline = _Outline(columns, head, plate, _plate_column(plate, columns, story.rank))
                if not self.remaining:
                    self._picture_alone(outline)
                    continue
                least = self._least(outline)
                if story.wishes.jump != "force":
                    self._whole(outline, least)
                if self._jumps:
                    self._parted(outline, min(least - 1, most))

    @property
    def _jumps(self) -> bool:
        wish = self.story.wishes.jump
        return (self.may_jump or wish == "force") and wish != "forbid" and self.remaining > 2 * _GOES

    def _least(self, outline: "_Outline") -> int:
        """The height below which the text cannot be held."""
        plate, top = outline.plate, outline.head.lines
        by_area = top + math.ceil((self.remaining + plate.columns * plate.lines) / outline.columns)
        return max(by_area, top + plate.lines + (1 if plate.columns == outline.columns else 0))

    def _picture_alone(self, outline: "_Outline") -> None:
        plate = outline.plate
        if plate is NO_PLATE or plate.columns == outline.columns:
            self._offer(outline, outline.head.lines + plate.lines, (), 0, outline.cost)

    def _whole(self, outline: "_Outline", least: int) -> None:
        slack = (4 if self.generous else 2) * outline.columns + 1
        for lines in range(least, min(least + 4, self.table.most_lines) + 1):
            # Whatever the legs look like, they add to the cost.
            if outline.cost >= self.table.cost[outline.columns, lines]:
                continue
            legs, ends = self._flow(outline, lines, jump=False)
            if ends < len(self.galley):
                continue
            blank = sum(leg.room - (leg.end - leg.start) for leg in legs)
            if blank > slack:
                break
            self._offer(outline, lines, legs, blank, outline.cost)

    def _parted(self, outline: "_Outline", most: int) -> None:
        """The story's beginning here, the rest on another page."""
        wish = 0.0 if self.story.wishes.jump == "force" else 45.0
        for lines in range(outline.head.lines + max(outline.plate.lines, 8), most + 1):
            if outline.cost + wish >= self.table.cost[outline.columns, lines]:
                continue
            legs, ends = self._flow(outline, lines, jump=True)
            stays, goes = ends - self.story.from_line, len(self.galley) - ends
            if stays < _STAYS * self.remaining or goes < _GOES:
                continue
            # The last leg gives one line to the words that say where the story goes on.
            blank = sum(leg.room - (leg.end - leg.start) for leg in legs) - 1
            self._offer(outline, lines, legs, blank, outline.cost + wish + 0.08 * goes, jumps=True)

    def _flow(self, outline: "_Outline", lines: int, *, jump: bool) -> tuple[tuple[Leg, ...], int]:
        """Let the text run through the legs. Which lines stand in which, and the first that found no room."""
        plate = outline.plate
        under = range(outline.plate_column, outline.plate_column + plate.columns)
        legs = []
        at, total = self.story.from_line, len(self.galley)
        for column in range(outline.columns):
            top = outline.head.lines + (plate.lines if column in under else 0)
            room = lines - top
            give = room - (1 if jump and column == outline.columns - 1 else 0)
            end = min(at + max(0, give), total)
            while at < end < total and self._keeps[end - 1]:
                end -= 1
            legs.append(Leg(column, top, room, at, end))
            at = end
        return tuple(legs), at

    def _offer(
        self,
        outline: "_Outline",
        lines: int,
        legs: Sequence[Leg],
        blank: int,
        basic: float,
        *,
        jumps: bool = False,
    ) -> None:
        if lines > self.table.most_lines:
            return
        columns = outline.columns
        cost = basic + 1.2 * blank * blank / columns + _proportions(self.grid, columns, lines)
        cost += _legs_cost(legs, self.story)
        if cost < self.table.cost[columns, lines]:
            self.table.cost[columns, lines] = cost
            self.table.shapes[columns, lines] = Shape(
                columns=columns,
                lines=lines,
                head=outline.head,
                plate=outline.plate,
                plate_column=outline.plate_column,
                legs=tuple(legs),
                blank=blank,
                ends_at=legs[-1].end if legs else self.story.from_line,
                jumps=jumps,
            )


@dataclass(frozen=True)
class _Outline:
    """Head and picture block of a shape, before text runs around them."""

    columns: int
    head: Head
    plate: Plate
    plate_column: int

    @property
    def cost(self) -> float:
        return self.head.cost + self.plate.cost


def _plate_column(plate: Plate, columns: int, rank: int) -> int:
    """Where the block begins: on the right, or in the middle of a wide module whose other legs it parts evenly."""
    if plate is NO_PLATE:
        return 0
    free = columns - plate.columns
    return free // 2 if free >= 2 and free % 2 == 0 and rank % 2 == 0 else free


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
