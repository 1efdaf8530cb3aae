"""`make test`: every check, then pytest on SQLite and pytest on a private PostgreSQL and Redis, at the same time where
there are two processors. Runs all of it whatever fails, says at the end what did, and ends with one line in pytest's
form over both passes.

    python -m tests.run [--only-checks] [--no-checks] [--sqlite] [--postgres] [pytest's arguments …]
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsroom.supervisor import die_with_parent, load_libc
from tests.services import Postgres, Redis

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# A test that hangs must not hold a build for hours.
PYTEST_SECONDS = 60 * 60


@dataclass
class Outcome:
    """One step: how it went, and how many tests it counted."""

    name: str
    ok: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, _terminated)
    # A shell starts what runs in its background deaf to it, and pytest would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    own = {"--only-checks", "--no-checks", "--sqlite", "--postgres"}
    chosen = own & set(arguments)
    more = [argument for argument in arguments if argument not in own]
    began = time.monotonic()
    outcomes: list[Outcome] = []
    scratch = Path(tempfile.mkdtemp(prefix="nr-test-"))
    try:
        if "--no-checks" not in chosen:
            outcomes += run_checks(scratch)
        both = not chosen & {"--sqlite", "--postgres"}
        if "--only-checks" not in chosen:
            outcomes += run_passes(
                scratch,
                more,
                sqlite=both or "--sqlite" in chosen,
                postgres=both or "--postgres" in chosen,
            )
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return summarise(outcomes, time.monotonic() - began)


def _terminated(number: int, frame: object) -> None:
    # As an exception, so that the services started on the way are stopped.
    raise KeyboardInterrupt


def program(name: str) -> str:
    return str(BIN / name)


def run_checks(scratch: Path) -> list[Outcome]:
    manage = [sys.executable, "manage.py"]
    test = environment(scratch, DJANGO_SETTINGS_MODULE="newsroom.settings.test")
    steps: list[tuple[str, list[str], dict[str, str]]] = [
        ("lint", [program("ruff"), "check", "--quiet", "."], test),
        ("format", [program("ruff"), "format", "--check", "--quiet", "."], test),
        ("types", [program("mypy"), "--no-error-summary"], test),
        ("layers", [program("lint-imports"), "--no-cache"], test),
        ("templates", [program("djlint"), "templates", "--lint", "--quiet"], test),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], test),
        (
            "production settings",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            production(scratch),
        ),
    ]
    return [run_check(name, argv, env) for name, argv, env in steps]


def run_check(name: str, argv: list[str], env: dict[str, str]) -> Outcome:
    began = time.monotonic()
    done = subprocess.run(argv, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    ok = done.returncode == 0
    if ok:
        print(f"{name}: ok", flush=True)
    else:
        print(f"\n{name}: FAILED ({' '.join(argv)})\n{done.stdout}{done.stderr}", flush=True)
    return Outcome(name, ok, time.monotonic() - began, failed=0 if ok else 1)


def environment(scratch: Path, **more: str) -> dict[str, str]:
    """This environment without settings of another installation, and with a data folder of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSROOM_", "DJANGO_"))}
    folder = Path(tempfile.mkdtemp(prefix="var-", dir=scratch))
    return {**kept, "NEWSROOM_VAR": str(folder), "PYTHONUNBUFFERED": "1", **more}


def production(scratch: Path) -> dict[str, str]:
    """Settings of an installation that is in order and that nobody runs."""
    return environment(
        scratch,
        DJANGO_SETTINGS_MODULE="newsroom.settings.production",
        NEWSROOM_SECRET_KEY=secrets.token_urlsafe(50),
        NEWSROOM_ALLOWED_HOSTS="news.example",
        NEWSROOM_SITE_HOST="news.example",
        NEWSROOM_DATABASE_URL="postgres://newsroom:throwaway@localhost/newsroom",
        NEWSROOM_BROKER_URL="redis://localhost:6379/0",
        NEWSROOM_TRUST_PROXY="1",
        NEWSROOM_PURGE_URL="http://localhost:8080",
        NEWSROOM_PURGE_KEY=secrets.token_urlsafe(32),
    )


def run_passes(scratch: Path, more: Sequence[str], *, sqlite: bool, postgres: bool) -> list[Outcome]:
    """The tests on SQLite and those on PostgreSQL. Where both run at once, the first prints when it has ended."""
    if not sqlite:
        return [run_postgres(scratch, more, alone=True)]
    aside = scratch / "sqlite.log" if postgres and (os.cpu_count() or 1) > 1 else None
    with sqlite_pass(scratch, more, aside=aside) as first:
        if not postgres:
            return [first.outcome()]
        if aside is None:
            return [first.outcome(), run_postgres(scratch, more, alone=False)]
        second = run_postgres(scratch, more, alone=False)
        return [first.outcome(), second]


