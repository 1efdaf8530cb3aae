"""One page from brief to proof: measure, lay out, compose, read back. Text is never trimmed: what does not fit jumps,
waits for another page, or is said to be over; what is too little gets larger pictures, larger heads, a house notice."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from articles.makeup import solver
from articles.makeup.composer import Composer
from articles.makeup.composition import Composition, Units, compose
from articles.makeup.furniture import lines_taken
from articles.makeup.galley import Galley, set_galleys
from articles.makeup.grid import Grid
from articles.makeup.judgement import collisions, page_cost
from articles.makeup.material import Item, PageBrief, Story
from articles.makeup.modules import Table, item_table, story_table
from articles.makeup.prints import Prints
from articles.makeup.proofing import Reading, read_back
from articles.makeup.solver import Pins, Proposal

# Best proposals an editor chooses among.
PROPOSALS = 3
# How far beyond the page is looked to say how much it is over.
_BEYOND = 1.35


class MissingGlyphs(Exception):
    """No font has these characters. `where`: story key -> characters."""

    def __init__(self, where: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{key}: {value}" for key, value in where.items()))
        self.where = dict(where)


class DoesNotFit(Exception):
    """The stories cannot be laid on the page. `over`: lines of type too many (None: even alone some story is too large
    for it); negative: lines too few."""

    def __init__(self, over: int | None) -> None:
        super().__init__(f"over by {over} lines")
        self.over = over


@dataclass(frozen=True)
class Jump:
    """A story that goes on elsewhere: from which line of its galley, on which page, and how many lines that is."""

    story: str
    from_line: int
    to_page: str
    lines: int


@dataclass(frozen=True)
class MadePage:
    """A finished page. `tree`: how it was laid out, for the next time. `deferred`: stories that found no room.

    `short_by`: lines of type that are empty at the foot, where the page has too little. `blank`: share of the page's
    type area that is empty.
    """

    pdf: bytes
    composition: Composition
    proposal: Proposal
    tree: Any
    reading: Reading
    blank: float
    jumps: tuple[Jump, ...] = ()
    deferred: tuple[str, ...] = ()
    collisions: tuple[tuple[str, str], ...] = ()
    short_by: int = 0
    over_by: int = 0
    timings: dict[str, float] = field(default_factory=dict)


@dataclass
class _Attempt:
    """One way to read the brief: which stories, how freely, with which filler."""

    stories: list[Story]
    generous: bool = False
    jumping: bool = False
    filler: Item | None = None
    lines: int = 0


class Maker:
    """Makes one page up. Galleys are set once, whatever is tried afterwards."""

    def __init__(self, brief: PageBrief, grid: Grid, composer: Composer) -> None:
        self.brief, self.grid, self.composer = brief, grid, composer
        self.prints = Prints(composer.folder)
        self.first_line = lines_taken(brief, grid)
        self.lines = grid.lines - self.first_line
        self.timings: dict[str, float] = {}
        self._check_glyphs()
        with self._timed("galley"):
            galleys = set_galleys(composer, [story.pieces for story in brief.stories])
        self.galleys: dict[str, Galley] = {
            story.key: galley for story, galley in zip(brief.stories, galleys, strict=True)
        }
        self._tables: dict[tuple[str, bool, bool, int], Table] = {}

    def make(self, *, choice: int = 1, tree: Any = None) -> MadePage:
        """The page, laid out anew (`choice`: 1 is the best) or as `tree` says, as `solver.written` writes it.

        Raises DoesNotFit where nothing at all can be laid out.
        """
        with self._timed("solver"):
            attempt, proposals, deferred, over = self._solve(tree)
        proposal = proposals[min(choice, len(proposals)) - 1]
        return self._finish(attempt, proposal, deferred, over)

    # --- laying out ---

    def _solve(self, tree: Any) -> tuple[_Attempt, list[Proposal], tuple[str, ...], int]:
        stories = sorted(self.brief.stories, key=lambda story: story.rank)
        can_jump = bool(self.brief.jump_targets)
        for attempt in self._attempts(stories, can_jump):
            proposals = self._proposals(attempt, tree)
            if proposals:
                return attempt, proposals, (), 0
        return self._short(stories) or self._deferring(stories, can_jump)

    def _attempts(self, stories: list[Story], can_jump: bool) -> Iterator[_Attempt]:
        yield _Attempt(stories, lines=self.lines)
        yield _Attempt(stories, generous=True, lines=self.lines)
        if can_jump:
            yield _Attempt(stories, jumping=True, lines=self.lines)
        if self.brief.house_notice is not None:
            yield _Attempt(stories, generous=True, filler=self.brief.house_notice, lines=self.lines)

    def _proposals(self, attempt: _Attempt, tree: Any = None) -> list[Proposal]:
        things, tables = self._units(attempt)
        if len(things) > solver.MOST_STORIES:
            return []
        pins = pins_of(things)
        if tree is not None:
            known = solver.read(tree, {thing.key: number for number, thing in enumerate(things)})
            fitted = solver.fit(known, tables, self.grid.columns, attempt.lines, pins) if known else None
            if fitted is not None:
                return [fitted]
        found = solver.solve(tables, self.grid.columns, attempt.lines, pins)
        judged = [
            replace(proposal, cost=proposal.cost + page_cost(proposal.modules, things)) for proposal in found
        ]
        return sorted(judged, key=lambda proposal: proposal.cost)[:PROPOSALS]

    def _short(self, stories: list[Story]) -> tuple[_Attempt, list[Proposal], tuple[str, ...], int] | None:
        """Too little for the page: laid out as deep as it goes, the rest stays empty and is said."""
        attempt = _Attempt(stories, generous=True)
        _, tables = self._units(attempt)
        deep = [height for height in solver.heights(tables, self.grid.columns, self.lines) if height > 0]
        for height in sorted(deep, reverse=True)[:6]:
            attempt.lines = height
            proposals = self._proposals(attempt)
            if proposals:
                return attempt, proposals, (), 0
        return None

    def _deferring(
        self, stories: list[Story], can_jump: bool
    ) -> tuple[_Attempt, list[Proposal], tuple[str, ...], int]:
        """Too much for the page: the lightest stories wait until the rest fits."""
        over = self._over(stories)
        left, gone = list(stories), []
        while len(left) > 1:
            lightest = max(
                (story for story in left if not story.continues_from),
                key=lambda story: story.rank,
                default=None,
            )
            if lightest is None:
                break
            left.remove(lightest)
            gone.append(lightest.key)
            for attempt in self._attempts(left, can_jump):
                proposals = self._proposals(attempt)
                if proposals:
                    return attempt, proposals, tuple(gone), over or 0
            short = self._short(left)
            if short is not None:
                return short[0], short[1], tuple(gone), over or 0
        raise DoesNotFit(over)

    def _over(self, stories: list[Story]) -> int | None:
        """By how many lines of type all of it is more than the page holds; None where even half a page more is too little."""
        attempt = _Attempt(stories)
        _, tables = self._units(attempt, most=round(self.lines * _BEYOND))
        heights = solver.heights(tables, self.grid.columns, round(self.lines * _BEYOND))
        more = [height for height in heights if height > self.lines]
        return (min(more) - self.lines) * self.grid.columns if more else None

    def _units(self, attempt: _Attempt, most: int = 0) -> tuple[list[Story | Item], list[Table]]:
        things: list[Story | Item] = [*attempt.stories, *self.brief.items]
        if attempt.filler is not None:
            things.append(attempt.filler)
        tables = [self._table(thing, attempt, most or self.lines) for thing in things]
        return things, tables

    def _table(self, thing: Story | Item, attempt: _Attempt, most: int) -> Table:
        key = (thing.key, attempt.generous, attempt.jumping, most)
        if key not in self._tables:
            if isinstance(thing, Item):
                self._tables[key] = item_table(thing, self.grid, most)
            else:
                self._tables[key] = story_table(
                    thing,
                    self.galleys[thing.key],
                    self.grid,
                    most,
                    may_jump=attempt.jumping,
                    generous=attempt.generous,
                )
        return self._tables[key]

    # --- setting it ---

    def _finish(
        self, attempt: _Attempt, proposal: Proposal, deferred: tuple[str, ...], over: int
    ) -> MadePage:
        things, _ = self._units(attempt)
        jumps = self._jumps(proposal, things)
        with self._timed("pictures"):
            composition = compose(
                self.brief,
                self.grid,
                Units(things, self.galleys),
                proposal,
                self.prints,
                first_line=self.first_line,
                jumps={jump.story: jump.to_page for jump in jumps},
                has_black=self.composer.fonts.has_black,
            )
        with self._timed("composer"):
            pdf = self.composer.page(composition.data(self.brief, self.grid, self._author()))
        with self._timed("reading back"):
            reading = read_back(pdf, composition, self.grid)
        return MadePage(
            pdf=pdf,
            composition=composition,
            proposal=proposal,
            tree=solver.written(proposal.tree, [thing.key for thing in things]),
            reading=reading,
            blank=self._blank(proposal, attempt.lines),
            jumps=jumps,
            deferred=deferred,
            collisions=tuple((things[a].key, things[b].key) for a, b in collisions(proposal.modules)),
            short_by=(self.lines - attempt.lines) * self.grid.columns,
            over_by=over,
            timings=dict(self.timings),
        )

    def _jumps(self, proposal: Proposal, things: Sequence[Story | Item]) -> tuple[Jump, ...]:
        room = dict(self.brief.jump_targets)
        out = []
        for module in proposal.modules:
            if not module.shape.jumps:
                continue
            key = things[module.story].key
            lines = len(self.galleys[key]) - module.shape.ends_at
            # The nearest page that has room, else the roomiest: its own make-up will say what does not fit.
            target = next(
                (code for code, free in room.items() if free >= lines), max(room, key=lambda code: room[code])
            )
            room[target] -= lines
            out.append(Jump(key, module.shape.ends_at, target, lines))
        return tuple(out)

    def _blank(self, proposal: Proposal, lines: int) -> float:
        empty = sum(module.shape.blank for module in proposal.modules)
        empty += (self.lines - lines) * self.grid.columns
        return empty / (self.lines * self.grid.columns)

    def _author(self) -> str:
        if self.brief.masthead is not None:
            return self.brief.masthead.name
        return self.brief.folio.name if self.brief.folio is not None else ""

    def _check_glyphs(self) -> None:
        where = {}
        for thing in [*self.brief.stories, *self.brief.items]:
            missing = self.composer.fonts.missing(words_of(thing))
            if missing:
                where[thing.key] = "".join(sorted(missing))
        if where:
            raise MissingGlyphs(where)

    @contextmanager
    def _timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.timings[step] = self.timings.get(step, 0.0) + time.perf_counter() - began


def words_of(thing: Story | Item) -> str:
    """Everything of a story or an item that is set in type."""
    if isinstance(thing, Item):
        return thing.title + thing.text + thing.mark
    legends = "".join(picture.legend for picture in thing.pictures)
    body = "".join(piece.text for piece in thing.pieces)
    return thing.kicker + thing.headline + thing.wishes.headline + thing.deck + thing.byline + body + legends


def pins_of(things: Sequence[Story | Item]) -> Pins:
    """The edges that editors want, and adverts need, as sets of the solver's numbers."""
    edges = {"top": 0, "bottom": 0, "left": 0, "right": 0}
    for number, thing in enumerate(things):
        corner = thing.corner if isinstance(thing, Item) else thing.wishes.corner
        for edge in edges:
            if edge in corner.split("_"):
                edges[edge] |= 1 << number
    return Pins(**edges)
