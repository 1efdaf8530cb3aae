"""Who may do what. Everybody asks here: verbs, admin, intake. When a thing may be done is `states.py`'s matter.

A `Person` is a user with the seats (current memberships) they hold; `why_not` gives the sentence that refuses, or None.
Being a superuser gives no right over content: accounts and settings only.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Intake, Issue, Membership, Page, PageProof, Publication, Review
from articles.models.publication import Role
from articles.states import Status, Verb

Account = AbstractBaseUser | AnonymousUser
Sentence = Any  # a lazy translated string
Thing = Article | Issue | Page

ALL_SECTIONS: frozenset[int] = frozenset()

LEADS = frozenset({Role.DUTY_EDITOR, Role.EDITOR_IN_CHIEF})
EDITORS = LEADS | {Role.SECTION_EDITOR}
WRITERS = EDITORS | {Role.REPORTER, Role.PICTURE_EDITOR}
READ_ALL = EDITORS | {Role.PICTURE_EDITOR, Role.LAYOUT_ARTIST, Role.PROOFREADER}


@dataclass(frozen=True)
class Seat:
    """One current membership. No sections named means all of them. `paper`: the publication's name, to be shown."""

    publication_id: int
    role: str
    sections: frozenset[int] = ALL_SECTIONS
    paper: str = ""

    def covers(self, section_id: int | None) -> bool:
        return not self.sections or section_id in self.sections


@dataclass(frozen=True)
class Person:
    """A user with the seats held at one moment. Build it once per request or verb; it does not look again."""

    user: Any
    seats: tuple[Seat, ...]

    @classmethod
    def of(cls, user: Account, now: datetime | None = None) -> Self:
        """Read the seats that `user` holds at `now` (one query). A disabled account holds none."""
        if not user.is_active or user.pk is None:
            return cls(user, ())
        now = now or timezone.now()
        # A row for each section of a membership, one without where none is named.
        rows = Membership.objects.filter(user=user.pk).select_related("publication")
        held: dict[int, tuple[Membership, set[int]]] = {}
        for row in rows.annotate(section=F("sections")):
            _membership, sections = held.setdefault(row.pk, (row, set()))
            if row.section is not None:
                sections.add(row.section)
        return cls(
            user,
            tuple(
                Seat(row.publication_id, row.role, frozenset(sections), row.publication.name)
                for row, sections in held.values()
                if _holds(row, now)
            ),
        )

    @property
    def publications(self) -> frozenset[int]:
        return frozenset(seat.publication_id for seat in self.seats)

    def has_role(self, roles: Collection[str], publication_id: int) -> bool:
        """Whether one of these roles is held in the publication, in whatever section."""
        return any(seat.publication_id == publication_id and seat.role in roles for seat in self.seats)

    def has_role_for(self, roles: Collection[str], article: Article) -> bool:
        """Whether one of these roles is held for the story's section."""
        return any(
            seat.publication_id == article.publication_id
            and seat.role in roles
            and seat.covers(article.section_id)
            for seat in self.seats
        )

    def wrote(self, article: Article) -> bool:
        """Whether this person is an author of the story: its creator, or a name in its byline."""
        if article.created_by_id == self.user.pk:
            return True
        return any(
            byline.reporter.user_id == self.user.pk for byline in article.bylines.select_related("reporter")
        )


def _holds(row: Membership, now: datetime) -> bool:
    today = timezone.localdate(now, row.publication.zone)
    return (row.valid_from is None or row.valid_from <= today) and (
        row.valid_until is None or today <= row.valid_until
    )


# --- rules: each answers None (allowed) or the sentence why not --------------------------------------------------

_NOT_YOURS = _("Only its authors and the editors of its section may do this.")
_EDITORS_ONLY = _("Only editors of its section, the duty editor and the editor-in-chief may do this.")
_LEADS_ONLY = _("Only the duty editor and the editor-in-chief may do this.")
_LAYOUT_ONLY = _("Only layout artists, the duty editor and the editor-in-chief may do this.")


def _author_or_editor(person: Person, article: Article) -> Sentence | None:
    author = person.wrote(article) and person.has_role(WRITERS, article.publication_id)
    return None if author or person.has_role_for(EDITORS, article) else _NOT_YOURS


def _editor(person: Person, article: Article) -> Sentence | None:
    return None if person.has_role_for(EDITORS, article) else _EDITORS_ONLY


