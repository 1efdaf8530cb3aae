"""From a laid out page to absolute frames: modules become heads, legs, pictures and rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles.makeup.elements import ACCENT, Element, box, frame, legend, picture, rows, rule, squeezed
from articles.makeup.furniture import boxed, furniture
from articles.makeup.galley import Galley
from articles.makeup.grid import Grid
from articles.makeup.heads import Display
from articles.makeup.material import Item, PageBrief, Story
from articles.makeup.plates import LEGEND_LEADING, LEGEND_SIZE
from articles.makeup.prints import Prints
from articles.makeup.solver import Module, Proposal

TINT = "#f5f0e6"
_WEIGHTS = {"kicker": 400, "deck": 400, "byline": 400, "jump": 400}


@dataclass(frozen=True)
class Zone:
    """Where a story or an item lies on the page, in points."""

    key: str
    x: float
    y: float
    width: float
    height: float


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
            grid.x(module.column),
            grid.y(self.first_line + module.line),
            grid.span(shape.columns),
            grid.depth(shape.lines),
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
        zone = self.zone(module)
        if isinstance(thing, Item):
            yield from boxed(thing, zone.x, zone.y, zone.width, zone.height, self.prints)
            return
        if thing.photo_story:
            yield box(zone.x - 1, zone.y - 3, zone.width + 2, zone.height + 6, fill=TINT)
        yield from self._head(thing, module, zone)
        yield from self._plate(thing, module, zone)
        yield from self._legs(thing, module, zone)

    def _head(self, story: Story, module: Module, zone: Zone) -> Iterator[Element]:
        head = module.shape.head
        if head is None:
            return
        at = zone.y + max(0.0, (self.grid.depth(head.lines) - head.height) / 2)
        for part in head.parts:
            yield self._display(story, part, zone, at)
            at += part.height

    def _display(self, story: Story, part: Display, zone: Zone, at: float) -> Element:
        headline = part.kind == "headline"
        weight = _WEIGHTS.get(part.kind, 400)
        if headline:
            weight = self.heaviest if story.rank <= 3 and not story.photo_story else 700
        return rows(
            zone.x,
            at,
            zone.width,
            part.height,
            part.rows,
            part.size,
            font="serif" if headline else "kai",
            weight=weight,
            row_height=part.row_height,
            color=ACCENT if part.kind == "jump" else "#111111",
            story=story.key,
            what=part.kind,
        )

    def _plate(self, story: Story, module: Module, zone: Zone) -> Iterator[Element]:
        shape = module.shape
        x = zone.x + shape.plate_column * (self.grid.column + self.grid.gutter)
        y = zone.y + (shape.head.lines if shape.head else 0) * self.grid.pitch
        for cell in shape.plate.cells:
            file = self.prints.make(cell.picture, cell.width, cell.height)
            yield picture(
                x + cell.x, y + cell.y, cell.width, cell.height, file, cell.picture.caption, story=story.key
            )
            if cell.legend:
                below = y + cell.y + cell.height + 3.5
                yield legend(
                    x + cell.x, below, cell.width, cell.legend, LEGEND_SIZE, LEGEND_LEADING, story=story.key
                )

    def _legs(self, story: Story, module: Module, zone: Zone) -> Iterator[Element]:
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
            yield frame(
                zone.x + leg.column * (grid.column + grid.gutter),
                zone.y + leg.top * grid.pitch,
                grid.column,
                grid.depth(leg.room),
                pieces,
                text=text,
                lines=lines,
                story=story.key,
            )
