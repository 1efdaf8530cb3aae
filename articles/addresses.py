"""Which public addresses an event changes. Names only: the site's own code is a room above."""

from django.urls import reverse

from articles.models import Article, Event, Issue, PublishedPage, PublishedPlacement


def addresses_of(event: Event) -> list[str]:
    """The paths a cache in front may hold an outdated copy of, the most important first."""
    slug = event.publication.slug
    pages = []
    feeds = _feed("feed", slug) + _feed("issues_feed", slug)
    if event.article is not None:
        pages += _of_story(event.article, slug)
        feeds += _feeds_of_story(event.article, slug)
    if event.issue is not None:
        pages += _of_issue(event.issue, slug)
        feeds += _feed("issue_feed", slug, *_day(event.issue))
    pages += _of_pages_not_shown(event.data.get("pages", []), slug)
    maps = [reverse("site:sitemap_news", args=[slug])]
    return list(
        dict.fromkeys([*pages, reverse("site:front", args=[slug]), reverse("site:home"), *feeds, *maps])
    )


def _of_story(article: Article, slug: str) -> list[str]:
    paths = [reverse("site:story", args=[slug, article.pk])]
    for issue, code in _places(article):
        paths.append(reverse("site:printed_story", args=[slug, *_day(issue), article.pk]))
        paths.append(reverse("site:page", args=[slug, *_day(issue), code]))
    paths += [reverse("site:section", args=[slug, section]) for section in _sections(article)]
    paths += [reverse("site:reporter", args=[slug, reporter]) for reporter in _reporters(article)]
    return list(dict.fromkeys(paths))


def _feeds_of_story(article: Article, slug: str) -> list[str]:
    """The feeds print the whole text, so that they matter as much as its page."""
    paths = []
    for section in _sections(article):
        paths += _feed("section_feed", slug, section)
    for reporter in _reporters(article):
        paths += _feed("reporter_feed", slug, reporter)
    for issue, _code in _places(article):
        paths += _feed("issue_feed", slug, *_day(issue))
    return paths


def _feed(name: str, *parts: object) -> list[str]:
    return [reverse(f"site:{name}{form}", args=parts) for form in ("", "_json")]


def _places(article: Article) -> list[tuple[Issue, str]]:
    placements = PublishedPlacement.objects.filter(article=article).select_related(
        "published_page__published_issue__issue"
    )
    return [
        (placement.published_page.published_issue.issue, placement.published_page.code)
        for placement in placements
    ]


def _sections(article: Article) -> list[int]:
    copies = article.copies.exclude(section=None)
    return list(copies.values_list("section", flat=True).order_by("section").distinct())


def _reporters(article: Article) -> list[int]:
    copies = article.copies.exclude(reporters=None)
    return list(copies.values_list("reporters", flat=True).order_by("reporters").distinct())


def _of_issue(issue: Issue, slug: str) -> list[str]:
    codes = PublishedPage.objects.filter(published_issue__issue=issue).values_list("code", flat=True)
    return [
        reverse("site:archive", args=[slug]),
        reverse("site:issue", args=[slug, *_day(issue)]),
        *(reverse("site:page", args=[slug, *_day(issue), code]) for code in dict.fromkeys(codes)),
    ]


def _of_pages_not_shown(keys: list[int], slug: str) -> list[str]:
    """Where the picture of a page that was withheld or replaced stands: on every page of its issue, in the archive, and
    beside every story that is printed on it."""
    paths = []
    for page in PublishedPage.objects.filter(pk__in=keys).select_related("published_issue__issue"):
        issue = page.published_issue.issue
        stories = page.placements.order_by("position", "pk").values_list("article", flat=True)
        paths += [reverse("site:printed_story", args=[slug, *_day(issue), story]) for story in stories]
        paths += _of_issue(issue, slug)
    return paths


def _day(issue: Issue) -> list[object]:
    """The parts of an address that name an issue: its day, and its edition unless it is the main one."""
    return [issue.date] if issue.edition == Issue.Edition.MAIN else [issue.date, issue.edition]
