"""Search for readers: what is public now, the newest first, with the words marked where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from articles.models import PublicEntry, PublishedArticle, PublishedIssue, PublishedPlacement
from articles.search.finding import ENOUGH, all_matches, matching
from articles.search.marks import Piece, marked, snippet
from articles.search.question import MOST_CHARACTERS, MOST_PHRASES, Question, Unanswerable, ask
from articles.site.answers import REFUSED_SECONDS, next_change, now_of, page, public, rendered
from articles.site.chrome import Paper, SectionName
from articles.site.excerpts import OPENING, paragraphs
from articles.site.teasers import PER_PAGE, Teaser, teasers

_LONGEST_NAME = 40
_MOST_PLACES = 2**63


class WrongWish(Exception):
    """Something in the address cannot be meant; the message says what to do instead."""


@dataclass(frozen=True)
class Wish:
    """What a reader asks for. `question` is empty where there is nothing to look for yet."""

    q: str
    question: Question
    since: date | None = None
    until: date | None = None
    section: SectionName | None = None
    reporter: str = ""
    issue: date | None = None
    before: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.since or self.until or self.section or self.reporter or self.issue)

    @property
    def parts(self) -> dict[str, str]:
        """The wish as parts of an address, without the page."""
        parts = {
            "q": self.q,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "section": str(self.section.pk) if self.section else "",
            "reporter": self.reporter,
            "issue": self.issue.isoformat() if self.issue else "",
        }
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True)
class Result:
    """A story that was found. Pieces are text: the template escapes them."""

    story: Teaser
    kicker: Sequence[Piece]
    headline: Sequence[Piece]
    deck: Sequence[Piece]
    text: Sequence[Piece]


@dataclass(frozen=True)
class Found:
    """One page of what was found. `count`: of everything; None: more than ENOUGH. `following`: where the next page
    begins, None: there is none."""

    copies: Sequence[Any]
    count: int | None
    following: int | None


@public
def search(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Four queries at most, whatever is found. 400, without any, for what cannot be asked."""
    path = reverse("site:search", args=[paper.slug])
    context: dict[str, Any] = {"is_search": True, "path": path, "enough": ENOUGH}
    try:
        wish = _wish(request.GET, paper)
    except WrongWish as wrong:
        typed = request.GET.get("q", "")[:MOST_CHARACTERS].replace("\x00", "")
        body = rendered("site/search.html", paper, {**context, "wrong": str(wrong), "wish": {"q": typed}})
        response = HttpResponse(body, status=400)
        patch_cache_control(response, public=True, max_age=REFUSED_SECONDS)
        return response
    context["wish"] = wish
    if not wish.question:
        return page(request, "site/search.html", paper, context)
    now = now_of(request)
    found = _found(_narrowed(paper, wish, now), wish)
    context |= {
        "results": _results(found.copies, paper, wish.question),
        "count": found.count,
        "first": wish.before is None,
        "newest": f"{path}?{urlencode(wish.parts)}",
        "older": f"{path}?{urlencode({**wish.parts, 'before': found.following})}" if found.following else "",
    }
    return page(request, "site/search.html", paper, context, edge=next_change(paper, now))


