"""The whole sample paper, in an empty installation only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Delivery, Issue, Publication, ReviewStage, Section
from articles.models.publication import Role
from media_library.models import Photo
from newsroom.demo import content, people, photos
from newsroom.demo.staging import Stage, spoken

PAPER = {
    "name": "望潮日报",
    "slug": "wangchao",
    "cn_number": "CN 33-0000",
    "sponsor": "望潮市新闻传媒中心",
    "publisher": "望潮日报社",
    "address": "望潮市灯塔路18号",
}
REVIEW = (("初审", Role.SECTION_EDITOR), ("复审", Role.DUTY_EDITOR), ("终审", Role.EDITOR_IN_CHIEF))


class NotEmpty(Exception):
    """There is content already; the message says what, that nothing was changed, and what to do."""


class NamesTaken(NotEmpty):
    """Somebody has an account by one of the user names the sample paper needs."""


@dataclass(frozen=True)
class Built:
    """What was made: how many stories, issues and photos, and the file with the accounts."""

    stories: int
    issues: int
    photos: int
    logins: Path


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
    hung = photos.hang(_scenes())
    with transaction.atomic():
        # Somebody may have begun a paper while we were drawing.
        require_empty()
        publication = Publication.objects.create(**PAPER)
        staff = people.hire(publication)
        sections = {
            name: Section.objects.create(publication=publication, name=name, position=position)
            for position, name in enumerate(content.SECTIONS, start=1)
        }
        for position, (name, role) in enumerate(REVIEW, start=1):
            ReviewStage.objects.create(publication=publication, name=name, position=position, role=role)
        _play(Stage(publication, staff, sections, hung, now))
        _date_back(publication, staff, hung)
        # Before the commit, so that there is never an account whose password nobody knows.
        logins = people.write_logins(settings.VAR, staff.passwords)
    return Built(
        stories=publication.articles.count(),
        issues=publication.issues.count(),
        photos=len(hung),
        logins=logins,
    )


FILES = ("yesterday", "today", "tomorrow", "desk")


def _scenes() -> list[str]:
    """The scenes that stories use, each once, in the order of the files."""
    used = [use["photo"] for name in FILES for story in content.load(name, {}) for use in story.photos]
    return list(dict.fromkeys(used))


def _play(stage: Stage) -> None:
    today = stage.today
    day = timedelta(days=1)

    def stories(name: str, back: int = 0) -> list[content.Story]:
        """A file's stories, with the days called as they are in the issue of `back` days before today."""
        issue = today - back * day
        return content.load(
            name,
            {
                "today": spoken(issue - day),
                "before": spoken(issue - 2 * day),
                "yesterday": spoken(today - day),
            },
        )

    yesterday = stories("yesterday", back=1)
    live = stage.bring_out(today - day, yesterday)
    stage.mend(yesterday, live)
    stage.bring_out(today, stories("today"))
    stage.schedule(today + day, stories("tomorrow", back=-1))
    stage.leave_on_desk(stories("desk"))


def _date_back(publication: Publication, staff: people.Staff, hung: dict[str, Photo]) -> None:
    """Give the rows that date themselves the dates of the history that was played, and let the past be past."""
    for article in Article.objects.filter(publication=publication).annotate(
        first=Min("events__at"), last=Max("events__at")
    ):
        Article.objects.filter(pk=article.pk).update(created_at=article.first, updated_at=article.last)
    for issue in Issue.objects.filter(publication=publication).annotate(first=Min("events__at")):
        Issue.objects.filter(pk=issue.pk).update(created_at=issue.first)
    began = Article.objects.filter(publication=publication).aggregate(first=Min("created_at"))["first"]
    Photo.objects.filter(pk__in=[photo.pk for photo in hung.values()]).update(
        uploaded_by=staff.users["picture"], created_at=began - timedelta(hours=1)
    )
    # Nobody wants mail today about what an invented desk did yesterday.
    Delivery.objects.filter(event__publication=publication).update(delivered_at=timezone.now())