@contextmanager
def sqlite_pass(scratch: Path, more: Sequence[str], *, aside: Path | None) -> Iterator["Pass"]:
    """The tests on a SQLite file, and what is the same on any database."""
    env = environment(scratch, DJANGO_SETTINGS_MODULE="newsroom.settings.test")
    with running("tests on SQLite", scratch, env, ["-m", "not services", *more], aside) as begun:
        yield begun


def run_postgres(scratch: Path, more: Sequence[str], *, alone: bool) -> Outcome:
    """The tests on PostgreSQL. What is the same on any database (marker `once`) is left to the pass on SQLite."""
    only = [] if alone else ["-m", "not once"]
    name = "tests on PostgreSQL and Redis"
    began = time.monotonic()
    try:
        with Postgres() as postgres, Redis() as redis:
            env = environment(
                scratch,
                DJANGO_SETTINGS_MODULE="newsroom.settings.test",
                NEWSROOM_DATABASE_URL=postgres.url,
                NEWSROOM_BROKER_URL=redis.url,
            )
            with running(name, scratch, env, [*only, *more]) as begun:
                return begun.outcome()
    except Exception as error:
        print(f"\n{name}: FAILED, a service did not start\n{error}", flush=True)
        return Outcome(name, False, time.monotonic() - began, failed=1)


@dataclass
class Pass:
    """pytest, going on in a process of its own since `began` (seconds since the epoch). `aside`: where it prints, if
    not here."""

    name: str
    process: subprocess.Popen[bytes]
    began: float
    report: Path
    aside: Path | None

    def outcome(self) -> Outcome:
        """Wait for its end; show what it printed aside."""
        try:
            status = self.process.wait(max(1, PYTEST_SECONDS - (time.time() - self.began)))
            ended = ""
        except subprocess.TimeoutExpired:
            self.end()
            status, ended = 1, f"{self.name}: killed after {PYTEST_SECONDS // 60} minutes"
        # It may have ended long before anybody asked; its report is the last thing it writes.
        ended_at = self.report.stat().st_mtime if self.report.exists() else time.time()
        if self.aside is not None:
            sys.stdout.flush()
            print(f"\n{self.name}\n{self.aside.read_text(encoding='utf-8', errors='replace')}", flush=True)
        if ended:
            print(ended, flush=True)
        counted = count(self.report)
        failed = counted["failed"] or (0 if status == 0 else 1)
        return Outcome(
            self.name, status == 0, ended_at - self.began, counted["passed"], failed, counted["skipped"]
        )

    def end(self) -> None:
        """Stop it if it goes on: SIGINT first, so that fixtures end what they started."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def running(
    name: str, scratch: Path, env: dict[str, str], more: Sequence[str], aside: Path | None = None
) -> Iterator[Pass]:
    """Start pytest; it is ended with the block."""
    temporary = Path(tempfile.mkdtemp(prefix="t-", dir=scratch))
    report = temporary / "report.xml"
    parent, libc = os.getpid(), load_libc()
    if aside is None:
        print(f"\n{name}", flush=True)
    with (aside or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", f"--junit-xml={report}", f"--basetemp={temporary / 'b'}"),
                *("-o", f"cache_dir={temporary / 'cache'}", "--durations=8", "-r", "fEsR", *more),
            ],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=None if aside is None else output,
            stderr=None if aside is None else subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(parent, libc),
        )
    begun = Pass(name, process, time.time(), report, aside)
    try:
        yield begun
    finally:
        begun.end()


def count(report: Path) -> dict[str, int]:
    """{"passed", "failed", "skipped"} of pytest's own report; zeros when it never got that far."""
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):
            for key in totals:
                totals[key] += int(suite.get(key, "0"))
    failed = totals["failures"] + totals["errors"]
    return {
        "passed": max(0, totals["tests"] - failed - totals["skipped"]),
        "failed": failed,
        "skipped": totals["skipped"],
    }


def summarise(outcomes: Sequence[Outcome], seconds: float) -> int:
    print()
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.ok else 'FAILED'}  {outcome.name}  ({outcome.seconds:.0f} s)")
    failed = sum(outcome.failed for outcome in outcomes)
    words = [f"{failed} failed"] if failed else []
    words.append(f"{sum(outcome.passed for outcome in outcomes)} passed")
    skipped = sum(outcome.skipped for outcome in outcomes)
    if skipped:
        words.append(f"{skipped} skipped")
    print(f"==== {', '.join(words)} in {seconds:.2f}s ====", flush=True)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
