"""Type is set for real here: with Typst, in the fonts that pages are printed in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.makeup import fonts
from articles.makeup.composer import Composer
from articles.makeup.grid import Grid
from articles.makeup.makeup import Maker
from articles.makeup.material import PageBrief
from tests import requires
from tests.makeup.invented import BROADSHEET


@pytest.fixture(scope="session")
def page_fonts() -> fonts.Fonts:
    """The fonts of pages, as this machine has them."""
    try:
        return fonts.find()
    except fonts.FontsMissing as missing:
        requires.require(f"the fonts of {missing}", "")
        raise


@pytest.fixture(scope="session")
def font_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def composers(
    page_fonts: fonts.Fonts, font_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Grid], Composer]:
    """Composers by the measures of their page, each in a folder of its own."""
    made: dict[Grid, Composer] = {}

    def composer(grid: Grid) -> Composer:
        if grid not in made:
            made[grid] = Composer(tmp_path_factory.mktemp("page"), page_fonts, grid, font_cache)
        return made[grid]

    return composer


@pytest.fixture(scope="module")
def composer(composers: Callable[[Grid], Composer]) -> Composer:
    return composers(BROADSHEET)


@pytest.fixture(scope="module")
def maker(composers: Callable[[Grid], Composer]) -> Callable[..., Maker]:
    """A maker of a page, by default a broadsheet's."""

    def made(brief: PageBrief, grid: Grid = BROADSHEET) -> Maker:
        return Maker(brief, grid, composers(grid))

    return made