def _lead(person: Person, thing: Thing) -> Sentence | None:
    return None if person.has_role(LEADS, publication_of(thing)) else _LEADS_ONLY


def _layout(person: Person, thing: Thing) -> Sentence | None:
    return None if person.has_role(LEADS | {Role.LAYOUT_ARTIST}, publication_of(thing)) else _LAYOUT_ONLY


def _edit(person: Person, article: Article) -> Sentence | None:
    if article.status != Status.REVIEW:
        return _author_or_editor(person, article)
    if article.stage is None or not person.has_role_for([article.stage.role], article):
        return _("The story is in review: only the reviewer of the current stage may change it.")
    return _not_an_author(person, article)


def _approve(person: Person, article: Article) -> Sentence | None:
    if article.stage is not None and not person.has_role_for([article.stage.role], article):
        return _("This stage is taken by somebody with another role.")
    if article.stage is None and not person.has_role_for(EDITORS, article):
        return _EDITORS_ONLY
    return _not_an_author(person, article) or _not_a_second_time(person, article)


def _not_an_author(person: Person, article: Article) -> Sentence | None:
    if not article.publication.one_person_may_review_twice and person.wrote(article):
        return _("Nobody reviews their own story. Another editor must do it.")
    return None


def _not_a_second_time(person: Person, article: Article) -> Sentence | None:
    if article.publication.one_person_may_review_twice or article.status != Status.REVIEW:
        return None
    approved = article.reviews.filter(
        round=article.review_round, decision=Review.Decision.APPROVE, reviewer=person.user
    )
    if approved.exists():
        return _("You have already approved an earlier stage. Every stage is taken by another person.")
    return None


def _send_back(person: Person, article: Article) -> Sentence | None:
    if person.has_role_for(LEADS, article):
        return None
    if article.stage is not None and person.has_role_for([article.stage.role], article):
        return None
    return _("Only the reviewer of the current stage, the duty editor and the editor-in-chief may do this.")


def _recall(person: Person, article: Article) -> Sentence | None:
    if person.wrote(article) and person.has_role(WRITERS, article.publication_id):
        return None
    return _("Only an author of the story may take it back from review.")


def _review_afterwards(person: Person, article: Article) -> Sentence | None:
    if not person.has_role_for(LEADS, article):
        return _LEADS_ONLY
    signed = article.reviews.filter(decision=Review.Decision.EMERGENCY).order_by("-created_at", "-pk").first()
    if signed is not None and signed.reviewer_id == person.user.pk:
        return _("You gave the emergency signature. Somebody else must review the story.")
    return _not_an_author(person, article)


RULES: dict[Verb, Callable[[Person, Any], Sentence | None]] = {
    Verb.EDIT: _edit,
    Verb.SUBMIT: _author_or_editor,
    Verb.APPROVE: _approve,
    Verb.SEND_BACK: _send_back,
    Verb.RECALL: _recall,
    Verb.SPIKE: _editor,
    Verb.UNSPIKE: _editor,
    Verb.PULL: _lead,
    Verb.REVISE: _editor,
    Verb.CORRECT: _lead,
    Verb.PUBLISH_ARTICLE: _lead,
    Verb.WITHDRAW: _lead,
    Verb.REVIEW_AFTERWARDS: _review_afterwards,
    Verb.PLACE: _layout,
    Verb.UNPLACE: _layout,
    Verb.MOVE: _layout,
    Verb.SIGN_OFF_PAGE: _lead,
    Verb.SCHEDULE_ISSUE: _lead,
    Verb.UNSCHEDULE_ISSUE: _lead,
    Verb.HOLD_ISSUE: _lead,
    Verb.RELEASE_ISSUE: _lead,
    Verb.REPLACE_PAGE: _lead,
    Verb.UPLOAD_PDF: _layout,
    Verb.EDIT_AREAS: _layout,
    Verb.MAKE_UP: _layout,
    Verb.CHOOSE_PROOF: _layout,
    Verb.STEER: _layout,
    Verb.KEEP_ITEM: _layout,
    Verb.REMOVE_ITEM: _layout,
}


def why_not(verb: Verb, person: Person, thing: Thing) -> Sentence | None:
    """None where `person` may do `verb` to `thing`, else the sentence that says why not."""
    return RULES[verb](person, thing)


def can(verb: Verb, person: Person, thing: Thing) -> bool:
    return why_not(verb, person, thing) is None


