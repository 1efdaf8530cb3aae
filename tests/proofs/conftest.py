"""A paper that makes its pages up here: a small format, so that a page is made in a blink, and files of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from articles.desk import pages, proofs
from articles.makeup import fonts, runner, workshop
from articles.models import Page, PageFormat, PageProof
from articles.models.publication import Publication
from tests import requires
from tests.cast import Cast, make_cast

LINES = (
    "渡轮夜航试运行以来，往返两岸的市民多了一个回家的选择，末班船由二十一点延到二十三点，票价不变。"
    "码头添了候船的长椅和遮雨的棚子，老船工说，潮水看着人，人也看着潮水。"
)


class Printed(Cast):
    """The cast of a paper with printed pages."""

    def long(self, headline: str, paragraphs: int = 4, **more: Any) -> Any:
        """An approved story of some length."""
        body = "".join(f"<p>{LINES}</p>" for _ in range(paragraphs))
        return self.approved(headline, body=body, **more)

    def filled(self, *lengths: int, code: str = "01", issue: Any = None) -> Page:
        """A page with stories of so many paragraphs, the first with the most weight."""
        page = self.page(issue or self.issue(), code)
        for number, paragraphs in enumerate(lengths, start=1):
            story = self.long(f"第{code}版第{number}条望潮新闻标题", paragraphs)
            pages.place(self.layout, page.pk, story.pk)
        return page

    def proof(self, page: Page, **how: Any) -> PageProof:
        """A finished proof of the page, as the worker makes it."""
        made = [proof for proof in proofs.make_up(self.layout, page.pk, **how) if runner.make(proof.pk)]
        page.refresh_from_db()
        made[-1].refresh_from_db()
        return made[-1]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    """Two storages of the test's own; the public one is returned."""
    backend = "django.core.files.storage.FileSystemStorage"
    public = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": backend, "OPTIONS": {"location": str(public), "base_url": "/media/"}},
        "private": {
            "BACKEND": "media_library.storages.PrivateFileStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }
    return public


def printed_by(cast: Cast) -> None:
    """Let the cast's paper make its pages up, on a small sheet."""
    cast.publication.printing = Publication.Printing.MAKEUP
    cast.publication.page_format, _ = PageFormat.objects.get_or_create(
        name="试印",
        defaults={
            "width_mm": 200,
            "height_mm": 260,
            "columns": 4,
            "column_characters": 12,
            "lines": 50,
            "masthead_lines": 9,
        },
    )
    cast.publication.save()


@pytest.fixture
def paper(db: None) -> Printed:
    cast = make_cast()
    cast.__class__ = Printed
    printed_by(cast)
    return cast  # type: ignore[return-value]


@pytest.fixture
def type_case() -> fonts.Fonts:
    """The fonts that pages are set in."""
    try:
        return workshop.page_fonts()
    except fonts.FontsMissing as missing:
        requires.require(f"{missing} (fonts for pages)", None)
        raise
