"""Search with a hundred thousand stories: the first twenty, through every middleware, for questions of each kind."""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from urllib.parse import quote

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from articles.models import PublicEntry, PublishedArticle
from articles.search.index import index_copies
from newsroom.bench.asking import queries, times
from newsroom.bench.box import settle_down
from newsroom.bench.paper import SLUG, found_paper, print_stories
from newsroom.bench.table import Table, ms
from newsroom.bench.words import texts, vocabulary

STORIES, QUICK_STORIES = 100_000, 120
CHARACTERS = 500
MOST_QUERIES, MOST_SECONDS = 4, 0.05
BATCH = 1_000


def measure(quick: bool) -> Table:
    stories = QUICK_STORIES if quick else STORIES
    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    print_stories(found_paper(), stories)
    _write_texts(stories)
    settle_down()
    table = Table(
        f"Search among {stories:,} stories ({database})",
        ["query", "questions", "queries", "target", "p50 ms", "p95 ms", "target"],
        notes=[
            f"The whole page with its first 20 stories, uncached, of stories of {CHARACTERS} invented characters in "
            "words as frequent as a paper's; each question once, after one that warmed up."
        ],
    )
    client, path = Client(), reverse("site:search", args=[SLUG])
    every: list[float] = []
    times(client, f"{path}?q={vocabulary()[0]}", 2)
    for name, questions in _questions(5 if quick else 40):
        addresses = [f"{path}?q={quote(words)}" for words in questions]
        most = max(queries(client, address) for address in addresses[:3])
        seconds = [times(client, address, 1)[0] for address in addresses]
        every += seconds
        held = table.hold(f"search “{name}”: queries", f"≤ {MOST_QUERIES}", most <= MOST_QUERIES)
        table.add(name, len(questions), most, held, ms(seconds), _p95(seconds), "")
    slow = sorted(every)[int(len(every) * 0.95)]
    held = table.hold("search: p95 ms", f"≤ {MOST_SECONDS * 1000:.0f}", quick or slow <= MOST_SECONDS)
    table.add("all of them", len(every), "", "", ms(every), _p95(every), held)
    return table


def _p95(seconds: Sequence[float]) -> str:
    return f"{sorted(seconds)[int(len(seconds) * 0.95)] * 1000:.1f}"


def _write_texts(count: int) -> None:
    """Give every public copy a text of its own, and let it be found by that."""
    written = texts(count, CHARACTERS)
    last = 0
    while copies := list(PublishedArticle.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = copies[-1].pk
        for copy, (headline, paragraphs) in zip(copies, islice(written, len(copies)), strict=True):
            copy.headline = headline
            copy.body = "".join(f"<p>{text}</p>" for text in paragraphs)
        with transaction.atomic():
            PublishedArticle.objects.bulk_update(copies, ["headline", "body"], batch_size=100)
            index_copies(*copies)
    if PublicEntry.objects.count() != count:
        raise RuntimeError("not every copy is in the index")


def _questions(count: int) -> Iterator[tuple[str, list[str]]]:
    random = Random(5)  # noqa: S311 - words, not secrets
    words = vocabulary()
    sample = [paragraph for _headline, paragraphs in texts(60, CHARACTERS) for paragraph in paragraphs]

    def cut(length: int) -> str:
        text = random.choice(sample).replace("，", "").split("。")[0]
        start = random.randrange(max(1, len(text) - length))
        return text[start : start + length]

    yield "one character", [cut(1) for _ in range(count)]
    yield "two", [cut(2) for _ in range(count)]
    yield "three to six", [cut(3 + number % 4) for number in range(count)]
    yield "a common word", words[12 : 12 + count]
    yield "two words", [f"{words[12 + number]} {words[40 + number]}" for number in range(count)]
    yield "a number nobody else has", [f"编号{number * 10}" for number in range(count)]
    yield "letters and digits", ["AI", "gdp", "5G", "PM2.5", "wi-fi", "2026年"]
    yield "a byline", ["林海生", "何帆"]
