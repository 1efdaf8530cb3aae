"""Public pages: queries, and milliseconds, as the paper grows from 50 stories to 50,000."""

from statistics import median

from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import PublishedPlacement
from articles.site import chrome
from newsroom.bench.asking import queries, times
from newsroom.bench.box import settle_down, use_database
from newsroom.bench.paper import SLUG, Paper, found_paper, print_stories
from newsroom.bench.table import Table, ms

SIZES, QUICK_SIZES = (50, 5_000, 50_000), (50, 500)
ROUNDS, REQUESTS = 8, 15
# Of DESIGN's “Numbers to hold”; the pages it does not name have none.
MOST_QUERIES = {"story": 3, "front page": 6, "section": 5, "issue page": 5}
LEAST_RATE = 0.95


def measure(quick: bool) -> Table:
    sizes = QUICK_SIZES if quick else SIZES
    addresses: dict[int, dict[str, str]] = {}
    for size in sizes:
        use_database(f"stories_{size}")
        paper = found_paper()
        print_stories(paper, size)
        settle_down()
        addresses[size] = _addresses(paper)
    client, table = Client(), _table(sizes)
    counts = {}
    for size in sizes:
        use_database(f"stories_{size}")
        counts[size] = _counts(client, addresses[size])
    seconds: dict[int, dict[str, list[float]]] = {
        size: {page: [] for page in addresses[size]} for size in sizes
    }
    # Sizes by turns, so that whatever else the machine does falls on all alike.
    for _ in range(1 if quick else ROUNDS):
        for size in sizes:
            use_database(f"stories_{size}")
            _time(client, addresses[size], seconds[size], 1 if quick else REQUESTS)
    for page in addresses[sizes[0]]:
        found = [counts[size][page] for size in sizes]
        target = _target(table, page, found)
        rate = median(seconds[sizes[-2]][page]) / median(seconds[sizes[-1]][page])
        table.add(
            page,
            *found,
            target,
            *(ms(seconds[size][page]) for size in sizes),
            f"{rate:.2f}",
            table.hold(
                page, f"≥ {LEAST_RATE}", quick or rate >= LEAST_RATE or page not in {"front page", "story"}
            )
            if page in {"front page", "story"}
            else "",
        )
    return table


def _table(sizes: tuple[int, ...]) -> Table:
    return Table(
        f"Public pages ({'SQLite' if connection.vendor == 'sqlite' else 'PostgreSQL'})",
        [
            "page",
            *(f"queries at {size:,}" for size in sizes),
            "target",
            *(f"ms at {size:,}" for size in sizes),
            f"rate at {sizes[-1]:,} to {sizes[-2]:,}",
            "target",
        ],
        notes=[
            "Uncached, in one process, through every middleware, without a server. Milliseconds are medians; sizes "
            "were measured by turns. A process reads the paper's name and sections once a minute: one query more then."
        ],
    )


def _target(table: Table, page: str, found: list[int]) -> str:
    most = MOST_QUERIES.get(page)
    same = len(set(found)) == 1
    words = f"≤ {most}, all the same" if most else "all the same"
    return table.hold(f"{page}, queries", words, same and (most is None or max(found) <= most))


def _addresses(paper: Paper) -> dict[str, str]:
    """One page of each kind, from the newest issue."""
    # With a photo: it costs a query that a story without one is spared.
    illustrated = PublishedPlacement.objects.filter(copy__photo_uses__isnull=False)
    place = illustrated.select_related("published_page__published_issue").latest("pk")
    page, day = place.published_page, place.published_page.published_issue.date
    return {
        "front page": reverse("site:front", args=[SLUG]),
        "section": reverse("site:section", args=[SLUG, paper.sections[0].pk]),
        "story": reverse("site:story", args=[SLUG, place.article_id]),
        "printed story": reverse(
            "site:printed_story", kwargs={"slug": SLUG, "day": day, "article_id": place.article_id}
        ),
        "issue page": reverse("site:page", kwargs={"slug": SLUG, "day": day, "code": page.code}),
        "archive": reverse("site:archive", args=[SLUG]),
        "reporter": reverse("site:reporter", args=[SLUG, paper.reporters[0].pk]),
        "feed": reverse("site:feed", args=[SLUG]),
    }


def _counts(client: Client, addresses: dict[str, str]) -> dict[str, int]:
    chrome.forget()
    found = {}
    for page, path in addresses.items():
        queries(client, path)  # the paper's name and sections are known from now on
        found[page] = queries(client, path)
    return found


def _time(client: Client, addresses: dict[str, str], seconds: dict[str, list[float]], count: int) -> None:
    for page, path in addresses.items():
        times(client, path, 2)  # the database was just opened
        seconds[page] += times(client, path, count)
