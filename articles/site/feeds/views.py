"""The addresses of feeds. Every feed costs a fixed few queries and is kept until something of the paper changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.bylines import printed_name
from articles.models import Issue, PublishedArticle, PublishedIssue
from articles.site.answers import kept, next_change, now_of, public
from articles.site.chrome import Paper
from articles.site.feeds import atom, jsonfeed
from articles.site.feeds.content import Feed, Person
from articles.site.feeds.entries import TAG_YEAR, entries, tag
from articles.site.feeds.links import feed_path
from articles.site.head import document_language
from articles.site.issues import IssueName, issues, places
from articles.site.teasers import visible

ENTRIES = 40
FORMS = {"atom": atom, "json": jsonfeed}


@dataclass(frozen=True)
class _About:
    """A feed without its stories: the `name` and `parts` of its address, the page it is about (`home`), and the
    `key` that stands in its id."""

    name: str
    key: str
    title: str
    home: str
    parts: Mapping[str, Any] = field(default_factory=dict)


@public
def of_paper(request: HttpRequest, paper: Paper, form: str) -> HttpResponse:
    """The newest stories of a paper. Three queries."""
    about = _About("feed", "", paper.name, reverse("site:front", args=[paper.slug]))
    return _answer(request, paper, form, about, visible(paper, now_of(request))[:ENTRIES])


@public
def of_section(request: HttpRequest, paper: Paper, section_id: int, form: str) -> HttpResponse:
    """The newest stories of a section, one no longer in use too. Three queries."""
    section = paper.section(section_id)
    if section is None:
        raise Http404
    about = _About(
        "section_feed",
        f"section/{section_id}",
        f"{section.name} - {paper.name}",
        reverse("site:section", args=[paper.slug, section_id]),
        {"section_id": section_id},
    )
    copies = visible(paper, now_of(request)).filter(section=section_id)
    return _answer(request, paper, form, about, copies[:ENTRIES])


@public
def of_reporter(request: HttpRequest, paper: Paper, reporter_id: int, form: str) -> HttpResponse:
    """The newest stories a name stands over; a name without a public story has no feed. Three queries."""
    copies = list(visible(paper, now_of(request)).filter(reporters=reporter_id)[:ENTRIES])
    printed = printed_name(copies, reporter_id)
    if printed is None:
        raise Http404
    name, _title = printed
    about = _About(
        "reporter_feed",
        f"reporter/{reporter_id}",
        f"{name} - {paper.name}",
        reverse("site:reporter", args=[paper.slug, reporter_id]),
        {"reporter_id": reporter_id},
    )
    return _answer(request, paper, form, about, copies)


@public
def of_newest_issue(request: HttpRequest, paper: Paper, form: str) -> HttpResponse:
    """The newest issue from its first page to its last, for whoever reads the whole paper. Five queries."""
    now = now_of(request)
    found = issues(paper, now).first()
    title = _("Digital newspaper") + f" - {paper.name}"
    about = _About("issues_feed", "issues", title, reverse("site:archive", args=[paper.slug]))
    return _answer(request, paper, form, about, _printed(paper, now, found) if found else [])


@public
def of_issue(
    request: HttpRequest, paper: Paper, day: date, form: str, edition: str = Issue.Edition.MAIN
) -> HttpResponse:
    """An issue's stories in the order of print, each in its latest version, as its id promises. Five queries."""
    now = now_of(request)
    found = issues(paper, now).filter(date=day, edition=edition).first()
    if found is None:
        raise Http404
    issue = IssueName.of(paper, found)
    about = _About(
        "issue_feed",
        f"issue/{day:%Y-%m-%d}/{edition}",
        f"{issue.title} - {paper.name}",
        issue.url,
        issue.parts,
    )
    return _answer(request, paper, form, about, _printed(paper, now, found))


def _printed(paper: Paper, now: datetime, issue: PublishedIssue) -> list[PublishedArticle]:
    """The latest versions of what stands in an issue, in the order of print. Two queries."""
    on_pages = places(now).filter(published_page__published_issue=issue.pk).values_list("article", flat=True)
    order = {article: at for at, article in reversed(list(enumerate(on_pages)))}
    return sorted(visible(paper, now).filter(article__in=order), key=lambda copy: order[copy.article_id])


def _answer(
    request: HttpRequest, paper: Paper, form: str, about: _About, copies: Sequence[PublishedArticle] | Any
) -> HttpResponse:
    absolute, now = request.build_absolute_uri, now_of(request)
    found = entries(request, paper, list(copies))
    feed = Feed(
        # Not the address: a feed is the same one in both forms.
        id=tag(request, paper, about.key),
        title=about.title,
        home=absolute(about.home),
        url=absolute(feed_path(about.name, form, {"slug": paper.slug, **about.parts})),
        icon=absolute(static("site/icon-192.png")),
        language=document_language(),
        author=Person(paper.name, absolute(reverse("site:front", args=[paper.slug]))),
        updated=max((entry.updated for entry in found), default=datetime(TAG_YEAR, 1, 1, tzinfo=UTC)),
        entries=found,
    )
    writer = FORMS[form]
    response = HttpResponse(writer.write(feed), content_type=writer.CONTENT_TYPE)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return kept(response, now, next_change(paper, now))
