"""What reading a page back finds: any line lost, doubled, exchanged, shifted, or there without being asked for."""

import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from articles.makeup.composer import Composer
from articles.makeup.composition import Composition
from articles.makeup.fonts import Fonts
from articles.makeup.makeup import MadePage
from articles.makeup.proofing import read_back
from tests.makeup.sheets import CACHE, TABLOID, make, page, stories

pytestmark = [pytest.mark.once, pytest.mark.fonts]


@pytest.fixture(scope="module")
def made(page_fonts: Fonts) -> MadePage:
    return make(page(stories(700, 500, 400)), page_fonts)


def printed(composition: Composition, fonts: Fonts, change: Callable[[list[dict[str, Any]]], None]) -> bytes:
    """The page as it would be printed were its elements changed behind our back."""
    elements = [deepcopy(dict(element.data)) for element in composition.elements]
    change(elements)
    data = {
        "title": "x",
        "author": "x",
        "width": TABLOID.width,
        "height": TABLOID.height,
        "elements": elements,
    }
    with tempfile.TemporaryDirectory() as folder:
        return Composer(Path(folder), fonts, TABLOID, CACHE).page(data)


def frames(elements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [element for element in elements if element["type"] == "frame"]


def lose_a_line(elements: list[dict[str, Any]]) -> None:
    frames(elements)[0]["pieces"][0]["lines"].pop()


def double_a_line(elements: list[dict[str, Any]]) -> None:
    lines = frames(elements)[0]["pieces"][0]["lines"]
    lines.append(lines[-1])


def exchange_two_lines(elements: list[dict[str, Any]]) -> None:
    lines = frames(elements)[0]["pieces"][0]["lines"]
    lines[0], lines[1] = lines[1], lines[0]


def exchange_two_legs(elements: list[dict[str, Any]]) -> None:
    one, other = frames(elements)[:2]
    one["pieces"], other["pieces"] = other["pieces"], one["pieces"]


def shift_a_leg(elements: list[dict[str, Any]]) -> None:
    frames(elements)[0]["y"] += 2


def change_a_character(elements: list[dict[str, Any]]) -> None:
    run = frames(elements)[0]["pieces"][0]["lines"][0][0]
    run["t"] = "错" + run["t"][1:]


def lose_a_headline(elements: list[dict[str, Any]]) -> None:
    elements.remove(next(e for e in elements if e["type"] == "rows" and e["size"] > 20))


def add_a_word(elements: list[dict[str, Any]]) -> None:
    word = next(e for e in elements if e["type"] == "rows")
    elements.append(
        {**word, "rows": ["多出来的"], "y": TABLOID.height - 20, "x": 20, "w": 200, "h": 14, "size": 9}
    )


@pytest.mark.parametrize(
    "change",
    [
        lose_a_line,
        double_a_line,
        exchange_two_lines,
        exchange_two_legs,
        shift_a_leg,
        change_a_character,
        lose_a_headline,
        add_a_word,
    ],
)
def test_a_page_that_is_wrong_is_found_out(
    change: Callable[[list[dict[str, Any]]], None], made: MadePage, page_fonts: Fonts
) -> None:
    assert not read_back(printed(made.composition, page_fonts, change), made.composition, TABLOID).sound


def test_a_page_that_is_right_is_not(made: MadePage, page_fonts: Fonts) -> None:
    reading = read_back(
        printed(made.composition, page_fonts, lambda elements: None), made.composition, TABLOID
    )
    assert reading.sound and reading.lines > 100


def test_a_fault_names_its_story(made: MadePage) -> None:
    elements = list(made.composition.elements)
    number, frame = next((n, e) for n, e in enumerate(elements) if e.what == "body")
    elements[number] = replace(frame, text=frame.text[::-1])
    reading = read_back(made.pdf, replace(made.composition, elements=tuple(elements)), TABLOID)
    assert [fault.element.story for fault in reading.faults] == [frame.story]
    assert frame.story in str(reading.faults[0])
