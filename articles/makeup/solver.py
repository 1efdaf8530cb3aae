"""Which story where: modules on a page as a slicing tree, found by dynamic programming over sets of stories.

`best[S][k][h]` is the least cost of laying the stories S in a rectangle of k columns and h lines: one story's own
shape, or two such rectangles above or beside each other. Above: heights add up with a line between, a (min, +)
convolution. Beside: heights are equal, a sum. Work grows threefold with a story, so beyond eight stories trees are
looked for on coarser lines and then measured exactly. Pure, deterministic.

Stories are numbered by weight, 0 the heaviest. Of two rectangles the heavier comes first: above, or on the left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from articles.makeup.modules import INFINITE, Shape, Table

# Lines between two modules, one above the other.
GAP = 1
MOST_STORIES = 14
# Lines to a cell, by how many stories there are.
_STEPS = {9: 2, 10: 4, 11: 4, 12: 6, 13: 6, 14: 6}
# With so many, sets are looked at only if no more than so many stories of a weight between theirs are left out.
_APART = {10: 4, 11: 3, 12: 2, 13: 2, 14: 2}
# Trees that are measured exactly and judged as a whole.
_TREES = 40
_OUT_OF_ORDER = 25.0
_BESIDE = 3.0
_LIMIT = INFINITE / 2

Costs = NDArray[np.float32]
Sets = NDArray[np.int64]


@dataclass(frozen=True)
class Pins:
    """Sets of stories (bits) that editors want at an edge."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0

    def allows_above(self, upper: int, lower: int) -> bool:
        return not (lower & self.top or upper & self.bottom)

    def allows_left(self, left: int, right: int) -> bool:
        return not (right & self.left or left & self.right)


@dataclass(frozen=True)
class Leaf:
    """One story in a tree."""

    story: int


@dataclass(frozen=True)
class Split:
    """Two parts above or beside each other: `first` is the upper or the left one."""

    above: bool
    first: "Tree"
    second: "Tree"


Tree = Leaf | Split


@dataclass(frozen=True)
class Module:
    """Where a story came to lie: in columns from the left and lines from the top of what was solved."""

    story: int
    column: int
    line: int
    shape: Shape


@dataclass(frozen=True)
class Rule:
    """A line between modules, in columns and lines; `length` in columns (across) or lines (down)."""

    down: bool
    column: int
    line: int
    length: int


@dataclass(frozen=True)
class Proposal:
    """A page laid out. `cost` without the judgement of the whole page, which the caller adds."""

    cost: float
    tree: Tree
    modules: tuple[Module, ...]
    rules: tuple[Rule, ...]


class Search:
    """All ways to lay stories, of which any set can then be asked for. Raises ValueError for more than MOST_STORIES."""

    def __init__(
        self,
        tables: Sequence[Table],
        columns: int,
        lines: int,
        pins: Pins | None = None,
        *,
        beyond: int = 0,
        ranked: int | None = None,
    ) -> None:
        """lines: of the page; beyond: how many more are looked at, so that `heights` can say what is too much. ranked:
        how many are stories by weight, the rest adverts; by default all are stories."""
        if len(tables) > MOST_STORIES:
            raise ValueError(f"{len(tables)} stories, at most {MOST_STORIES} on a page")
        self.tables, self.columns, self.lines = tables, columns, lines
        self.pins = pins or Pins()
        self.everything = (1 << len(tables)) - 1
        step = _STEPS.get(len(tables), 1)
        self._table = _Table(
            tables,
            columns,
            lines + beyond,
            self.pins,
            step=step,
            ranked=len(tables) if ranked is None else ranked,
        )

    def proposals(self, stories: int | None = None) -> list[Proposal]:
        """The best pages of these stories (bits; default: all), cheapest first, each of another make; none where it is
        impossible."""
        stories = self.everything if stories is None else stories
        found: list[Proposal] = []
        seen: set[Any] = set()
        for tree in self._table.trees(stories, self.lines) if stories else ():
            proposal = fit(tree, self.tables, self.columns, self.lines, self.pins)
            if proposal is None:
                continue
            look = tuple((m.story, m.column, m.line, m.shape.columns) for m in proposal.modules)
            if look not in seen:
                seen.add(look)
                found.append(proposal)
        return sorted(found, key=lambda proposal: proposal.cost)

    def heights(self, stories: int | None = None) -> list[int]:
        """Every height in which these stories can be laid at full width, about, in lines: what a page has too much or
        too little of is told from it."""
        whole = self._table.ask(self.everything if stories is None else stories)[self.columns]
        return [int(cell) * self._table.step for cell in np.nonzero(whole < _LIMIT)[0]]


