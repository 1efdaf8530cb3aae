"""Whether a paper is set up so that its desk can work; what is missing is said before a story is stuck."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.models import Membership, Publication
from articles.models.publication import Role
from articles.permissions import LEADS, WRITERS


def seats_on(day: date) -> QuerySet[Membership]:
    """The seats that hold on this day, of accounts that may log in."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return Membership.objects.filter(begun, lasting, user__is_active=True)


def gaps(paper: Publication, day: date) -> list[str]:
    """What keeps the desk of this paper from working on this day, one sentence each (three queries)."""
    stages = list(paper.stages.all())
    holders: dict[str, set[int]] = {}
    for role, user in seats_on(day).filter(publication=paper).values_list("role", "user"):
        holders.setdefault(role, set()).add(user)
    found = []
    if not stages:
        found.append(_("There is no review stage, so no story can be handed in."))
    for stage in stages:
        if not holders.get(stage.role):
            found.append(
                _(
                    "“%(stage)s” is taken by “%(role)s”, and nobody has this role now: stories would wait there."
                )
                % {"stage": stage, "role": Role(stage.role).label}
            )
    people = [holders.get(stage.role, set()) for stage in stages]
    if all(people) and not paper.one_person_may_review_twice and not each_their_own(people):
        found.append(
            _("There are too few people for the review stages: nobody takes two of them for one story.")
        )
    if not any(holders.get(role) for role in WRITERS):
        found.append(_("Nobody may write stories."))
    if not any(holders.get(role) for role in LEADS):
        found.append(
            _("There is neither a duty editor nor an editor-in-chief: nobody can schedule an issue.")
        )
    if not paper.sections.filter(is_active=True).exists():
        found.append(_("There is no section in use. The site and the pages are ordered by sections."))
    return found


def each_their_own(groups: Sequence[set[int]]) -> bool:
    """Whether somebody else can be taken from every group: a matching, found by letting people change places."""
    taken: dict[int, int] = {}

    def place(group: int, tried: set[int]) -> bool:
        for person in groups[group] - tried:
            tried.add(person)
            if person not in taken or place(taken[person], tried):
                taken[person] = group
                return True
        return False

    return all(place(group, set()) for group in range(len(groups)))


def roles_on(day: date, paper: Publication) -> Mapping[str, list[str]]:
    """Who holds which role of the paper on this day, by name (one query)."""
    found: dict[str, list[str]] = {}
    for seat in seats_on(day).filter(publication=paper).select_related("user").order_by("pk"):
        name = seat.user.get_full_name() or seat.user.get_username()
        found.setdefault(seat.role, []).append(name)
    return found
