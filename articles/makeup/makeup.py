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
from articles.makeup.solver import Pins, Proposal, Search

# Best proposals an editor chooses among.
PROPOSALS = 3
# Of a page's lines: how far beyond it is looked.
_BEYOND = 0.12
# Of a page: what may stay empty before a house notice is asked for.
MOST_BLANK = 0.03


class MissingGlyphs(Exception):
    """No font has these characters. `where`: story key -> characters."""

    def __init__(self, where: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{key}: {value}" for key, value in where.items()))
        self.where = dict(where)


class TooManyStories(Exception):
    """More than can be weighed against each other. `count`: how many stories, adverts and notices there are."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} stories, at most {solver.MOST_STORIES}")
        self.count = count


class DoesNotFit(Exception):
    """Nothing can be laid on the page. `over`: lines of type too many, None where that cannot be said."""

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

    `short_by`: lines of type that are empty, where the page has too little. `over_by`: how many too many
    there were with what is deferred. `blank`: share of the page's type area that is empty. `proposals`: how many there
    were to choose among.
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
    proposals: int = 1
    timings: dict[str, float] = field(default_factory=dict)
    size: tuple[float, float] = (1.0, 1.0)

    def fractions(self) -> list[dict[str, Any]]:
        """Where each story and item lies: [{"key", "polygon"}], corners in fractions of the page's width and height."""
        wide, high = self.size
        return [
            {
                "key": zone.key,
                "polygon": [[round(x / wide, 5), round(y / high, 5)] for x, y in zone.area.corners()],
            }
            for zone in self.composition.zones
        ]


@dataclass(frozen=True)
class _Attempt:
    """One way to read the brief: which stories, how freely, with which filler, in how many lines."""

    stories: list[Story]
    generous: bool = False
    jumping: bool = False
    filler: Item | None = None
    lines: int = 0


@dataclass(frozen=True)
class _Solved:
    """The way that came out, and the best proposals, the best first."""

    attempt: _Attempt
    proposals: list[Proposal]
    deferred: tuple[str, ...] = ()
    over: int = 0


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
        # So much more is looked at to say by how much a page is over.
        self.beyond = round(self.lines * _BEYOND)
        self._tables: dict[tuple[str, bool, bool], Table] = {}

    def make(self, *, choice: int = 1, tree: Any = None) -> MadePage:
        """The page, laid out anew (`choice`: 1 is the best) or as `tree` says, as `solver.written` writes it.

        Raises DoesNotFit where nothing at all can be laid out.
        """
        with self._timed("solver"):
            solved = self._solve(tree)
        proposal = solved.proposals[min(choice, len(solved.proposals)) - 1]
        return self._finish(solved, proposal)

    # --- laying out ---

    def _solve(self, tree: Any) -> "_Solved":
        stories = sorted(self.brief.stories, key=lambda story: story.rank)
        plain = self._try(_Attempt(stories, lines=self.lines), tree)
        if isinstance(plain, _Solved):
            return plain
        heights = plain.heights()
        if heights and max(heights) < self.lines:
            return self._roomy(stories, tree) or self._short(stories)
        over = None
        if not heights or min(heights) > self.lines:
            over = self._over(stories, min(heights, default=0))
        return (
            # Neither too much nor too little, and yet it does not come out: more freedom may help.
            (self._roomy(stories, tree) if heights and over is None else None)
            or self._jumping(stories, tree)
            or self._deferring(stories, plain, over)
        )

    def _roomy(self, stories: list[Story], tree: Any = None) -> "_Solved | None":
        """Larger pictures and heads; then a house notice as well."""
        attempts = [_Attempt(stories, lines=self.lines, generous=True)]
        if self.brief.house_notice is not None and len(stories) + len(self.brief.items) < solver.MOST_STORIES:
            attempts.append(replace(attempts[0], filler=self.brief.house_notice))
        fullest: _Solved | None = None
        for attempt in attempts:
            tried = self._try(attempt, tree)
            if not isinstance(tried, _Solved):
                continue
            if fullest is None or self._want(tried) < self._want(fullest):
                fullest = tried
        return fullest

    def _want(self, solved: "_Solved") -> float:
        """How far from a page one would print: what stays empty weighs more than any shape."""
        empty = self._blank(solved.proposals[0], solved.attempt.lines)
        return solved.proposals[0].cost + 2000.0 * max(0.0, empty - MOST_BLANK)

    def _jumping(self, stories: list[Story], tree: Any = None) -> "_Solved | None":
        if not self.brief.jump_targets:
            return None
        tried = self._try(_Attempt(stories, lines=self.lines, jumping=True), tree)
        return tried if isinstance(tried, _Solved) else None

    def _short(self, stories: list[Story]) -> "_Solved":
        """Too little for the page: laid out as deep as it goes, the rest stays empty and is said."""
        attempt = _Attempt(stories, generous=True, lines=self.lines)
        if len(stories) + len(self.brief.items) < solver.MOST_STORIES:
            attempt = replace(attempt, filler=self.brief.house_notice)
        tried = self._try(attempt)
        if isinstance(tried, _Solved):
            return tried
        for height in sorted((height for height in tried.heights() if height < self.lines), reverse=True)[:8]:
            lower = self._try(replace(attempt, lines=height))
            if isinstance(lower, _Solved):
                return lower
        raise DoesNotFit(None)

    def _deferring(self, stories: list[Story], plain: Search, over: int | None) -> "_Solved":
        """Too much for the page: the lightest stories wait until the rest fits. The search knows every part of them."""
        attempt = _Attempt(stories, lines=self.lines)
        left, gone = plain.everything, []
        _, tables = self._units(attempt)
        movable = [number for number, story in enumerate(stories) if not story.continues_from]
        # What fits on no page at all goes before what is only too much for this one.
        movable.sort(key=lambda number: (tables[number].fits(self.lines), -number))
        for number in movable:
            left ^= 1 << number
            gone.append(stories[number].key)
            if left == 0:
                break
            proposals = self._judged(plain.proposals(left), attempt)
            if proposals:
                return _Solved(attempt, proposals, tuple(gone), over or 0)
            heights = plain.heights(left)
            if heights and max(heights) < self.lines:
                # Without it there is too little: whole pages come out of the freer ways.
                remaining = [story for story in stories if story.key not in gone]
                solved = self._roomy(remaining) or self._short(remaining)
                return replace(solved, deferred=tuple(gone), over=over or 0)
        raise DoesNotFit(over)

    def _over(self, stories: list[Story], height: int) -> int:
        """How many lines of type too many there are."""
        room = self.lines * self.grid.columns
        if height:
            return height * self.grid.columns - room
        things, tables = self._units(_Attempt(stories))
        needed = 0
        for thing, table in zip(things, tables, strict=True):
            text = len(self.galleys[thing.key]) if isinstance(thing, Story) else 0
            needed += table.least or text
        return max(1, needed - room)

    def _try(self, attempt: _Attempt, tree: Any = None) -> "_Solved | Search":
        """The best proposals, or, where there are none, the search that looked for them."""
        things, tables = self._units(attempt)
        pins = pins_of(things)
        if tree is not None:
            known = solver.read(tree, {thing.key: number for number, thing in enumerate(things)})
            fitted = solver.fit(known, tables, self.grid.columns, attempt.lines, pins) if known else None
            if fitted is not None:
                return _Solved(attempt, [fitted])
        search = Search(
            tables,
            self.grid.columns,
            attempt.lines,
            pins,
            beyond=self.beyond,
            ranked=len(attempt.stories),
        )
        proposals = self._judged(search.proposals(), attempt)
        return _Solved(attempt, proposals) if proposals else search

    def _judged(self, found: list[Proposal], attempt: _Attempt) -> list[Proposal]:
        things, _ = self._units(attempt)
        judged = [replace(one, cost=one.cost + page_cost(one.modules, things)) for one in found]
        return sorted(judged, key=lambda proposal: proposal.cost)[:PROPOSALS]

    def _units(self, attempt: _Attempt) -> tuple[list[Story | Item], list[Table]]:
        things: list[Story | Item] = [*attempt.stories, *self.brief.items]
        if attempt.filler is not None:
            things.append(attempt.filler)
        if len(things) > solver.MOST_STORIES:
            raise TooManyStories(len(things))
        return things, [self._table(thing, attempt) for thing in things]

    def _table(self, thing: Story | Item, attempt: _Attempt) -> Table:
        key = (thing.key, attempt.generous, attempt.jumping)
        if key not in self._tables:
            most = self.lines + self.beyond
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

    def _finish(self, solved: "_Solved", proposal: Proposal) -> MadePage:
        attempt = solved.attempt
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
            proposals=len(solved.proposals),
            deferred=solved.deferred,
            collisions=tuple((things[a].key, things[b].key) for a, b in collisions(proposal.modules)),
            short_by=self._missing(proposal, attempt.lines),
            over_by=solved.over,
            timings=dict(self.timings),
            size=(self.grid.width, self.grid.height),
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

    def _missing(self, proposal: Proposal, lines: int) -> int:
        """Lines the page has too little, where that is more than air."""
        share = self._blank(proposal, lines)
        return round(share * self.lines * self.grid.columns) if share > MOST_BLANK else 0

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
        things: list[Story | Item] = [*self.brief.stories, *self.brief.items]
        for thing in things:
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
