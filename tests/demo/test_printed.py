"""The sample paper in print: where there are fonts, its pages are made up before they are signed off."""

from types import SimpleNamespace
from typing import Any

from articles.desk import pages
from articles.makeup import fonts, runner, workshop
from articles.models import PageFormat, Publication
from newsroom.demo import build as demo
from newsroom.demo.staging import Stage
from tests.cast import Cast
from tests.demo.conftest import NOW


def test_without_fonts_the_sample_paper_is_on_the_web_alone(db: None, monkeypatch: Any) -> None:
    def none() -> None:
        raise fonts.FontsMissing(["fonts-noto-cjk"])

    monkeypatch.setattr(workshop, "page_fonts", none)
    assert demo.printed() == {}


def test_with_fonts_its_pages_are_made_up_on_the_tabloid_sheet(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(workshop, "page_fonts", lambda: fonts.Fonts({}))
    given = demo.printed()
    assert (given["printing"], given["page_format"].name) == (Publication.Printing.MAKEUP, "四开")


def test_a_page_is_made_up_by_the_layout_artist(cast: Cast, monkeypatch: Any) -> None:
    made: list[int] = []
    monkeypatch.setattr(runner, "make", lambda pk, now=None: made.append(pk))
    Publication.objects.update(printing="makeup", page_format=PageFormat.objects.get(name=demo.PAGE_FORMAT))
    page = cast.page(cast.issue())
    pages.place(cast.layout, page.pk, cast.approved().pk)
    staff = SimpleNamespace(users={"layout": cast.layout})
    Stage(cast.publication, staff, {}, {}, NOW).set_type(page, NOW)  # type: ignore[arg-type]
    proof = page.proofs.get()
    assert made == [proof.pk]
    assert (proof.requested_by, proof.requested_at) == (cast.layout, NOW)