def fit(
    tree: Tree, tables: Sequence[Table], columns: int, lines: int, pins: Pins | None = None
) -> Proposal | None:
    """Lay out one given tree as well as it can be: every cut is free, the order of the parts is not."""
    return _Fitting(tables, columns, lines, pins or Pins()).proposal(tree)


def swapped(tree: Tree, one: int, other: int) -> Tree:
    """The tree with two stories exchanged."""
    if isinstance(tree, Leaf):
        return Leaf({one: other, other: one}.get(tree.story, tree.story))
    return Split(tree.above, swapped(tree.first, one, other), swapped(tree.second, one, other))


def stories_of(tree: Tree) -> int:
    """The set of stories in a tree, as bits."""
    if isinstance(tree, Leaf):
        return 1 << tree.story
    return stories_of(tree.first) | stories_of(tree.second)


def written(tree: Tree, names: Sequence[str]) -> Any:
    """A tree as JSON: a name, or ["above" | "beside", first, second]."""
    if isinstance(tree, Leaf):
        return names[tree.story]
    return ["above" if tree.above else "beside", written(tree.first, names), written(tree.second, names)]


def read(data: Any, numbers: Mapping[str, int]) -> Tree | None:
    """What `written` wrote; None where it is no tree of exactly these stories."""
    tree = _read(data, numbers)
    if tree is None or stories_of(tree) != (1 << len(numbers)) - 1 or _size(tree) != len(numbers):
        return None
    return tree


def _read(data: Any, numbers: Mapping[str, int]) -> Tree | None:
    if isinstance(data, str):
        return Leaf(numbers[data]) if data in numbers else None
    if not isinstance(data, list) or len(data) != 3 or data[0] not in ("above", "beside"):
        return None
    first, second = _read(data[1], numbers), _read(data[2], numbers)
    if first is None or second is None:
        return None
    return Split(data[0] == "above", first, second)


def _size(tree: Tree) -> int:
    return 1 if isinstance(tree, Leaf) else _size(tree.first) + _size(tree.second)


def above_cost(upper: int, lower: int) -> float:
    """What it costs to lay these sets one above the other: a heavier story below a lighter one is wrong."""
    return _OUT_OF_ORDER if _heaviest(lower) < _heaviest(upper) else 0.0


def beside_cost(left: int, right: int) -> float:
    return _BESIDE + (_OUT_OF_ORDER / 2 if _heaviest(right) < _heaviest(left) else 0.0)


def _heaviest(stories: int) -> int:
    return (stories & -stories).bit_length()


# --- one tree -----------------------------------------------------------------------------------------------------


