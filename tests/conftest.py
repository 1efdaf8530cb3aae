"""Fixtures of the engine room: what a machine may lack, and the product as real processes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import requires
from tests.cast import cast
from tests.processes import Processes
from tests.stack import Nginx, Stack, copy_of

__all__ = ["cast"]

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Tests that stand on other people's processes. One that fails is tried once more, and the summary names it (RERUN).
TRIED_AGAIN = ("browser", "nginx", "services")
# Fixtures that start such processes.
PROCESSES = {"containers", "stack", "tried", "worker"}

# What makes a test one of the database it runs on.
OF_A_DATABASE = {"db", "transactional_db", "django_db_setup", "postgres_url", "redis_url"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(item.get_closest_marker(name) for name in TRIED_AGAIN) or PROCESSES & set(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker(pytest.mark.flaky(reruns=1))
        if _is_the_same_on_any_database(item):
            item.add_marker(pytest.mark.once)


def _is_the_same_on_any_database(item: pytest.Item) -> bool:
    """Pure tests, and what people do in a browser: every query behind that has its own test on both."""
    if item.get_closest_marker("services"):
        return False
    if item.get_closest_marker("browser"):
        return True
    fixtures = set(getattr(item, "fixturenames", ()))
    return not item.get_closest_marker("django_db") and not fixtures & OF_A_DATABASE


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The machine's Chromium."""
    found = requires.chromium_path()
    requires.require("Chromium", found)
    assert found
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Any]:
    """A Playwright browser for the whole run; make a context of your own for each person."""
    from playwright.sync_api import sync_playwright

    requires.require("a Chinese font", requires.cjk_font())
    # Playwright keeps a loop in this thread, which Django takes for an async view's.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def nginx_path() -> str:
    """The machine's nginx."""
    found = requires.nginx_path()
    requires.require("nginx", found)
    assert found
    return found


@pytest.fixture(scope="session")
def shared_pages() -> Path:
    """The folder with real page texts beside the checkout."""
    found = requires.shared_pages()
    requires.require("../shared/pages", found)
    assert found
    return found


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The private Redis that `make test` starts for its PostgreSQL pass."""
    found = os.environ.get("NEWSROOM_BROKER_URL", "")
    if not found.startswith("redis"):
        pytest.skip("wants the private Redis of `make test`'s second pass")
    return found


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The private PostgreSQL that `make test` starts for its second pass."""
    found = os.environ.get("NEWSROOM_DATABASE_URL", "")
    if not found:
        pytest.skip("wants the private PostgreSQL of `make test`'s second pass")
    return found


class Worker(Processes):
    """A real Celery worker on the test's own database and broker: Redis, or files on SQLite."""

    def __init__(self, folder: Path, database: str) -> None:
        super().__init__(folder)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
            "NEWSROOM_TEST_DATABASE": database,
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, name: str = "worker") -> None:
        """Start one (several, under several names) and wait until it listens."""
        from newsroom import processes

        before = len(self.log(name))
        self.launch(name, processes.worker(name=name), self.environment)
        self.await_word(name, " ready.", before)


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    """A worker that has not been started yet: `worker.start()`, `worker.kill("worker")`. Its queue is empty."""
    from django.db import connection

    from newsroom.celery import app

    with app.connection_for_write() as broker:
        for queue in ("urgent", "media", "makeup"):
            broker.SimpleQueue(queue).clear()
    workers = Worker(tmp_path, str(connection.settings_dict["NAME"]))
    try:
        yield workers
    finally:
        workers.stop_all()


@pytest.fixture(scope="session")
def stack_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a try-out that was just installed: tables and static files, no content."""
    prepared = Stack(tmp_path_factory.mktemp("template"))
    prepared.manage("migrate", "--verbosity", "0")
    prepared.manage("collectstatic", "--no-input", "--verbosity", "0")
    return prepared.var


@pytest.fixture
def stack(stack_template: Path, tmp_path: Path) -> Iterator[Stack]:
    """web, worker and beat on a database file of their own, none of them running yet: `stack.start()`.

    Content comes through `stack.manage(…)`; the test's own database is another one.
    """
    whole = Stack(tmp_path / "stack")
    copy_of(stack_template, whole.var)
    try:
        yield whole
    finally:
        whole.stop_all()


@pytest.fixture
def nginx(nginx_path: str, stack: Stack, tmp_path: Path) -> Iterator[Nginx]:
    """deploy/nginx in front of `stack`, running; `nginx.get(path)` asks as a reader does."""
    folder = tmp_path / "nginx"
    folder.mkdir()
    server = Nginx(
        folder,
        nginx_path,
        upstream=stack.port,
        static=stack.var / "static",
        media=stack.var / "media",
        host="localhost",
    )
    server.write()
    try:
        server.start()
        yield server
    finally:
        server.stop_all()