def publication_of(thing: Thing) -> int:
    """The key of the publication that a story, issue or page belongs to."""
    return thing.issue.publication_id if isinstance(thing, Page) else thing.publication_id


# --- what has no verb in the tables --------------------------------------------------------------------------------


def can_sign_in_emergency(person: Person, publication_id: int) -> bool:
    """One signature instead of all stages: the editor-in-chief's alone."""
    return person.has_role([Role.EDITOR_IN_CHIEF], publication_id)


def can_write_for(person: Person, publication_id: int) -> bool:
    """Whether the person may file new stories."""
    return person.has_role(WRITERS, publication_id)


def can_take_in(person: Person, publication_id: int) -> bool:
    """Whether the person may take in raw page text as drafts."""
    return person.has_role(WRITERS, publication_id)


def can_plan_issues(person: Person, publication_id: int) -> bool:
    """Whether the person may make issues and their pages."""
    return person.has_role(LEADS | {Role.LAYOUT_ARTIST}, publication_id)


def can_keep_patterns(person: Person, publication_id: int) -> bool:
    """Whether the person may say which pages a weekday's issue has: who plans issues, and who keeps the settings."""
    keeper = person.user.is_active and person.user.has_perm("articles.change_pagepattern")
    return bool(keeper) or can_plan_issues(person, publication_id)


def can_keep_reporters(person: Person, publication_id: int) -> bool:
    """Whether the person may add and change the names that stand in bylines."""
    return person.has_role(EDITORS, publication_id)


def can_see(person: Person, article: Article) -> bool:
    """Whether the story is among those `visible_to` the person."""
    return person.has_role_for(READ_ALL, article) or (
        article.publication_id in person.publications and person.wrote(article)
    )


def visible_to(person: Person, stories: QuerySet[Article] | None = None) -> QuerySet[Article]:
    """The stories a person may open: an editor's sections, a reporter's own."""
    readers = [seat for seat in person.seats if seat.role in READ_ALL]
    whole = {seat.publication_id for seat in readers if not seat.sections}
    wanted = Q(publication__in=whole)
    for seat in readers:
        if seat.publication_id not in whole:
            wanted |= Q(publication=seat.publication_id, section__in=seat.sections)
    # Who reads a whole paper reads their own in it; without the longer question its lists come from an index.
    if rest := person.publications - whole:
        own = Article.objects.filter(bylines__reporter__user=person.user).values("pk")
        wanted |= Q(publication__in=rest) & (Q(created_by=person.user) | Q(pk__in=own))
    return (Article.objects.all() if stories is None else stories).filter(wanted)


def issues_visible_to(person: Person, issues: QuerySet[Issue] | None = None) -> QuerySet[Issue]:
    """The issues a person may open: those of the publications they work for, unless they only report."""
    publications = [seat.publication_id for seat in person.seats if seat.role in READ_ALL]
    return (Issue.objects.all() if issues is None else issues).filter(publication__in=publications)


def intakes_visible_to(person: Person, intakes: QuerySet[Intake] | None = None) -> QuerySet[Intake]:
    """The raw texts a person may open: one's own, and all of a paper whose stories one may all read."""
    whole = [seat.publication_id for seat in person.seats if seat.role in READ_ALL and not seat.sections]
    wanted = Q(publication__in=whole) | Q(publication__in=person.publications, created_by=person.user.pk)
    return (Intake.objects.all() if intakes is None else intakes).filter(wanted)


def publications_of(person: Person) -> QuerySet[Publication]:
    """The publications in which the person holds a seat."""
    return Publication.objects.filter(pk__in=person.publications)


def fetch_article(person: Person, pk: int) -> Article:
    """The story, if the person may open it; `Article.DoesNotExist` otherwise, as if there were none."""
    return visible_to(person).select_related("publication", "section", "stage").get(pk=pk)


def fetch_issue(person: Person, pk: int) -> Issue:
    """The issue, if the person may open it; `Issue.DoesNotExist` otherwise, as if there were none."""
    return issues_visible_to(person).select_related("publication").get(pk=pk)


def fetch_proof(person: Person, pk: int) -> PageProof:
    """The proof with its page and issue, if the person may open the issue; `PageProof.DoesNotExist` otherwise."""
    visible = issues_visible_to(person)
    return PageProof.objects.select_related("page__issue__publication").get(pk=pk, page__issue__in=visible)
