"""What a whole page looks like beyond its parts: headlines that run into each other, pictures that touch."""

from collections.abc import Sequence
from itertools import combinations

from articles.makeup.material import Item, Story
from articles.makeup.solver import Module

_ALIKE = 32.0
_UNLIKE = 7.0
_TOUCHING = 14.0


def page_cost(modules: Sequence[Module], things: Sequence[Story | Item]) -> float:
    """To be added to a proposal's cost."""
    cost = 0.0
    for one, other in combinations(modules, 2):
        cost += _collision(one, other) + _pictures(one, other)
    cost += _weight_order(modules, things)
    return cost


def collisions(modules: Sequence[Module]) -> list[tuple[int, int]]:
    """Pairs of stories whose headlines stand side by side in one size and read as one (碰题)."""
    return [
        (one.story, other.story)
        for one, other in combinations(modules, 2)
        if _collision(one, other) >= _ALIKE
    ]


def _beside(one: Module, other: Module) -> bool:
    return one.column + one.shape.columns == other.column or other.column + other.shape.columns == one.column


def _collision(one: Module, other: Module) -> float:
    if one.shape.head is None or other.shape.head is None or not _beside(one, other):
        return 0.0
    top = max(one.line, other.line)
    bottom = min(one.line + one.shape.head.lines, other.line + other.shape.head.lines)
    if bottom - top < 1:
        return 0.0
    sizes = sorted((one.shape.head.size, other.shape.head.size))
    # A small head beside a large one is told apart; so are heads of small type, which do not fill their width.
    if sizes[1] < 16 or sizes[0] / sizes[1] < 0.74:
        return _UNLIKE if sizes[1] >= 16 else 0.0
    return _ALIKE


def _plate_box(module: Module) -> tuple[int, int, int, int] | None:
    shape = module.shape
    if not shape.plate.cells:
        return None
    left = module.column + shape.plate_column
    top = module.line + (shape.head.lines if shape.head else 0)
    return left, top, left + shape.plate.columns, top + shape.plate.lines


def _pictures(one: Module, other: Module) -> float:
    a, b = _plate_box(one), _plate_box(other)
    if a is None or b is None:
        return 0.0
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    if across == 0 and down > 3:
        return _TOUCHING
    # Below each other with no more than a rule between.
    return _TOUCHING if across > 0 and -3 <= down <= 0 else 0.0


def _weight_order(modules: Sequence[Module], things: Sequence[Story | Item]) -> float:
    """The lead stands at the head of the page, best on the left; no headline is larger than a heavier story's."""
    cost = 0.0
    heads = {module.story: module.shape.head.size for module in modules if module.shape.head is not None}
    lead = next((module for module in modules if module.story == 0), None)
    if lead is not None and isinstance(things[0], Story) and not things[0].wishes.corner:
        cost += 20.0 if lead.line > 0 else 4.0 if lead.column > 0 else 0.0
    for story, size in heads.items():
        cost += sum(
            1.5 * (size - heads[heavier]) for heavier in heads if heavier < story and heads[heavier] < size
        )
    return cost