class _Fitting:
    """The costs of every part of one tree, and the page they make."""

    def __init__(self, tables: Sequence[Table], columns: int, lines: int, pins: Pins) -> None:
        self.tables, self.columns, self.lines, self.pins = tables, columns, lines, pins
        self._costs: dict[Tree, Costs] = {}
        self._modules: list[Module] = []
        self._rules: list[Rule] = []

    def proposal(self, tree: Tree) -> Proposal | None:
        cost = self._measure(tree)[self.columns, self.lines]
        if cost >= _LIMIT:
            return None
        self._place(tree, _Area(0, 0, self.columns, self.lines))
        modules = tuple(sorted(self._modules, key=lambda module: module.story))
        return Proposal(float(cost), tree, modules, tuple(self._rules))

    def _measure(self, tree: Tree) -> Costs:
        costs = self._leaf(tree) if isinstance(tree, Leaf) else self._split(tree)
        costs[costs >= _LIMIT] = INFINITE
        self._costs[tree] = costs
        return costs

    def _leaf(self, tree: Leaf) -> Costs:
        costs = np.full((self.columns + 1, self.lines + 1), INFINITE, dtype=np.float32)
        own = self.tables[tree.story].cost[: self.columns + 1, : self.lines + 1]
        costs[: own.shape[0], : own.shape[1]] = own
        return costs

    def _split(self, tree: Split) -> Costs:
        one, two = self._measure(tree.first), self._measure(tree.second)
        first, second = stories_of(tree.first), stories_of(tree.second)
        if tree.above:
            costs = _convolved(one, two, GAP) + np.float32(above_cost(first, second))
            allowed = self.pins.allows_above(first, second)
        else:
            costs = np.full_like(one, INFINITE)
            for wide in range(2, self.columns + 1):
                for left in range(1, wide):
                    np.minimum(costs[wide], one[left] + two[wide - left], out=costs[wide])
            costs = costs + np.float32(beside_cost(first, second))
            allowed = self.pins.allows_left(first, second)
        if not allowed:
            costs[:] = INFINITE
        return costs

    def _place(self, tree: Tree, area: "_Area") -> None:
        if isinstance(tree, Leaf):
            shape = self.tables[tree.story].shape(area.columns, area.lines)
            self._modules.append(Module(tree.story, area.column, area.line, shape))
            return
        one, two = self._costs[tree.first], self._costs[tree.second]
        if tree.above:
            room = area.lines - GAP
            cut = int(np.argmin(one[area.columns, : room + 1] + two[area.columns, : room + 1][::-1]))
            self._rules.append(Rule(False, area.column, area.line + cut, area.columns))
            self._place(tree.first, _Area(area.column, area.line, area.columns, cut))
            self._place(tree.second, _Area(area.column, area.line + cut + GAP, area.columns, room - cut))
        else:
            both = one[1 : area.columns, area.lines] + two[1 : area.columns, area.lines][::-1]
            cut = int(np.argmin(both)) + 1
            self._rules.append(Rule(True, area.column + cut, area.line, area.lines))
            self._place(tree.first, _Area(area.column, area.line, cut, area.lines))
            self._place(tree.second, _Area(area.column + cut, area.line, area.columns - cut, area.lines))


@dataclass(frozen=True)
class _Area:
    """A rectangle in columns and lines."""

    column: int
    line: int
    columns: int
    lines: int


def _convolved(one: Costs, two: Costs, gap: int) -> Costs:
    """Heights added: out[…, h] = min over a of one[…, a] + two[…, h - gap - a]."""
    out = np.full_like(one, INFINITE)
    last = one.shape[-1]
    for height in np.nonzero((one < _LIMIT).any(axis=0))[0]:
        start = int(height) + gap
        if start < last:
            np.minimum(
                out[..., start:], one[..., height, None] + two[..., : last - start], out=out[..., start:]
            )
    return out


# --- all trees ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Parting:
    """One way to part a rectangle of stories in two. `at`: columns or cells of the first part."""

    cost: float
    first: int
    second: int
    above: bool
    at: int
    height: int


