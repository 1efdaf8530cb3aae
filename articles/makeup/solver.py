"""Which story where: modules on a page as a slicing tree, found by dynamic programming over sets of stories.

`best[S][k][h]` is the least cost of laying the stories S in a rectangle of k columns and h lines: one story's own shape,
or two such rectangles above or beside each other. Above: heights add up with a line between, a (min, +) convolution.
Beside: heights are equal, a sum. Cost grows threefold with a story, so beyond `FINE` stories trees are looked for on
coarser lines and then measured exactly. Pure, deterministic.

Stories are numbered by weight, 0 the heaviest. Of two rectangles the heavier comes first: above, or on the left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.makeup.modules import INFINITE, Shape, Table

# Lines between two modules, one above the other.
GAP = 1
# Up to so many stories every line is looked at.
FINE = 8
MOST_STORIES = 14
# Trees that are measured exactly and judged as a whole.
_TREES = 40
_OUT_OF_ORDER = 25.0
_BESIDE = 3.0
_LIMIT = INFINITE / 2

Costs = NDArray[np.float32]


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


def solve(tables: Sequence[Table], columns: int, lines: int, pins: Pins | None = None) -> list[Proposal]:
    """The best pages of exactly `columns` × `lines`, cheapest first, each of another make; none where it is impossible.

    Raises ValueError for more than MOST_STORIES.
    """
    if not tables:
        return []
    if len(tables) > MOST_STORIES:
        raise ValueError(f"{len(tables)} stories, at most {MOST_STORIES} on a page")
    pins = pins or Pins()
    step = 1 if len(tables) <= FINE else 2 if len(tables) <= 10 else 4
    search = _Search(tables, columns, lines, step, pins)
    found: list[Proposal] = []
    seen: set[Any] = set()
    for tree in search.trees():
        proposal = fit(tree, tables, columns, lines, pins)
        if proposal is None:
            continue
        look = tuple((m.story, m.column, m.line, m.shape.columns) for m in proposal.modules)
        if look not in seen:
            seen.add(look)
            found.append(proposal)
    return sorted(found, key=lambda proposal: proposal.cost)


def heights(tables: Sequence[Table], columns: int, most: int, pins: Pins | None = None) -> list[int]:
    """Every height up to `most` lines in which the stories can be laid at full width: what a page has too much or too
    little of is told from it."""
    step = 1 if len(tables) <= FINE else 4
    search = _Search(tables, columns, most, step, pins or Pins())
    whole = search.best[-1][columns]
    return [index * step for index in range(len(whole)) if whole[index] < _LIMIT and index * step <= most]


def fit(
    tree: Tree, tables: Sequence[Table], columns: int, lines: int, pins: Pins | None = None
) -> Proposal | None:
    """Lay out one given tree as well as it can be: every cut is free, the order of the parts is not."""
    known: dict[Tree, Costs] = {}
    _measure(tree, tables, columns, lines, pins or Pins(), known)
    cost = known[tree][columns, lines]
    if cost >= _LIMIT:
        return None
    modules: list[Module] = []
    rules: list[Rule] = []
    _place(tree, tables, known, columns, lines, 0, 0, pins or Pins(), modules, rules)
    return Proposal(float(cost), tree, tuple(sorted(modules, key=lambda m: m.story)), tuple(rules))


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


def _measure(
    tree: Tree, tables: Sequence[Table], columns: int, lines: int, pins: Pins, known: dict[Tree, Costs]
) -> Costs:
    if isinstance(tree, Leaf):
        costs = np.full((columns + 1, lines + 1), INFINITE, dtype=np.float32)
        own = tables[tree.story].cost[: columns + 1, : lines + 1]
        costs[: own.shape[0], : own.shape[1]] = own
    else:
        one = _measure(tree.first, tables, columns, lines, pins, known)
        two = _measure(tree.second, tables, columns, lines, pins, known)
        first, second = stories_of(tree.first), stories_of(tree.second)
        if tree.above:
            costs = _convolved(one, two, GAP) + np.float32(above_cost(first, second))
            allowed = pins.allows_above(first, second)
        else:
            costs = np.full_like(one, INFINITE)
            for wide in range(2, columns + 1):
                for left in range(1, wide):
                    np.minimum(costs[wide], one[left] + two[wide - left], out=costs[wide])
            costs = costs + np.float32(beside_cost(first, second))
            allowed = pins.allows_left(first, second)
        if not allowed:
            costs[:] = INFINITE
        costs[costs >= _LIMIT] = INFINITE
    known[tree] = costs
    return costs


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


def _place(
    tree: Tree,
    tables: Sequence[Table],
    known: Mapping[Tree, Costs],
    columns: int,
    lines: int,
    column: int,
    line: int,
    pins: Pins,
    modules: list[Module],
    rules: list[Rule],
) -> None:
    if isinstance(tree, Leaf):
        modules.append(Module(tree.story, column, line, tables[tree.story].shape(columns, lines)))
        return
    one, two = known[tree.first], known[tree.second]
    if tree.above:
        both = one[columns, : lines - GAP + 1] + two[columns, : lines - GAP + 1][::-1]
        cut = int(np.argmin(both))
        rules.append(Rule(False, column, line + cut, columns))
        _place(tree.first, tables, known, columns, cut, column, line, pins, modules, rules)
        _place(
            tree.second,
            tables,
            known,
            columns,
            lines - GAP - cut,
            column,
            line + cut + GAP,
            pins,
            modules,
            rules,
        )
    else:
        both = one[1:columns, lines] + two[1:columns, lines][::-1]
        cut = int(np.argmin(both)) + 1
        rules.append(Rule(True, column + cut, line, lines))
        _place(tree.first, tables, known, cut, lines, column, line, pins, modules, rules)
        _place(tree.second, tables, known, columns - cut, lines, column + cut, line, pins, modules, rules)


# --- all trees ----------------------------------------------------------------------------------------------------


class _Search:
    """The table over all sets. With `step` lines to a cell, a cell holds the best of its lines: an estimate, from which
    trees are read and then measured exactly."""

    def __init__(self, tables: Sequence[Table], columns: int, lines: int, step: int, pins: Pins) -> None:
        self.count, self.columns, self.step, self.pins = len(tables), columns, step, pins
        self.height = -(-lines // step)
        # Gaps are lines; on coarser cells they disappear in the rounding.
        self.gap = GAP if step == 1 else 0
        self.best = np.full((1 << self.count, columns + 1, self.height + 1), INFINITE, dtype=np.float32)
        for story, table in enumerate(tables):
            self.best[1 << story] = self._cells(table.cost)
        for size in range(2, self.count + 1):
            self._level(size)

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

    def _level(self, size: int) -> None:
        """All sets of this many stories, a bunch of them at a time."""
        sets = [bits for bits in range(1 << self.count) if bits.bit_count() == size]
        each = (1 << (size - 1)) - 1
        bunch = max(1, 6_000_000 // (each * (self.columns + 1) * (self.height + 1)))
        for start in range(0, len(sets), bunch):
            self._bunch(sets[start : start + bunch])

    def _bunch(self, sets: Sequence[int]) -> None:
        splits = [self._splits(bits) for bits in sets]
        firsts = np.array([[split[0] for split in row] for row in splits])
        seconds = np.array([[split[1] for split in row] for row in splits])
        above = np.array([[split[2] for split in row] for row in splits], dtype=np.float32)
        beside = np.array([[split[3] for split in row] for row in splits], dtype=np.float32)
        one, two = self.best[firsts], self.best[seconds]
        out = self._stacked(one, two, above)
        for wide in range(2, self.columns + 1):
            for left in range(1, wide):
                both = one[:, :, left] + two[:, :, wide - left] + beside[:, :, None]
                np.minimum(out[:, wide], both.min(axis=1), out=out[:, wide])
        out[out >= _LIMIT] = INFINITE
        self.best[np.array(sets)] = out

    def _stacked(self, one: Costs, two: Costs, penalty: Costs) -> Costs:
        sets, _, columns, cells = one.shape
        out = np.full((sets, columns, cells), INFINITE, dtype=np.float32)
        with_penalty = one + penalty[:, :, None, None]
        for height in range(1, cells - self.gap):
            column = with_penalty[:, :, :, height]
            if not (column < _LIMIT).any():
                continue
            start = height + self.gap
            both = (column[..., None] + two[..., : cells - start]).min(axis=1)
            np.minimum(out[..., start:], both, out=out[..., start:])
        return out

    def _splits(self, bits: int) -> list[tuple[int, int, float, float]]:
        """(first, second, cost above, cost beside): the part with the heaviest story first unless pins want it other."""
        lowest = bits & -bits
        rest = bits ^ lowest
        out = []
        part = rest
        while part:
            part = (part - 1) & rest
            first, second = lowest | part, rest ^ part
            out.append((first, second, self._above(first, second)[1], self._beside(first, second)[1]))
        return out

    def _above(self, first: int, second: int) -> tuple[bool, float]:
        """Whether the first part goes up, and what that costs."""
        if self.pins.allows_above(first, second):
            return True, above_cost(first, second)
        if self.pins.allows_above(second, first):
            return False, above_cost(second, first)
        return True, float(INFINITE)

    def _beside(self, first: int, second: int) -> tuple[bool, float]:
        if self.pins.allows_left(first, second):
            return True, beside_cost(first, second)
        if self.pins.allows_left(second, first):
            return False, beside_cost(second, first)
        return True, float(INFINITE)

    def trees(self) -> Iterator[Tree]:
        """Different trees of the whole page, the cheapest estimates first."""
        everything = (1 << self.count) - 1
        if self.count == 1:
            yield Leaf(0)
            return
        heights = range(max(1, self.height - 1), self.height + 1) if self.step > 1 else [self.height]
        roots = sorted(
            (root for height in heights for root in self._roots(everything, self.columns, height)),
            key=lambda root: root[0],
        )
        seen = set()
        for _, first, second, above, k_first, h_first, height in roots:
            if (first, above, k_first) in seen:
                continue
            seen.add((first, above, k_first))
            if len(seen) > _TREES:
                return
            yield self._tree_of(first, second, above, k_first, h_first, self.columns, height)

    def _roots(
        self, bits: int, columns: int, height: int
    ) -> list[tuple[float, int, int, bool, int, int, int]]:
        """Every way to part a set: (cost, first, second, above, columns of the first, height of the first, height)."""
        found: list[tuple[float, int, int, bool, int, int, int]] = []
        for first, second, above, beside in self._splits(bits):
            one, two = self.best[first], self.best[second]
            if above < _LIMIT and height > self.gap:
                both = one[columns, : height - self.gap + 1] + two[columns, : height - self.gap + 1][::-1]
                cut = int(np.argmin(both))
                if both[cut] < _LIMIT:
                    found.append((float(both[cut]) + above, first, second, True, columns, cut, height))
            if beside < _LIMIT and columns > 1:
                both = one[1:columns, height] + two[1:columns, height][::-1]
                for cut in range(1, columns):
                    if both[cut - 1] < _LIMIT:
                        cost = float(both[cut - 1]) + beside
                        found.append((cost, first, second, False, cut, height, height))
        return found

    def _tree(self, bits: int, columns: int, height: int) -> Tree:
        if bits & (bits - 1) == 0:
            return Leaf(bits.bit_length() - 1)
        _, first, second, above, k_first, h_first, _ = min(
            self._roots(bits, columns, height), key=lambda root: root[0]
        )
        return self._tree_of(first, second, above, k_first, h_first, columns, height)

    def _tree_of(
        self, first: int, second: int, above: bool, k_first: int, h_first: int, columns: int, height: int
    ) -> Tree:
        if above:
            one = self._tree(first, columns, h_first)
            two = self._tree(second, columns, height - self.gap - h_first)
            in_order = self._above(first, second)[0]
        else:
            one = self._tree(first, k_first, height)
            two = self._tree(second, columns - k_first, height)
            in_order = self._beside(first, second)[0]
        return Split(above, one, two) if in_order else Split(above, two, one)
