"""Which public addresses an event changes. Names only: the site's own code is a room above."""

from django.urls import reverse

from articles.models import Article, Event, Issue, PublishedPage, PublishedPlacement


def addresses_of(event: Event) -> list[str]:
    """The paths a cache in front may hold an outdated copy of, the most important first."""
    slug = event.publication.slug
    paths = []
    if event.article is not None:
        paths += _of_story(event.article, slug)
    if event.issue is not None:
        paths += _of_issue(event.issue, slug)
    return [
        *paths,
        reverse("site:front", args=[slug]),
        reverse("site:home"),
        reverse("site:feed", args=[slug]),
    ]


def _of_story(article: Article, slug: str) -> list[str]:
    paths = [reverse("site:story", args=[slug, article.pk])]
    placements = PublishedPlacement.objects.filter(article=article).select_related(
        "published_page__published_issue__issue"
    )
    for placement in placements:
        issue = placement.published_page.published_issue.issue
        paths.append(reverse("site:printed_story", args=[slug, *_day(issue), article.pk]))
        paths.append(reverse("site:page", args=[slug, *_day(issue), placement.published_page.code]))
    sections = article.copies.exclude(section=None).values_list("section", flat=True).order_by().distinct()
    paths += [reverse("site:section", args=[slug, section]) for section in sections]
    reporters = (
        article.copies.exclude(reporters=None).values_list("reporters", flat=True).order_by().distinct()
    )
    paths += [reverse("site:reporter", args=[slug, reporter]) for reporter in reporters]
    return list(dict.fromkeys(paths))


def _of_issue(issue: Issue, slug: str) -> list[str]:
    codes = PublishedPage.objects.filter(published_issue__issue=issue).values_list("code", flat=True)
    return [
        reverse("site:archive", args=[slug]),
        reverse("site:issue", args=[slug, *_day(issue)]),
        *(reverse("site:page", args=[slug, *_day(issue), code]) for code in dict.fromkeys(codes)),
    ]


def _day(issue: Issue) -> list[object]:
    """The parts of an address that name an issue: its day, and its edition unless it is the main one."""
    return [issue.date] if issue.edition == Issue.Edition.MAIN else [issue.date, issue.edition]
