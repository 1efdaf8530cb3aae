"""Which story where: found exactly, on coarse lines too, and as editors want it."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.makeup import solver
from articles.makeup.modules import INFINITE, Shape, Table
from articles.makeup.plates import NO_PLATE
from articles.makeup.solver import GAP, Leaf, Pins, Search, Split

COLUMNS, LINES = 4, 24


def table(shapes):
    """A story that can take these (columns, lines) at these costs."""
    made = Table(np.full((COLUMNS + 1, LINES + 1), INFINITE, dtype=np.float32))
    for (columns, lines), cost in shapes.items():
        made.cost[columns, lines] = cost
        made.shapes[columns, lines] = Shape(columns, lines, None, NO_PLATE, 0, (), 0, 0, jumps=False)
    return made


def flexible(area, spread=2):
    """A story of about this area in any width, dearer the further its height is from it."""
    return table(
        {
            (columns, lines): 3.0 * abs(lines - area / columns) + columns
            for columns in range(1, COLUMNS + 1)
            for lines in range(
                max(1, round(area / columns) - spread), min(LINES, round(area / columns) + spread) + 1
            )
        }
    )


def cheapest(tables, columns, lines):
    """The least cost by trying every tree of these stories, each as well as it can be laid."""
    found = [
        proposal.cost
        for tree in every_tree(range(len(tables)))
        if (proposal := solver.fit(tree, tables, columns, lines)) is not None
    ]
    return min(found, default=None)


def every_tree(stories):
    stories = list(stories)
    if len(stories) == 1:
        yield Leaf(stories[0])
        return
    for order in permutations(stories):
        for cut in range(1, len(order)):
            if list(order[:cut]) != sorted(order[:cut]) or list(order[cut:]) != sorted(order[cut:]):
                continue
            for first in every_tree(order[:cut]):
                for second in every_tree(order[cut:]):
                    yield Split(True, first, second)
                    yield Split(False, first, second)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(14, 40), min_size=2, max_size=3))
def test_it_is_as_cheap_as_the_best_of_all_trees(areas):
    tables = [flexible(area) for area in areas]

    found = Search(tables, COLUMNS, LINES).proposals()

    expected = cheapest(tables, COLUMNS, LINES)
    assert (found[0].cost if found else None) == pytest.approx(expected)


def test_modules_fill_the_page_and_never_overlap():
    tables = [flexible(area) for area in (30, 20, 18, 14)]

    for proposal in Search(tables, COLUMNS, LINES).proposals():
        cells = set()
        for module in proposal.modules:
            for column in range(module.column, module.column + module.shape.columns):
                for line in range(module.line, module.line + module.shape.lines):
                    assert (column, line) not in cells
                    cells.add((column, line))
        gaps = {
            (column, rule.line)
            for rule in proposal.rules
            if not rule.down
            for column in range(rule.column, rule.column + rule.length)
        }
        assert len(cells) + len(gaps) == COLUMNS * LINES
        assert GAP == 1


def test_the_heaviest_story_stands_in_the_upper_left_corner():
    tables = [flexible(area) for area in (30, 30, 26)]

    lead = Search(tables, COLUMNS, LINES).proposals()[0].modules[0]

    assert (lead.column, lead.line) == (0, 0)


@pytest.mark.parametrize(
    ("pins", "where"),
    [
        (Pins(bottom=1), lambda module: module.line + module.shape.lines == LINES),
        (Pins(right=1), lambda module: module.column + module.shape.columns == COLUMNS),
        (
            Pins(bottom=1, right=1),
            lambda module: (
                (module.line + module.shape.lines, module.column + module.shape.columns) == (LINES, COLUMNS)
            ),
        ),
    ],
)
def test_a_pinned_story_stands_at_its_edge(pins, where):
    tables = [flexible(area) for area in (22, 30, 36)]

    for proposal in Search(tables, COLUMNS, LINES, pins).proposals():
        assert where(proposal.modules[0])


def test_pins_against_each_other_leave_nothing():
    tables = [flexible(40), flexible(50)]

    assert Search(tables, COLUMNS, LINES, Pins(top=3, left=3)).proposals() == []


def test_what_does_not_fill_the_page_is_not_laid_but_its_heights_are_known():
    search = Search([flexible(20), flexible(20)], COLUMNS, LINES)

    assert search.proposals() == []
    assert 0 < max(search.heights()) < LINES


def test_any_part_of_the_stories_can_be_asked_for():
    tables = [flexible(44, 3), flexible(44, 3), flexible(60)]
    search = Search(tables, COLUMNS, LINES, beyond=8)

    assert search.proposals() == []
    assert min(search.heights()) > LINES
    assert {module.story for module in search.proposals(0b011)[0].modules} == {0, 1}


def test_a_tree_survives_being_written_and_stories_can_be_swapped():
    names = ["a", "b", "c"]
    tree = Split(True, Leaf(0), Split(False, Leaf(1), Leaf(2)))

    written = solver.written(tree, names)

    assert written == ["above", "a", ["beside", "b", "c"]]
    numbers = {name: number for number, name in enumerate(names)}
    assert solver.read(written, numbers) == tree
    assert solver.swapped(tree, 0, 2) == Split(True, Leaf(2), Split(False, Leaf(1), Leaf(0)))


@pytest.mark.parametrize(
    "forged",
    [
        None,
        7,
        "d",
        ["above", "a"],
        ["above", "a", "a"],
        ["x", "a", ["beside", "b", "c"]],
        ["above", "a", ["beside", "b", "b"]],
        {},
    ],
)
def test_what_is_no_tree_of_these_stories_is_not_read(forged):
    assert solver.read(forged, {"a": 0, "b": 1, "c": 2}) is None


def test_coarse_lines_lead_to_exact_pages():
    """Ten stories: trees are looked for on every fourth line, and measured on each."""
    tables = [flexible(area, 4) for area in (14, 12, 10, 9, 9, 8, 8, 7, 6, 6)]

    found = Search(tables, COLUMNS, LINES).proposals()

    assert found
    for proposal in found:
        assert solver.fit(proposal.tree, tables, COLUMNS, LINES).cost == pytest.approx(proposal.cost)


def test_more_stories_than_can_be_weighed_are_refused():
    with pytest.raises(ValueError, match="at most"):
        Search([flexible(8)] * (solver.MOST_STORIES + 1), COLUMNS, LINES)
