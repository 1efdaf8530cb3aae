"""The whole sample paper, in an empty installation only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.makeup import workshop
from articles.makeup.fonts import FontsMissing
from articles.models import Article, Delivery, Issue, PageFormat, PageProof, Publication, ReviewStage, Section
from articles.models.publication import Role
from media_library.models import Photo
from newsroom.demo import content, people, photos
from newsroom.demo.staging import Stage

PAPER = {
    "name": "望潮日报",
    "slug": "wangchao",
    "cn_number": "CN 33-0000",
    "sponsor": "望潮市新闻传媒中心",
    "publisher": "望潮日报社",
    "address": "望潮市灯塔路18号",
}
PAGE_FORMAT = "四开"
REVIEW = (("初审", Role.SECTION_EDITOR), ("复审", Role.DUTY_EDITOR), ("终审", Role.EDITOR_IN_CHIEF))

# Drawn pictures, kept beside the data: an interrupted first run does not draw them again.
CACHE = "demo-pictures"


class NotEmpty(Exception):
    """There is content already; the message says what, that nothing was changed, and what to do."""


class NamesTaken(NotEmpty):
    """Somebody has an account by one of the user names the sample paper needs."""


@dataclass(frozen=True)
class Built:
    """What was made: how many stories, issues and photos, the file with the accounts, and whether its pages were
    made up."""

    stories: int
    issues: int
    photos: int
    logins: Path
    printed: bool = True


def require_empty() -> None:
    """Raise NotEmpty unless the installation has neither a publication nor an account by one of our names."""
    paper = Publication.objects.first()
    if paper is not None:
        raise NotEmpty(
            _(
                "There is a publication here already (%(name)s). Sample content is only written into an empty "
                "installation; nothing was changed. To see it, start a second one: make run PORT=8001 "
                "NEWSROOM_VAR=/another/folder"
            )
            % {"name": paper}
        )
    names = people.taken_usernames()
    if names:
        raise NamesTaken(
            _(
                "The sample paper needs the user names %(names)s, and somebody has them already. Nothing was "
                "changed. Rename those accounts, or go on without sample content: manage.py runall --empty"
            )
            % {"names": ", ".join(names)}
        )


def build(now: datetime | None = None) -> Built:
    """Write the sample content, as if the desk had worked until `now`. Raises NotEmpty.

    Photos come first, each committed for itself; everything else is one transaction. Interrupted at any moment, it
    can simply be run again: the photos are found, and of the rest there is nothing.
    """
    now = now or timezone.now()
    require_empty()
    hung = photos.hang(photos.negatives(), settings.VAR / CACHE)
    with transaction.atomic():
        # Somebody may have begun a paper while we were drawing.
        require_empty()
        publication = Publication.objects.create(**PAPER, **printed())
        sections = {
            name: Section.objects.create(publication=publication, name=name, position=position)
            for position, name in enumerate(content.SECTIONS, start=1)
        }
        staff = people.hire(publication, sections)
        for position, (name, role) in enumerate(REVIEW, start=1):
            ReviewStage.objects.create(publication=publication, name=name, position=position, role=role)
        try:
            _play(Stage(publication, staff, sections, hung, now))
            _date_back(publication, staff, hung)
            # Before the commit, so that there is never an account whose password nobody knows.
            logins = people.write_logins(settings.VAR, staff.passwords)
        except BaseException:
            _take_away_proofs()
            raise
    return Built(
        stories=publication.articles.count(),
        issues=publication.issues.count(),
        photos=len(hung),
        logins=logins,
        printed=publication.printing == Publication.Printing.MAKEUP,
    )


def printed() -> dict[str, Any]:
    """Pages are made up where the machine has the fonts for it; elsewhere the paper is on the web alone."""
    try:
        workshop.page_fonts()
    except FontsMissing:
        return {}
    page_format = PageFormat.objects.filter(name=PAGE_FORMAT).first()
    if page_format is None:
        return {}
    return {"printing": Publication.Printing.MAKEUP, "page_format": page_format}


def _take_away_proofs() -> None:
    """The files of proofs whose rows are about to be rolled back: in a moment nobody knows of them."""
    for proof in PageProof.objects.all():
        for name in proof.file_names():
            default_storage.delete(name)


def _play(stage: Stage) -> None:
    today = stage.today
    stage.plan()

    def issue(name: str) -> tuple[date, list[content.Story]]:
        day = today + timedelta(days=content.ISSUES[name])
        return day, content.load(name, day)

    for name in ("before", "yesterday"):
        day, stories = issue(name)
        stage.mend(day, stories, stage.bring_out(day, stories))
    stage.bring_out(*issue("today"))
    stage.schedule(*issue("tomorrow"))
    stage.leave_on_desk(content.load(content.DESK, today))


def _date_back(publication: Publication, staff: people.Staff, hung: dict[str, Photo]) -> None:
    """Give the rows that date themselves the dates of the history that was played, and let the past be past."""
    for article in Article.objects.filter(publication=publication).annotate(
        first=Min("events__at"), last=Max("events__at")
    ):
        Article.objects.filter(pk=article.pk).update(created_at=article.first, updated_at=article.last)
    for issue in Issue.objects.filter(publication=publication).annotate(first=Min("events__at")):
        Issue.objects.filter(pk=issue.pk).update(created_at=issue.first)
    # A photo came in shortly before the first story that shows it.
    for photo in Photo.objects.filter(pk__in=[photo.pk for photo in hung.values()]).annotate(
        shown=Min("uses__article__created_at")
    ):
        Photo.objects.filter(pk=photo.pk).update(
            uploaded_by=staff.users["picture"],
            created_at=photo.shown - timedelta(minutes=20),
            taken_at=photo.shown - timedelta(hours=2),
        )
    # Nobody wants mail today about what an invented desk did yesterday.
    Delivery.objects.filter(event__publication=publication).update(delivered_at=timezone.now())
