"""What pages are about, in the words of schema.org. Only what is true of the page, and of public copies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from articles.bylines import Credit
from articles.models import Byline
from articles.site.chrome import Paper
from articles.site.head import document_language
from articles.site.issues import IssueName, Printed
from articles.site.stories import StoryView

Thing = dict[str, Any]
# Who wrote; everybody else had a part in it.
WROTE = frozenset({Byline.Role.TEXT, Byline.Role.TEXT_AND_PHOTO})


def news_article(
    request: HttpRequest, paper: Paper, story: StoryView, canonical: str, printed: Sequence[Printed]
) -> Thing:
    """A story that is public, and where it stands in print."""
    absolute = request.build_absolute_uri
    authors, others = _people(request, paper, story.credits)
    thing: Thing = {
        "@type": "NewsArticle",
        "mainEntityOfPage": canonical,
        "url": canonical,
        "headline": story.headline,
        "alternativeHeadline": story.deck,
        "description": story.description,
        "articleSection": story.section.name if story.section else "",
        "dateline": story.dateline,
        "inLanguage": document_language(),
        "isAccessibleForFree": True,
        "datePublished": _iso(story.published_at),
        "dateModified": _iso(story.updated_at or story.published_at),
        "author": authors or [organisation(request, paper)],
        "contributor": others,
        "publisher": organisation(request, paper),
        "image": [absolute(figure.picture.largest.url) for figure in story.figures if figure.picture.largest],
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": note.day.isoformat()}
            for note in story.corrections
        ],
    }
    if printed:
        first = printed[0]
        thing |= {
            "printPage": first.code,
            "printSection": first.label,
            "printEdition": first.issue.edition_label,
            "isPartOf": publication_issue(request, paper, first.issue),
        }
    return _said(thing)


def organisation(request: HttpRequest, paper: Paper) -> Thing:
    """Who brings the paper out: its name is what readers know, the house is `parentOrganization`."""
    side = 512
    return _said(
        {
            "@type": "NewsMediaOrganization",
            "name": paper.name,
            "url": request.build_absolute_uri(reverse("site:front", args=[paper.slug])),
            "logo": {
                "@type": "ImageObject",
                "url": request.build_absolute_uri(static(f"site/icon-{side}.png")),
                "width": side,
                "height": side,
            },
            "address": paper.address,
            "parentOrganization": _named("Organization", paper.publisher),
        }
    )


def newspaper(request: HttpRequest, paper: Paper) -> Thing:
    """The paper itself."""
    return _said(
        {
            "@type": "Newspaper",
            "name": paper.name,
            "url": request.build_absolute_uri(reverse("site:front", args=[paper.slug])),
            "inLanguage": document_language(),
            "identifier": paper.cn_number,
            "publisher": organisation(request, paper),
            "sponsor": _named("Organization", paper.sponsor),
        }
    )


def publication_issue(request: HttpRequest, paper: Paper, issue: IssueName) -> Thing:
    """A dated issue."""
    return _said(
        {
            "@type": "PublicationIssue",
            "name": f"{paper.name} {issue.title}",
            "url": request.build_absolute_uri(issue.url),
            "issueNumber": issue.serial_no,
            "datePublished": issue.day.isoformat(),
            "isPartOf": {
                "@type": "Newspaper",
                "name": paper.name,
                "url": request.build_absolute_uri(reverse("site:front", args=[paper.slug])),
            },
        }
    )


def profile(name: str, canonical: str) -> Thing:
    """The page of somebody who writes."""
    return {
        "@type": "ProfilePage",
        "url": canonical,
        "mainEntity": {"@type": "Person", "name": name, "url": canonical},
    }


def breadcrumbs(request: HttpRequest, *steps: tuple[str, str]) -> Thing:
    """The way from the front page to here: (name, path) of each step, the last one this page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": request.build_absolute_uri(path),
            }
            for position, (name, path) in enumerate(steps, 1)
        ],
    }


def home_of(paper: Paper) -> tuple[str, str]:
    """The first step of every way."""
    return paper.name, reverse("site:front", args=[paper.slug])


def _people(request: HttpRequest, paper: Paper, credits: Sequence[Credit]) -> tuple[list[Thing], list[Thing]]:
    """(those who wrote, the others); of a story that nobody wrote (a photo story), the others are its authors."""
    wrote: dict[str, Thing] = {}
    others: dict[str, Thing] = {}
    for credit in credits:
        for name in credit.names:
            thing: Thing = {"@type": "Person", "name": name.name}
            if name.reporter:
                path = reverse("site:reporter", args=[paper.slug, name.reporter])
                thing["url"] = request.build_absolute_uri(path)
            (wrote if credit.role in WROTE else others).setdefault(name.name, thing)
    if not wrote:
        return list(others.values()), []
    return list(wrote.values()), [thing for name, thing in others.items() if name not in wrote]


def _named(kind: str, name: str) -> Thing:
    return {"@type": kind, "name": name} if name else {}


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _said(thing: Thing) -> Thing:
    """The thing without what there is nothing to say about."""
    return {name: value for name, value in thing.items() if value not in ("", None, [], {})}
