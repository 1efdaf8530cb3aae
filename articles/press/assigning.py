"""Which page of a PDF is which page of an issue, by what stands at its head and foot, else by its place. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBERED = re.compile(r"第\s*([A-Z]?)\s*0*(\d{1,3})\s*版|\b([A-Z]?)0*(\d{1,3})\s*版")
_BARE = re.compile(r"(?<![\dA-Za-z])([A-Z]?)(\d{2,3})(?![\dA-Za-z])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A page of the issue."""

    key: int
    code: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`why`: "code", "label" or "order"; "" where no page is left."""

    key: int | None
    why: str = ""


def proposed(edges: Sequence[str], slots: Sequence[Slot]) -> list[Proposal]:
    """For every page of the PDF the page of the issue it seems to be, none twice. `edges`: the words at head and foot
    of each."""
    scores = sorted(
        (
            (-points, number, order, why)
            for number, text in enumerate(edges)
            for order, slot in enumerate(slots)
            for points, why in [_points(text, slot)]
            if points
        ),
        key=lambda row: (row[0], abs(row[1] - row[2]), row[1], row[2]),
    )
    found: dict[int, Proposal] = {}
    taken: set[int] = set()
    for _rank, number, order, why in scores:
        if number not in found and order not in taken:
            found[number] = Proposal(slots[order].key, why)
            taken.add(order)
    left = [order for order in range(len(slots)) if order not in taken]
    for number in range(len(edges)):
        if number not in found:
            # Its own place if that is free, else the first that is.
            place = number if number in left else (left[0] if left else None)
            if place is None:
                found[number] = Proposal(None)
                continue
            left.remove(place)
            found[number] = Proposal(slots[place].key, "order")
    return [found[number] for number in range(len(edges))]


def _points(text: str, slot: Slot) -> tuple[int, str]:
    code = re.fullmatch(r"([A-Z]?)0*(\d+)", slot.code.upper())
    series, number = code.groups() if code else ("", "")
    upper = text.upper()
    points, why = 0, ""
    if number:
        named = {(a or c, b or d) for a, b, c, d in _NUMBERED.findall(upper)}
        bare = {(a, b.lstrip("0")) for a, b in _BARE.findall(upper)}
        if (series, number) in named:
            points, why = 8, "code"
        elif (series, number) in bare:
            points, why = 4 if series else 3, "code"
    if slot.label and slot.label in text:
        points += 3
        why = why or "label"
    return points, why
