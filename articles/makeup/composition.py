"""From a laid out page to absolute frames: modules become heads, legs, pictures and rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.makeup.elements import (
    ACCENT,
    INK,
    Area,
    Element,
    Type,
    box,
    frame,
    legend,
    picture,
    rows,
    rule,
    squeezed,
)
from articles.makeup.furniture import boxed, furniture
from articles.makeup.galley import Galley
from articles.makeup.grid import Grid
from articles.makeup.heads import Display
from articles.makeup.material import Item, PageBrief, Story
from articles.makeup.plates import LEGEND_LEADING, LEGEND_SIZE
from articles.makeup.prints import Prints
from articles.makeup.solver import Module, Proposal

TINT = "#f5f0e6"


@dataclass(frozen=True)
class Zone:
    """Where a story or an item lies on the page, in points."""

    key: str
    area: Area


@dataclass(frozen=True)
class Composition:
    """A page ready for Typst."""

    elements: tuple[Element, ...]
    zones: tuple[Zone, ...]

    def data(self, brief: PageBrief, grid: Grid, author: str) -> dict[str, Any]:
        return {
            "title": brief.title,
            "author": author,
            "width": grid.width,
            "height": grid.height,
            "elements": [element.data for element in self.elements],
        }


@dataclass(frozen=True)
class Units:
    """What was solved: stories and items in the solver's order, with the galleys of the stories."""

    things: Sequence[Story | Item]
    galleys: Mapping[str, Galley]


def compose(
    brief: PageBrief,
    grid: Grid,
    units: Units,
    proposal: Proposal,
    prints: Prints,
    *,
    first_line: int,
    jumps: Mapping[str, str],
    has_black: bool,
) -> Composition:
    """Every element of the page. first_line: lines taken by the masthead. jumps: story key -> page code it goes on."""
    page = _Page(brief, grid, units, prints, first_line, jumps, 900 if has_black else 700)
    elements = [*furniture(brief, grid, prints), *page.rules(proposal)]
    zones = []
    for module in proposal.modules:
        zones.append(page.zone(module))
        elements += page.module(module)
    return Composition(tuple(elements), tuple(zones))


@dataclass(frozen=True)
class _Page:
    brief: PageBrief
    grid: Grid
    units: Units
    prints: Prints
    first_line: int
    jumps: Mapping[str, str]
    heaviest: int

    def zone(self, module: Module) -> Zone:
        grid, shape = self.grid, module.shape
        return Zone(
            self.units.things[module.story].key,
            Area(
                grid.x(module.column),
                grid.y(self.first_line + module.line),
                grid.span(shape.columns),
                grid.depth(shape.lines),
            ),
        )

    def rules(self, proposal: Proposal) -> Iterator[Element]:
        grid = self.grid
        for line in proposal.rules:
            if line.down:
                yield rule(
                    grid.x(line.column) - grid.gutter / 2,
                    grid.y(self.first_line + line.line),
                    grid.depth(line.length),
                    down=True,
                    weight=0.4,
                )
            else:
                middle = grid.y(self.first_line + line.line + 0.5) - grid.lead / 2
                yield rule(grid.x(line.column), middle, grid.span(line.length), weight=0.5)

    def module(self, module: Module) -> Iterator[Element]:
        thing = self.units.things[module.story]
        area = self.zone(module).area
        if isinstance(thing, Item):
            yield from boxed(thing, area, self.prints)
            return
        if thing.photo_story:
            yield box(Area(area.x - 1, area.y - 3, area.w + 2, area.h + 6), fill=TINT)
        yield from self._head(thing, module, area)
        yield from self._plate(thing, module, area)
        yield from self._legs(thing, module, area)

    def _head(self, story: Story, module: Module, area: Area) -> Iterator[Element]:
        head = module.shape.head
        if head is None:
            return
        at = area.y + max(0.0, (self.grid.depth(head.lines) - head.height) / 2)
        for part in head.parts:
            place = Area(area.x, at, area.w, part.height)
            yield rows(place, part.rows, self._type(story, part), story=story.key, what=part.kind)
            at += part.height

    def _type(self, story: Story, part: Display) -> Type:
        if part.kind == "headline":
            weight = self.heaviest if story.rank <= 3 and not story.photo_story else 700
            return Type(part.size, "serif", weight, row_height=part.row_height)
        color = ACCENT if part.kind == "jump" else INK
        return Type(part.size, "kai", color=color, row_height=part.row_height)

    def _plate(self, story: Story, module: Module, area: Area) -> Iterator[Element]:
        shape = module.shape
        x = area.x + shape.plate_column * (self.grid.column + self.grid.gutter)
        y = area.y + (shape.head.lines if shape.head else 0) * self.grid.pitch
        for cell in shape.plate.cells:
            place = Area(x + cell.x, y + cell.y, cell.width, cell.height)
            file = self.prints.make(cell.picture, cell.width, cell.height)
            yield picture(place, file, cell.picture.caption, story=story.key)
            if cell.legend:
                below = Area(place.x, place.y + place.h + 3.5, place.w, len(cell.legend) * LEGEND_LEADING)
                look = Type(LEGEND_SIZE, "kai", color="#333333", row_height=LEGEND_LEADING)
                yield legend(below, cell.legend, look, story=story.key)

    def _legs(self, story: Story, module: Module, area: Area) -> Iterator[Element]:
        grid, shape = self.grid, module.shape
        galley = self.units.galleys[story.key]
        for leg in shape.legs:
            pieces = galley.sliced(leg.start, leg.end)
            text = galley.text(leg.start, leg.end)
            lines = leg.end - leg.start
            if shape.jumps and leg is shape.legs[-1]:
                words = f"（下转第{self.jumps[story.key]}版）"
                pieces.append({"k": "jump", "t": words})
                text += squeezed(words)
                lines += 1
            if not pieces:
                continue
            place = Area(
                area.x + leg.column * (grid.column + grid.gutter),
                area.y + leg.top * grid.pitch,
                grid.column,
                grid.depth(leg.room),
            )
            yield frame(place, pieces, text=text, lines=lines, story=story.key)
