"""A paper that prints elsewhere, with an issue of two pages, and PDFs of them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile

from articles.desk import pages
from articles.models import Article, Issue, Page, PageProof, PressFile, Publication
from articles.press import work
from articles.press.uploads import upload_pdf
from tests.cast import Cast
from tests.press import corpus, requires_fonts
from tests.press.corpus import Printed, Story


@cache
def printed() -> tuple[Printed, ...]:
    """Two pages in one PDF, with a jump; set once for all tests of a process."""
    requires_fonts()
    return tuple(corpus.own_pages(1))


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Any:
    """Public and private storage in a folder of the test's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path / "private")
    settings.STORAGES = {
        name: {**spec, "OPTIONS": {**spec["OPTIONS"], "location": str(where)}} if where else spec
        for (name, spec), where in (
            (item, {"default": settings.MEDIA_ROOT, "private": settings.PRIVATE_MEDIA_ROOT}.get(item[0]))
            for item in settings.STORAGES.items()
        )
    }
    return SimpleNamespace(public=tmp_path / "media", private=tmp_path / "private", var=tmp_path)


@dataclass
class Press:
    """The desk of a paper with press PDFs: `press.upload()`, `press.work()`, `press.proof()`."""

    cast: Cast
    issue: Issue
    pages: list[Page]

    def upload(
        self, data: bytes | None = None, *, page: Page | None = None, name: str = "A叠.pdf"
    ) -> PressFile:
        data = printed()[0].pdf if data is None else data
        return upload_pdf(
            self.cast.layout,
            self.issue.pk,
            ContentFile(data, name),
            page_id=page.pk if page else None,
            filename=name,
        )

    def work(self) -> list[work.Outcome]:
        """What workers would do, once."""
        return work.sweep()

    def place(self, number: int = 0) -> dict[int, Article]:
        """The stories that are printed on a page, as approved drafts on that page of the issue: key → story."""
        placed = {}
        for story in corpus.stories():
            if story.key in printed()[number].places:
                placed[story.key] = self.story(story)
                pages.place(self.cast.duty, self.pages[number].pk, placed[story.key].pk)
        return placed

    def story(self, story: Story) -> Article:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        existing = Article.objects.filter(headline=story.headline).first()
        return existing or self.cast.approved(story.headline, deck=story.deck[:200], body=body)

    def proof(self, number: int = 0) -> PageProof:
        """A ready proof of a page of the issue, made of that page of the PDF."""
        from articles.press.uploads import hand_out

        file = self.upload()
        self.work()
        (proof,) = hand_out(self.cast.layout, file.pk, {number: self.pages[number].pk})
        self.work()
        proof.refresh_from_db()
        assert proof.state == PageProof.State.READY, proof.problem
        return proof


@pytest.fixture
def press(cast: Cast, media: Any) -> Press:
    Publication.objects.filter(pk=cast.publication.pk).update(printing=Publication.Printing.PRESS)
    cast.publication.refresh_from_db()
    issue = cast.issue()
    return Press(cast, issue, [cast.page(issue, "01", "要闻"), cast.page(issue, "02", "民生")])
