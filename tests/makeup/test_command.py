"""makeup_page, and how a page is read from the desk."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.desk.pages import place
from articles.makeup.briefs import brief_of, grid_of
from articles.makeup.fonts import Fonts
from articles.models import PageFormat
from tests.cast import Cast
from tests.makeup.sheets import HEADLINES, SENTENCES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def laid(cast: Cast, number: int) -> Any:
    page = cast.page(cast.issue())
    for headline in HEADLINES[:number]:
        body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
        place(cast.duty, page.pk, cast.draft(headline, body=body).pk)
    return page


@pytest.mark.fonts
def test_a_page_is_written_with_its_picture_and_areas(cast: Cast, page_fonts: Fonts, tmp_path: Path) -> None:
    page = laid(cast, 3)
    out = StringIO()
    call_command(
        "makeup_page",
        "latest",
        page.code,
        "--publication",
        cast.publication.slug,
        "--format",
        "四开",
        "--out",
        str(tmp_path),
        stdout=out,
    )
    document = pypdfium2.PdfDocument((tmp_path / "page.pdf").read_bytes())
    assert len(document) == 1
    document.close()
    areas = json.loads((tmp_path / "areas.json").read_text(encoding="utf-8"))
    assert len([area for area in areas["areas"] if area["key"].startswith("story-")]) == 3
    assert (tmp_path / "page.png").stat().st_size > 10_000
    assert "faults               none" in out.getvalue() and "blank" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["2020-01-01", "01"], "no such issue"),
        (["latest", "99"], "no such page"),
        (["latest", "01", "--publication", "nowhere"], "No such publication"),
        (["latest", "01"], "several publications"),
    ],
)
def test_what_is_not_there_is_said(cast: Cast, arguments: list[str], word: str) -> None:
    laid(cast, 1)
    if word not in ("several publications", "No such publication"):
        arguments = [*arguments, "--publication", cast.publication.slug]
    with pytest.raises(CommandError, match=word):
        call_command("makeup_page", *arguments)


def test_a_brief_takes_as_many_queries_for_two_stories_as_for_six(cast: Cast, tmp_path: Path) -> None:
    counts = []
    for number in (2, 6):
        page = laid(cast, number)
        grid = grid_of(PageFormat.objects.get(name="对开"))
        page = type(page).objects.select_related("issue__publication__masthead").get(pk=page.pk)
        with CaptureQueriesContext(connection) as asked:
            brief = brief_of(page, grid, tmp_path)
        assert len(brief.stories) == number
        counts.append(len(asked))
    assert counts[0] == counts[1]
