"""Search with a hundred thousand stories: the first twenty, through every middleware, for questions of each kind."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from random import Random
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import PublicEntry, PublishedArticle
from articles.search.index import index_copies
from newsroom.bench.asking import queries, times
from newsroom.bench.box import settle_down
from newsroom.bench.paper import SLUG, Paper, found_paper, print_stories
from newsroom.bench.table import Table, ms
from newsroom.bench.words import texts, vocabulary

STORIES, QUICK_STORIES = 100_000, 120
CHARACTERS = 500
MOST_QUERIES, MOST_SECONDS = 4, 0.05
BATCH = 1_000

_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_MIXED = re.compile("[\u4e00-\u9fff]{0,2}[A-Za-z0-9.-]+[\u4e00-\u9fff]{1,2}")


def measure(quick: bool) -> Table:
    stories = QUICK_STORIES if quick else STORIES
    paper = found_paper()
    print_stories(paper, stories)
    _write_texts(stories)
    settle_down()
    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    table = Table(
        f"Search among {stories:,} stories ({database})",
        ["question", "asked", "queries", "target", "p50 ms", "p95 ms", "target"],
        notes=[
            f"The whole page with its first 20 stories, uncached, of stories of {CHARACTERS} invented characters in "
            "words as frequent as a paper's; each question once, after one that warmed up."
        ],
    )
    client, path = Client(), reverse("site:search", args=[SLUG])
    every: list[float] = []
    times(client, f"{path}?q={vocabulary()[0]}", 2)
    for name, asked in _asked(paper, 3 if quick else 40):
        addresses = [f"{path}?{urlencode(each)}" for each in asked]
        most = max(queries(client, address) for address in addresses[:3])
        seconds = [times(client, address, 1)[0] for address in addresses]
        every += seconds
        held = table.hold(f"search, {name}: queries", f"≤ {MOST_QUERIES}", most <= MOST_QUERIES)
        table.add(
            name, len(asked), most, held, ms(seconds), _p95(seconds), _held(table, name, seconds, quick)
        )
    table.add("all of them", len(every), "", "", ms(every), _p95(every), _held(table, "all", every, quick))
    return table


def _held(table: Table, name: str, seconds: Sequence[float], quick: bool) -> str:
    target = f"≤ {MOST_SECONDS * 1000:.0f}"
    return table.hold(f"search, {name}: p95 ms", target, quick or _slow(seconds) <= MOST_SECONDS)


def _slow(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _p95(seconds: Sequence[float]) -> str:
    return f"{_slow(seconds) * 1000:.1f}"


def _write_texts(count: int) -> None:
    """Give every public copy a text of its own, and let it be found by that."""
    written = texts(count, CHARACTERS)
    update = "UPDATE articles_publishedarticle SET headline = %s, body = %s WHERE id = %s"
    last = 0
    while copies := list(PublishedArticle.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = copies[-1].pk
        for copy, (headline, paragraphs) in zip(copies, islice(written, len(copies)), strict=True):
            copy.headline = headline
            copy.body = "".join(f"<p>{text}</p>" for text in paragraphs)
        with transaction.atomic(), connection.cursor() as cursor:
            # Not by the field, which sanitises what it saves: most of the time this would take.
            cursor.executemany(update, [(copy.headline, copy.body, copy.pk) for copy in copies])
            index_copies(*copies)
    if PublicEntry.objects.count() != count:
        raise RuntimeError("not every copy is in the index")


def _asked(paper: Paper, count: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """What readers ask for, by kind, as parts of an address."""
    for name, questions in _questions(count):
        yield name, [{"q": words} for words in questions]
    words = vocabulary()[14 : 14 + count]
    yield "a common word in a section", [{"q": each, "section": str(paper.sections[1].pk)} for each in words]
    yield "a common word by a reporter", [{"q": each, "reporter": paper.reporters[4].name} for each in words]
    day = timezone.localdate()
    since, until = day - timedelta(days=400), day - timedelta(days=300)
    days = {"from": since.isoformat(), "to": until.isoformat()}
    yield "a common word within a hundred days", [{"q": each, **days} for each in words]
    # What the address of a following page holds: somewhere in the middle of what there is.
    before = PublicEntry.first_place(timezone.now() - timedelta(days=5))
    yield "a following page of a common word", [{"q": each, "before": str(before)} for each in words]


def _questions(count: int) -> Iterator[tuple[str, list[str]]]:
    random = Random(5)  # noqa: S311 - words, not secrets
    words = vocabulary()
    sample = [paragraph for _headline, paragraphs in texts(60, CHARACTERS) for paragraph in paragraphs]

    def cut(length: int) -> str:
        """So many characters out of a text, wherever they stand, ideographs alone."""
        while True:
            text = random.choice(sample)
            start = random.randrange(max(1, len(text) - length))
            if len(found := text[start : start + length]) == length and _IDEOGRAPHS.fullmatch(found):
                return found

    def mixed() -> str:
        """A number or letters with what stands around them."""
        while True:
            text = random.choice(sample)
            if found := random.choice([None, *_MIXED.finditer(text)]):
                return found[0]

    yield "one character", [cut(1) for _ in range(count)]
    yield "two characters", [cut(2) for _ in range(count)]
    yield "four characters", [cut(4) for _ in range(count)]
    yield "eight characters", [cut(8) for _ in range(count)]
    yield "a common word", words[12 : 12 + count]
    yield "two common words", [f"{words[12 + number]} {words[40 + number]}" for number in range(count)]
    yield (
        "letters or digits",
        ["AI", "gdp", "5G", "PM2.5", "wi-fi", *(str(2030 - n) for n in range(count))][:count],
    )
    yield "5G and a character", [f"5G{word[0]}" for word in words[:count]]
    yield "ideographs with letters or digits", [mixed() for _ in range(count)]
    yield "a number nobody else has", [f"编号{number * 10}" for number in range(count)]
