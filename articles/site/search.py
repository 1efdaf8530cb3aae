"""Search for readers: what is public now, the newest first, with the words marked where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from articles.models import PublicEntry, PublishedArticle, PublishedIssue, PublishedPlacement
from articles.search import finding
from articles.search.finding import newest
from articles.search.marks import Piece, marked, snippet
from articles.search.question import MOST_CHARACTERS, Question, Unanswerable, ask
from articles.search.tokeniser import facet
from articles.search.wording import sentence
from articles.site.answers import REFUSED_SECONDS, next_change, now_of, page, public, rendered
from articles.site.chrome import Paper, SectionName
from articles.site.excerpts import OPENING, paragraphs
from articles.site.teasers import PER_PAGE, Teaser, teasers

_LONGEST_NAME = 40
_MOST_PLACES = 2**63
# A page, the one after it that says there are more, and as many as may have been replaced by later versions.
_AT_ONCE = PER_PAGE + 8


class WrongWish(Exception):
    """Something in the address cannot be meant; the message says what to do instead."""


@dataclass(frozen=True)
class Wish:
    """What a reader asks for. `question` (the words and the name) is empty where there is nothing to look for yet."""

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
    """One page of what was found. `count`: of everything; None: more than ENOUGH, or not the first page.
    `following`: where the next page begins, None: there is none."""

    copies: Sequence[Any]
    count: int | None
    following: int | None


@public
def search(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Four queries at most, whatever is found. 400, without any, for what cannot be asked."""
    path = reverse("site:search", args=[paper.slug])
    context: dict[str, Any] = {"is_search": True, "path": path, "enough": finding.ENOUGH}
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
    found = _found(paper, wish, now)
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
            question = question.of(_by(reporter))
    except Unanswerable as why:
        raise WrongWish(sentence(why)) from None
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


def _by(name: str) -> str:
    by = facet("by", name)
    if not by:
        raise Unanswerable("nothing")
    return by


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
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


def _found(paper: Paper, wish: Wish, now: datetime) -> Found:
    """One page of what is public and found. Two queries, seldom three."""
    question = wish.question.of(facet("paper", paper.pk))
    if wish.section is not None:
        question = question.of(facet("section", wish.section.pk))
    copies = PublishedArticle.objects.published(now).filter(publication=paper.pk)
    within = None
    if wish.issue is not None:
        copies = copies.filter(article__in=_printed_in(paper, wish.issue, now))
        within = PublicEntry.objects.filter(copy__in=copies.values("pk")).values("place")
    begin, end = _bounds(wish, paper, now)
    places = newest(PublicEntry, question, begin=begin, end=end, within=within)
    return _page(copies, places, count_them=wish.before is None and len(places) <= finding.ENOUGH)


def _bounds(wish: Wish, paper: Paper, now: datetime) -> tuple[int, int]:
    """Between which places the index is asked. What comes out later is not even counted."""
    begin, end = finding.LEAST, PublicEntry.first_place(now + timedelta(seconds=1))
    if wish.since is not None:
        begin = _begin_of(wish.since, paper)
    if wish.until is not None:
        end = min(end, _begin_of(wish.until, paper, days=1))
    if wish.before is not None:
        end = min(end, wish.before)
    return begin, end


def _page(copies: QuerySet[PublishedArticle], places: Sequence[int], *, count_them: bool) -> Found:
    """The first of those `places`, newest first, whose copies are public. One query; another one only where many
    that were found are over."""
    keys = [PublicEntry.copy_of(place) for place in places]
    rows: list[Any] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = copies.filter(pk__in=keys[start : start + _AT_ONCE])
        if count_them and start == 0:
            every = copies.filter(pk__in=keys).order_by().values("publication")
            some = some.annotate(count=Subquery(every.annotate(number=Count("*")).values("number")))
        rows += sorted(some.order_by(), key=_place, reverse=True)
        if len(rows) > PER_PAGE:
            break
    following = None
    if len(rows) > PER_PAGE:
        following = _place(rows[PER_PAGE - 1])
    elif len(places) > finding.ENOUGH:
        following = places[-1]
    count = next((row.count for row in rows if hasattr(row, "count")), len(rows)) if count_them else None
    return Found(rows[:PER_PAGE], count, following)


def _place(copy: PublishedArticle) -> int:
    return PublicEntry.place_of(copy.first_published_at, copy.pk)


def _printed_in(paper: Paper, day: date, now: datetime) -> QuerySet[Any]:
    """The stories that stand in the issues of a day."""
    issues = PublishedIssue.objects.published(now).filter(publication=paper.pk, date=day)
    places = PublishedPlacement.objects.published(now).filter(published_page__published_issue__in=issues)
    return places.values("article")


def _begin_of(day: date, paper: Paper, days: int = 0) -> int:
    """The first place of a day, or of a day some days later."""
    try:
        return PublicEntry.first_place(datetime.combine(day + timedelta(days), time.min, paper.zone))
    except (OverflowError, ValueError):
        # The calendar's first and last days have no such moment in every zone.
        return 0 if day.year < 1970 else _MOST_PLACES - 1


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