@public
def description(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The OpenSearch description: browsers offer the paper among their search engines."""
    address = request.build_absolute_uri(reverse("site:search", args=[paper.slug]))
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return page(request, "site/opensearch.xml", paper, {"address": address}, content_type=kind)


# --- what is asked ------------------------------------------------------------------------------------------------


def _wish(given: QueryDict, paper: Paper) -> Wish:
    """Raises WrongWish. Nothing but these names is looked at."""
    q = given.get("q", "")
    try:
        question = ask(q)
        reporter = given.get("reporter", "").strip()
        if len(reporter) > _LONGEST_NAME or "\x00" in reporter:
            raise WrongWish(_("Nobody has so long a name. Give one name as it is printed."))
        if reporter:
            question = question.by(reporter)
    except Unanswerable as why:
        raise WrongWish(_sentence(why.reason)) from None
    return Wish(
        q=" ".join(q.split()),
        question=question,
        since=_day(given.get("from", "")),
        until=_day(given.get("to", "")),
        section=_section(given.get("section", ""), paper),
        reporter=reporter,
        issue=_day(given.get("issue", "")),
        before=_before(given.get("before")),
    )


def _sentence(reason: str) -> str:
    return {
        "long": _("That is too long to look for. Give at most %(most)s characters, a few words are enough.")
        % {"most": MOST_CHARACTERS},
        "many": _("Those are too many words. Give at most %(most)s.") % {"most": MOST_PHRASES},
        "binary": _("There are characters in it that no text has. Type the words anew."),
        "nothing": _("There is no word in it to look for. Give at least one character, letter or number."),
    }[reason]


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise WrongWish(_("That is no date. Write it as 2030-01-31.")) from None


def _section(value: str, paper: Paper) -> SectionName | None:
    if not value:
        return None
    section = paper.section(int(value)) if value.isascii() and value.isdecimal() and len(value) < 19 else None
    if section is None:
        raise WrongWish(_("The paper has no such section. Choose one of the list."))
    return section


def _before(value: str | None) -> int | None:
    if not value:
        return None
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 20 and int(digits) < _MOST_PLACES):
        raise WrongWish(_("There is no such page of this list. Search anew."))
    return int(value)


# --- what is found --------------------------------------------------------------------------------------------------


def _narrowed(paper: Paper, wish: Wish, now: datetime) -> QuerySet[PublishedArticle]:
    """The public stories of the paper that may be found by this wish, before its words are looked for."""
    copies = PublishedArticle.objects.published(now).filter(publication=paper.pk)
    copies = copies.annotate(place=F("search_entry__place"))
    if wish.since is not None:
        copies = copies.filter(search_entry__place__gte=_begin_of(wish.since, paper))
    if wish.until is not None:
        after = _begin_of(wish.until + timedelta(days=1), paper) if wish.until < date.max else _MOST_PLACES - 1
        copies = copies.filter(search_entry__place__lt=after)
    if wish.section is not None:
        copies = copies.filter(section=wish.section.pk)
    if wish.issue is not None:
        issues = PublishedIssue.objects.published(now).filter(publication=paper.pk, date=wish.issue)
        printed = PublishedPlacement.objects.published(now).filter(
            article=OuterRef("article"), published_page__published_issue__in=issues
        )
        copies = copies.filter(Exists(printed))
    return copies


def _begin_of(day: date, paper: Paper) -> int:
    try:
        return PublicEntry.first_place(datetime.combine(day, time.min, paper.zone))
    except (OverflowError, ValueError):
        # The first and the last days of the calendar have no such moment in every zone.
        return 0


def _found(copies: QuerySet[PublishedArticle], wish: Wish) -> Found:
    places = all_matches(copies, wish.question, "place")
    in_order = copies.order_by("-place")
    if places is None:
        later = in_order if wish.before is None else in_order.filter(search_entry__place__lt=wish.before)
        rows = list(matching(later, wish.question)[: PER_PAGE + 1])
        more = len(rows) > PER_PAGE
        return Found(rows[:PER_PAGE], None, rows[PER_PAGE - 1].place if more else None)  # type: ignore[attr-defined]
    left = sorted((place for (place,) in places if wish.before is None or place < wish.before), reverse=True)
    shown = left[:PER_PAGE]
    rows = list(in_order.filter(search_entry__place__in=shown)) if shown else []
    return Found(rows, len(places), shown[-1] if len(left) > PER_PAGE else None)


def _results(copies: Iterable[Any], paper: Paper, question: Question) -> list[Result]:
    copies = list(copies)
    for copy in copies:
        # What a list reads instead of the body, which is here whole.
        copy.opening = copy.body[:OPENING]
    return [
        Result(
            story,
            marked(story.kicker, question),
            marked(story.headline, question),
            marked(story.deck, question),
            snippet(_texts(copy), question) or [Piece(story.text)],
        )
        for copy, story in zip(copies, teasers(copies, paper), strict=True)
    ]


def _texts(copy: PublishedArticle) -> list[str]:
    return [
        *paragraphs(copy.body),
        copy.summary,
        *(row.get("caption", "") for row in copy.photos),
    ]