class _Table:
    """The table over all sets. With `step` lines to a cell, a cell holds the best of its lines: an estimate, from which
    trees are read and then measured exactly."""

    def __init__(
        self, tables: Sequence[Table], columns: int, lines: int, pins: Pins, *, step: int, ranked: int
    ) -> None:
        """ranked: how many of the tables are stories by weight; adverts behind them go with any."""
        self.count, self.columns, self.step, self.pins = len(tables), columns, step, pins
        self.ranked, self.apart = (1 << ranked) - 1, _APART.get(len(tables))
        self.height = -(-lines // step)
        # Gaps are lines; on coarser cells they disappear in the rounding.
        self.gap = GAP if step == 1 else 0
        self.best = np.full((1 << self.count, columns + 1, self.height + 1), INFINITE, dtype=np.float32)
        for story, table in enumerate(tables):
            self.best[1 << story] = self._cells(table.cost)
        self.possible = self.best.min(axis=(1, 2)) < _LIMIT
        # Parts before wholes: a set's number is larger than those of its subsets.
        for stories in range(1, 1 << self.count):
            if stories & (stories - 1) and self._near(stories):
                self._fill_in(stories)

    def ask(self, stories: int) -> Costs:
        """The costs of any set: one whose stories are far apart in weight is looked at only when asked for."""
        if not self.possible[stories] and stories & (stories - 1):
            self._fill_in(stories)
        return cast(Costs, self.best[stories])

    def _fill_in(self, stories: int) -> None:
        self._fill(stories)
        self.possible[stories] = bool(self.best[stories].min() < _LIMIT)

    def _near(self, stories: int) -> bool:
        """Whether a set is worth looking at: on full pages only stories of about one weight lie together."""
        own = stories & self.ranked
        if self.apart is None or not own:
            return True
        return own.bit_length() - _heaviest(own) + 1 - own.bit_count() <= self.apart

    def _cells(self, cost: Costs) -> Costs:
        """Costs by line as costs by cell."""
        if self.step == 1:
            out = np.full((self.columns + 1, self.height + 1), INFINITE, dtype=np.float32)
            part = cost[: self.columns + 1, : self.height + 1]
            out[: part.shape[0], : part.shape[1]] = part
            return out
        out = np.full((self.columns + 1, self.height + 1), INFINITE, dtype=np.float32)
        rows = min(cost.shape[0], self.columns + 1)
        for line in range(1, cost.shape[1]):
            # A module with the gap below it, rounded to the nearest cell.
            cell = min(self.height, max(1, round((line + 0.6) / self.step)))
            np.minimum(out[:rows, cell], cost[:rows, line], out=out[:rows, cell])
        return out

    def _fill(self, stories: int) -> None:
        """The least costs of one set, from those of every two parts of it."""
        firsts, seconds, above, beside = self._splits(stories)
        if not len(firsts):
            return
        one, two = self.best[firsts], self.best[seconds]
        out = self._stacked(one + above[:, None, None], two)
        one = one + beside[:, None, None]
        for wide in range(2, self.columns + 1):
            both = one[:, 1:wide] + two[:, wide - 1 : 0 : -1]
            np.minimum(out[wide], both.min(axis=(0, 1)), out=out[wide])
        out[out >= _LIMIT] = INFINITE
        self.best[stories] = out

    def _stacked(self, one: Costs, two: Costs) -> Costs:
        _, columns, cells = one.shape
        out = np.full((columns, cells), INFINITE, dtype=np.float32)
        for height in np.nonzero((one < _LIMIT).any(axis=(0, 1)))[0]:
            start = int(height) + self.gap
            if start < cells:
                both = (one[:, :, height, None] + two[:, :, : cells - start]).min(axis=0)
                np.minimum(out[:, start:], both, out=out[:, start:])
        return out

    def _splits(self, stories: int) -> tuple[Sets, Sets, Costs, Costs]:
        """Every way to part a set in two that can come out: first parts, second parts, what laying them above and
        beside each other costs. The first part has the heaviest story."""
        members = np.array([1 << bit for bit in range(self.count) if stories >> bit & 1])
        others = len(members) - 1
        # Row by row the subsets of the others, all but the whole of them.
        patterns = np.arange((1 << others) - 1)[:, None] >> np.arange(others) & 1
        firsts = members[0] + patterns @ members[1:]
        seconds = stories - firsts
        possible = self.possible[firsts] & self.possible[seconds]
        firsts, seconds = firsts[possible], seconds[possible]
        return firsts, seconds, self._above(firsts, seconds), self._beside(firsts, seconds)

    def _above(self, firsts: Sets, seconds: Sets) -> Costs:
        """First parts go up; where pins forbid that, down, out of order; where they forbid both, never."""
        as_meant = (seconds & self.pins.top == 0) & (firsts & self.pins.bottom == 0)
        turned = (firsts & self.pins.top == 0) & (seconds & self.pins.bottom == 0)
        costs = np.where(as_meant, 0.0, np.where(turned, _OUT_OF_ORDER, INFINITE))
        return costs.astype(np.float32)

    def _beside(self, firsts: Sets, seconds: Sets) -> Costs:
        as_meant = (seconds & self.pins.left == 0) & (firsts & self.pins.right == 0)
        turned = (firsts & self.pins.left == 0) & (seconds & self.pins.right == 0)
        costs = np.where(as_meant, 0.0, np.where(turned, _OUT_OF_ORDER / 2, INFINITE))
        return (costs + _BESIDE).astype(np.float32)

    def trees(self, stories: int, lines: int) -> Iterator[Tree]:
        """Different trees of these stories on a page of so many lines, the cheapest estimates first."""
        if stories & (stories - 1) == 0:
            yield Leaf(stories.bit_length() - 1)
            return
        self.ask(stories)
        whole = -(-lines // self.step)
        heights = [whole] if self.step == 1 else [height for height in (whole - 1, whole) if height > 0]
        partings = sorted(
            (parting for height in heights for parting in self._partings(stories, self.columns, height)),
            key=lambda parting: parting.cost,
        )
        seen = set()
        for parting in partings:
            look = parting.first, parting.above, parting.at if not parting.above else 0
            if look in seen:
                continue
            seen.add(look)
            if len(seen) > _TREES:
                return
            yield self._parted(parting, self.columns)

    def _partings(self, stories: int, columns: int, height: int) -> list[_Parting]:
        """Every way to part a set that comes out."""
        found: list[_Parting] = []
        firsts, seconds, aboves, besides = self._splits(stories)
        if not len(firsts):
            return found
        one = self.best[firsts][:, : columns + 1, : height + 1]
        two = self.best[seconds][:, : columns + 1, : height + 1]
        if height > self.gap:
            room = height - self.gap + 1
            both = one[:, columns, :room] + two[:, columns, :room][:, ::-1] + aboves[:, None]
            cuts = both.argmin(axis=1)
            for way in np.nonzero(both.min(axis=1) < _LIMIT)[0]:
                cost, at = float(both[way, cuts[way]]), int(cuts[way])
                found.append(_Parting(cost, int(firsts[way]), int(seconds[way]), True, at, height))
        if columns > 1:
            both = one[:, 1:columns, height] + two[:, 1:columns, height][:, ::-1] + besides[:, None]
            for way, left in zip(*np.nonzero(both < _LIMIT), strict=True):
                cost, at = float(both[way, left]), int(left) + 1
                found.append(_Parting(cost, int(firsts[way]), int(seconds[way]), False, at, height))
        return found

    def _tree(self, stories: int, columns: int, height: int) -> Tree:
        if stories & (stories - 1) == 0:
            return Leaf(stories.bit_length() - 1)
        best = min(self._partings(stories, columns, height), key=lambda parting: parting.cost)
        return self._parted(best, columns)

    def _parted(self, parting: _Parting, columns: int) -> Tree:
        first, second, at, height = parting.first, parting.second, parting.at, parting.height
        if parting.above:
            one = self._tree(first, columns, at)
            two = self._tree(second, columns, height - self.gap - at)
            in_order = self.pins.allows_above(first, second)
        else:
            one = self._tree(first, at, height)
            two = self._tree(second, columns - at, height)
            in_order = self.pins.allows_left(first, second)
        return Split(parting.above, one, two) if in_order else Split(parting.above, two, one)
