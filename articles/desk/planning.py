"""Planning: an issue with the pages its weekday usually has, and what those pages are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.exceptions import IllegalTransition, NotAllowed
from articles.models import Issue, Page, PagePattern, Publication, Section, Weekday
from articles.permissions import Person, can_keep_patterns, can_plan_issues

MOST_PAGES = 120


@dataclass(frozen=True)
class PlannedPage:
    """A page as a pattern has it. `sections`: keys of the paper's sections whose stories it usually holds."""

    code: str
    label: str = ""
    sections: Sequence[int] = field(default_factory=tuple)


def plan_issue(
    user: Any,
    publication_id: int,
    day: date,
    *,
    edition: str = Issue.Edition.MAIN,
    now: datetime | None = None,
) -> Issue:
    """Make the issue of a day with the next serial number and the pages of the weekday's pattern (none: no pages).

    It leaves no event: an issue with which nothing has happened yet may be deleted again. Raises NotAllowed, and
    IllegalTransition where the day already has an issue of this edition.
    """
    with transaction.atomic():
        publication = _lock(publication_id)
        if not can_plan_issues(Person.of(user, now), publication.pk):
            raise NotAllowed(_("Only layout artists, the duty editor and the editor-in-chief plan issues."))
        if Issue.objects.filter(publication=publication, date=day, edition=edition).exists():
            raise IllegalTransition(_("This day already has an issue of this edition."))
        issue = Issue.objects.create(
            publication=publication, date=day, edition=edition, serial_no=next_serial_no(publication)
        )
        for pattern in patterns_of(publication, Weekday.of(day)):
            page = Page.objects.create(
                issue=issue, code=pattern.code, position=pattern.position, label=pattern.label
            )
            page.sections.set(pattern.sections.all())
        return issue


def next_serial_no(publication: Publication) -> int | None:
    """One more than the highest; 1 for a paper's first issue; none for a paper that does not number its issues."""
    issues = Issue.objects.filter(publication=publication)
    last = issues.aggregate(number=Max("serial_no"))["number"]
    if last is None:
        return None if issues.exists() else 1
    return last + 1


def patterns_of(publication: Publication, weekday: int) -> list[PagePattern]:
    """The pages that an issue of this weekday has, in order."""
    rows = PagePattern.objects.filter(publication=publication, weekday=weekday)
    return list(rows.prefetch_related("sections").order_by("position", "pk"))


def keep_pattern(
    user: Any,
    publication_id: int,
    weekday: int,
    pages: Sequence[PlannedPage],
    *,
    now: datetime | None = None,
) -> None:
    """Let these be the pages of a weekday from now on, in this order. Issues that exist keep theirs.

    Raises NotAllowed, and ValidationError where a code stands twice or a section is another paper's.
    """
    with transaction.atomic():
        publication = _lock(publication_id)
        _check_keeper(user, publication, now)
        _write(publication, Weekday(weekday), pages)


def copy_pattern(
    user: Any, publication_id: int, weekday: int, to: Iterable[int], *, now: datetime | None = None
) -> None:
    """Give other weekdays the pages of this one, in place of theirs. Raises NotAllowed."""
    with transaction.atomic():
        publication = _lock(publication_id)
        _check_keeper(user, publication, now)
        pages = [
            PlannedPage(row.code, row.label, [section.pk for section in row.sections.all()])
            for row in patterns_of(publication, Weekday(weekday))
        ]
        for other in sorted(set(to) - {weekday}):
            _write(publication, Weekday(other), pages)


def _lock(publication_id: int) -> Publication:
    # Stories and issues refer to the publication all the time: the weaker lock does not stand in their way.
    return Publication.objects.select_for_update(no_key=True).get(pk=publication_id)


def _check_keeper(user: Any, publication: Publication, now: datetime | None) -> None:
    if not can_keep_patterns(Person.of(user, now), publication.pk):
        raise NotAllowed(
            _(
                "Only layout artists, the duty editor, the editor-in-chief and administrators keep page patterns."
            )
        )


def _write(publication: Publication, weekday: Weekday, pages: Sequence[PlannedPage]) -> None:
    if len(pages) > MOST_PAGES:
        raise ValidationError(_("These are more pages than an issue can have."))
    own = set(Section.objects.filter(publication=publication).values_list("pk", flat=True))
    PagePattern.objects.filter(publication=publication, weekday=weekday).delete()
    for position, page in enumerate(pages, start=1):
        if not set(page.sections) <= own:
            raise ValidationError(_("These sections are not all of this publication. Choose again."))
        row = PagePattern(
            publication=publication, weekday=weekday, position=position, code=page.code, label=page.label
        )
        row.full_clean()
        row.save()
        row.sections.set(page.sections)
