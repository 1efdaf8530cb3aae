"""The sample paper in print: where there are fonts, its pages are made up before they are signed off."""

from typing import Any

from articles.makeup import fonts, runner, workshop
from articles.models import Page, Publication
from newsroom.demo import build as demo
from newsroom.demo.staging import Stage
from tests.demo.conftest import NOW, Installation


def test_without_fonts_the_sample_paper_is_on_the_web_alone(db: None, monkeypatch: Any) -> None:
    def none() -> None:
        raise fonts.FontsMissing(["fonts-noto-cjk"])

    monkeypatch.setattr(workshop, "page_fonts", none)
    assert demo.printed() == {}


def test_with_fonts_its_pages_are_made_up_on_the_tabloid_sheet(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(workshop, "page_fonts", lambda: fonts.Fonts({}))
    given = demo.printed()
    assert (given["printing"], given["page_format"].name) == (Publication.Printing.MAKEUP, "四开")


def test_a_page_is_made_up_by_the_layout_artist_before_the_duty_editor_signs(
    db: None, sample: Installation, monkeypatch: Any
) -> None:
    publication = Publication.objects.get()
    made: list[int] = []
    monkeypatch.setattr(runner, "make", lambda pk, now=None: made.append(pk))
    Publication.objects.update(printing="makeup", page_format=demo_format())
    page = Page.objects.filter(issue__status="scheduled").first()
    assert page is not None
    issue = page.issue
    issue.status, issue.publish_at = "planning", None
    issue.save()
    stage = Stage(publication, _Staff(), {}, {}, NOW)
    stage.set_type(page, NOW)
    assert made == [page.proofs.get().pk]
    assert page.proofs.get().requested_by.username == "layout"


def demo_format() -> Any:
    from articles.models import PageFormat

    return PageFormat.objects.get(name=demo.PAGE_FORMAT)


class _Staff:
    @property
    def users(self) -> dict[str, Any]:
        from django.contrib.auth.models import User

        return {user.username: user for user in User.objects.all()}
