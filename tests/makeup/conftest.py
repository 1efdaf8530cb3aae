"""The fonts of a page, or a word why there are none; a composer that tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.makeup import fonts
from articles.makeup.composer import Composer
from tests import requires
from tests.makeup.sheets import CACHE, TABLOID


@pytest.fixture(scope="session")
def page_fonts() -> fonts.Fonts:
    try:
        return fonts.find()
    except fonts.FontsMissing as missing:
        requires.require(f"what a page is set in ({missing})", None)
        raise


@pytest.fixture(scope="session")
def composer(page_fonts: fonts.Fonts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composer]:
    folder: Path = tmp_path_factory.mktemp("composer")
    yield Composer(folder, page_fonts, TABLOID, CACHE)
