"""An evening at a small paper, told by two tests: its people, its public addresses, and what its books say.

`tests.smoke` walks it over HTTP with a real page's text, `tests/browser/test_evening.py` in a browser with an invented
one. Nothing here starts or stops anything.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.stack import Stack

SLUG = "wangchao"
PAGE_CODE, PAGE_LABEL = "01", "要闻"
# The sweep's usual 20 s are only waiting here.
ENVIRONMENT = {"NEWSROOM_SWEEP_SECONDS": "2"}

STAGE = """
import json, sys
from articles.models import Reporter
from tests.cast import PASSWORD, make_cast
cast = make_cast()
names = [name for name in json.loads({names!r}) if name != cast.byline.name]
Reporter.objects.bulk_create(Reporter(publication=cast.publication, name=name) for name in names)
print(json.dumps({{"password": PASSWORD, "section": str(cast.news.pk), "section_name": cast.news.name}}))
"""


@dataclass(frozen=True)
class Scene:
    """Where the evening plays. The people's usernames are those of `tests.cast`."""

    password: str
    section: str
    section_name: str


def set_the_stage(stack: Stack, names: Iterable[str]) -> Scene:
    """Accounts, sections, stages and, for the bylines, the paper's list of reporters with `names` on it."""
    script = STAGE.format(names=json.dumps(list(dict.fromkeys(names))))
    return Scene(**json.loads(stack.manage("shell", "--verbosity", "0", "-c", script).splitlines()[-1]))


def read_page(stack: Stack, file: Path) -> dict[str, Any]:
    """What the parser makes of the page, before anything is written."""
    return json.loads(stack.manage("intake_page", str(file), "--dry-run", "--json"))


def names_in(page: dict[str, Any]) -> list[str]:
    """Every byline name of a page that was read, as a list of reporters has them: without padding."""
    return ["".join(line["name"].split()) for story in page["stories"] for line in story["bylines"]]


def page_address(day: date, code: str = PAGE_CODE) -> str:
    return f"/{SLUG}/layout/{day:%Y%m}/{day:%d}/node_{code}.html"


def story_address(article: int) -> str:
    return f"/{SLUG}/story/{article}/"


def printed_address(day: date, article: int) -> str:
    return f"/{SLUG}/content/{day:%Y%m}/{day:%d}/content_{article}.html"


def addresses(day: date, articles: Sequence[int]) -> list[str]:
    """Every address at which an issue with these stories is to be read."""
    own = [address for pk in articles for address in (story_address(pk), printed_address(day, pk))]
    return [page_address(day), *own]


def lists(section: str) -> list[str]:
    """Every address where a public story's headline is to be found besides its own."""
    return [
        "/",
        f"/{SLUG}/",
        f"/{SLUG}/section/{section}/",
        f"/{SLUG}/feed.atom",
    ]


class Books:
    """What the database says, read beside the running product."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        found = self.rows(query, *values)
        assert len(found) == 1 and len(found[0]) == 1, found
        return found[0][0]

    def articles(self) -> list[tuple[int, str]]:
        """(key, headline) of every story, the oldest first."""
        return self.rows("SELECT id, headline FROM articles_article ORDER BY id")

    def statuses(self) -> set[str]:
        return {row[0] for row in self.rows("SELECT status FROM articles_article")}

    def issue_status(self) -> str:
        """Of the one issue there is."""
        return self.one("SELECT status FROM articles_issue")

    def publish_at(self) -> datetime:
        """When the one issue there is comes or came out."""
        text = self.one("SELECT publish_at FROM articles_issue")
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    def happened(self, verb: str) -> int:
        """How often this was recorded."""
        return self.one("SELECT count(*) FROM articles_event WHERE verb = ?", verb)

    def last_sweep(self) -> str:
        rows = self.rows("SELECT beat_at FROM articles_heartbeat WHERE name = 'sweep'")
        return rows[0][0] if rows else ""

    def undelivered(self) -> int:
        return self.one("SELECT count(*) FROM articles_delivery WHERE delivered_at IS NULL")
