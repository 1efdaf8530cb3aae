"""Pages asked for inside this process, through every middleware: how many queries, how long."""

import time
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_NO_QUERY = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class WrongAnswer(Exception):
    """A page that was to be measured did not answer 200."""


def ask(client: Client, path: str) -> Any:
    """The answer. Raises WrongAnswer where it is not 200."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise WrongAnswer(f"{path} answered {answer.status_code}")
    return answer


def queries(client: Client, path: str) -> int:
    """How many queries the page makes."""
    with CaptureQueriesContext(connection) as seen:
        ask(client, path)
    return counted(row["sql"] for row in seen)


def counted(statements: Iterable[str]) -> int:
    """How many of these are queries: all but what begins and ends transactions."""
    return sum(not sql.startswith(_NO_QUERY) for sql in statements)


def times(client: Client, path: str, count: int) -> list[float]:
    """Seconds of `count` requests."""
    found = []
    for _ in range(count):
        begin = time.perf_counter()
        ask(client, path)
        found.append(time.perf_counter() - begin)
    return found
