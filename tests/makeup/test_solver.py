"""The best page is found, wherever it is; what an editor pins stays."""

from itertools import combinations

import numpy as np
import pytest

from articles.makeup import solver
from articles.makeup.modules import INFINITE, Shape, Table
from articles.makeup.plates import NO_PLATE
from articles.makeup.solver import Leaf, Pins, Search, Split

pytestmark = pytest.mark.once
COLUMNS, LINES = 4, 14


def table(dice: np.random.Generator, shapes: int = 14) -> Table:
    made = Table(np.full((COLUMNS + 1, LINES + 3), INFINITE, dtype=np.float32))
    for _ in range(shapes):
        wide, high = int(dice.integers(1, COLUMNS + 1)), int(dice.integers(2, LINES + 1))
        made.cost[wide, high] = float(dice.integers(1, 30))
        made.shapes[wide, high] = Shape(wide, high, None, NO_PLATE, 0, (), 0, 0, jumps=False)
    return made


def trees(stories: tuple[int, ...]) -> list[solver.Tree]:
    """Every tree with the heavier part first."""
    if len(stories) == 1:
        return [Leaf(stories[0])]
    found: list[solver.Tree] = []
    head, rest = stories[0], stories[1:]
    for size in range(len(rest)):
        for others in combinations(rest, size):
            second = tuple(story for story in rest if story not in others)
            for one in trees((head, *others)):
                found += [Split(above, one, two) for two in trees(second) for above in (True, False)]
    return found


@pytest.mark.parametrize(("number", "seed"), [(2, 1), (2, 2), (3, 3), (3, 4), (4, 5), (4, 6)])
def test_nothing_is_cheaper_than_the_first_proposal(number: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    tables = [table(dice, 22) for _ in range(number)]
    found = Search(tables, COLUMNS, LINES).proposals()
    fitted = [solver.fit(tree, tables, COLUMNS, LINES) for tree in trees(tuple(range(number)))]
    best = min((one.cost for one in fitted if one is not None), default=None)
    assert (found[0].cost if found else None) == best


def laid(proposal: solver.Proposal) -> np.ndarray:
    """Which story has which cell; two on one cell fail."""
    cells = np.full((COLUMNS, LINES), -1)
    for module in proposal.modules:
        own = cells[
            module.column : module.column + module.shape.columns,
            module.line : module.line + module.shape.lines,
        ]
        assert own.shape == (module.shape.columns, module.shape.lines) and (own == -1).all()
        own[:] = module.story
    return cells


def test_modules_never_overlap_and_only_gaps_are_free() -> None:
    dice = np.random.default_rng(8)
    proposals = Search([table(dice, 25) for _ in range(4)], COLUMNS, LINES).proposals()
    assert proposals
    for proposal in proposals:
        free = (laid(proposal) == -1).sum()
        across = sum(rule.length for rule in proposal.rules if not rule.down)
        assert free == across * solver.GAP


@pytest.mark.parametrize(
    ("edge", "place"),
    [
        ("top", lambda module: module.line == 0),
        ("bottom", lambda module: module.line + module.shape.lines == LINES),
        ("left", lambda module: module.column == 0),
        ("right", lambda module: module.column + module.shape.columns == COLUMNS),
    ],
)
def test_a_pin_is_obeyed(edge: str, place: object) -> None:
    dice = np.random.default_rng(11)
    tables = [table(dice, 30) for _ in range(4)]
    proposals = Search(tables, COLUMNS, LINES, Pins(**{edge: 0b1000})).proposals()
    assert proposals
    for proposal in proposals:
        assert place(next(module for module in proposal.modules if module.story == 3))  # type: ignore[operator]


def test_any_part_of_the_stories_can_be_asked_for() -> None:
    dice = np.random.default_rng(13)
    tables = [table(dice, 30) for _ in range(4)]
    search = Search(tables, COLUMNS, LINES)
    for left in (0b0111, 0b1010, 0b0001):
        numbers = [number for number in range(4) if left >> number & 1]
        alone = Search([tables[number] for number in numbers], COLUMNS, LINES).proposals()
        costs = [proposal.cost for proposal in search.proposals(left)]
        assert costs[:1] == [proposal.cost for proposal in alone][:1]


def test_a_tree_is_written_and_read() -> None:
    tree = Split(True, Leaf(0), Split(False, Leaf(2), Leaf(1)))
    data = solver.written(tree, ["a", "b", "c"])
    assert data == ["above", "a", ["beside", "c", "b"]]
    numbers = {"a": 0, "b": 1, "c": 2}
    assert solver.read(data, numbers) == tree
    assert solver.swapped(tree, 0, 1) == Split(True, Leaf(1), Split(False, Leaf(2), Leaf(0)))
    for wrong in (
        ["above", "a", "b"],
        ["above", "a", "a"],
        ["over", "a", "b"],
        "z",
        None,
        7,
        ["above", "a"],
        {},
    ):
        assert solver.read(wrong, numbers) is None


def test_full_pages_still_come_out() -> None:
    """Twelve on coarser lines: what is proposed is exact all the same."""
    tables = []
    for _ in range(12):
        made = Table(np.full((9, 120), INFINITE, dtype=np.float32))
        for wide in range(1, 5):
            for high in range(60 // wide - 2, 60 // wide + 9):
                made.cost[wide, high] = float(abs(high * wide - 62))
                made.shapes[wide, high] = Shape(wide, high, None, NO_PLATE, 0, (), 0, 0, jumps=False)
        tables.append(made)
    proposals = Search(tables, 8, 104).proposals()
    assert proposals
    assert sum(m.shape.columns * m.shape.lines for m in proposals[0].modules) <= 8 * 104
    assert {m.story for m in proposals[0].modules} == set(range(12))


def test_more_than_can_be_weighed_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        Search([table(np.random.default_rng(1))] * 15, COLUMNS, LINES)
