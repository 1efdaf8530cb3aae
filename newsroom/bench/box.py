"""A throw-away installation for one measurement: a folder, a database, a process. Nobody's real one is touched.

The outer process makes the folder, writes a token into it and starts a child with settings that point there; the
child refuses to go on unless it finds itself in that folder, on that database (`check_inside`).
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from newsroom.bench.table import Table
from newsroom.env import ROOT

TOKEN_FILE = "throw-away"  # noqa: S105 - a file's name
TOKEN = "NEWSROOM_BENCH_TOKEN"  # noqa: S105 - a variable's name
RESULT_FILE = "result.json"
# What the settings for tests call it.
DATABASE = "dev.sqlite3"


@contextmanager
def box() -> Iterator[Path]:
    """A folder for one measurement, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def blank_database() -> Iterator[Path]:
    """A migrated SQLite database with nothing in it, for `run_inside` to copy: to migrate takes seconds each time."""
    with box() as folder:
        _manage("migrate", _environment(folder), "migrate", "--verbosity", "0")
        yield folder / DATABASE


def run_inside(
    folder: Path, names: Sequence[str], *, quick: bool, blank: Path | None = None, database_url: str = ""
) -> list[Table]:
    """Run measurements in a child whose whole installation is `folder`, on a copy of `blank` or on the empty database
    named, which the caller started for this alone. Raises CommandError with what the child said where it fails."""
    token = secrets.token_hex(16)
    (folder / TOKEN_FILE).write_text(f"{token}\n{database_url}", encoding="utf-8")
    environment = {**_environment(folder), TOKEN: token}
    if database_url:
        environment["NEWSROOM_DATABASE_URL"] = database_url
    # In a process of its own: what measures has then no more in memory than a worker has.
    if blank is None:
        _manage("migrate", environment, "migrate", "--verbosity", "0")
    else:
        shutil.copy(blank, folder / DATABASE)
    asked = ",".join(names)
    _manage(asked, environment, "bench", "--inside", asked, *(["--quick"] if quick else []))
    found = json.loads((folder / RESULT_FILE).read_text(encoding="utf-8"))
    return [Table.from_json(each) for each in found]


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the caller's own installation is handed on."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")},
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.test",
        "NEWSROOM_VAR": str(folder),
        "NEWSROOM_LOG_LEVEL": "ERROR",
    }


def _manage(measurement: str, environment: dict[str, str], *words: str) -> None:
    argv = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(  # noqa: S603 - our own commands
        argv, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"The measurement “{measurement}” failed:\n{(done.stdout + done.stderr)[-3000:]}")


def check_inside() -> Path:
    """The folder, if this process runs in one. Raises CommandError on any other installation."""
    folder = Path(settings.VAR)
    try:
        token, _, database_url = (folder / TOKEN_FILE).read_text(encoding="utf-8").partition("\n")
    except OSError:
        token, database_url = "", ""
    at = connection.settings_dict
    if database_url:
        ours = connection.vendor == "postgresql" and f"host={at['OPTIONS'].get('host')}" in database_url
    else:
        ours = connection.vendor == "sqlite" and folder in Path(at["NAME"]).parents
    if not token or token != os.environ.get(TOKEN) or not ours:
        raise CommandError(
            "This is not a throw-away installation, and a measurement fills its database with thousands of stories. "
            "Nothing was changed. Run `manage.py bench` without --inside: it makes one for itself."
        )
    return folder


def use_database(name: str) -> str:
    """Go on with an empty, migrated database of this name: a copy of the one the box began with, made at the first
    call. Returns what a child has to be told (NEWSROOM_TEST_DATABASE)."""
    connection.close()
    begun = str(connection.settings_dict.setdefault("BEGUN_AS", connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite":
        target = str(Path(begun).with_name(f"{name}.sqlite3"))
        if not Path(target).exists():
            shutil.copy(begun, target)
    else:
        target = name
        connection.settings_dict["NAME"] = "postgres"
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [target])
            if cursor.fetchone() is None:
                quote = connection.ops.quote_name
                cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(begun)}")
        connection.close()
    connection.settings_dict["NAME"] = target
    return target


def settle_down() -> None:
    """What a database does by itself in the hours after so many rows came in at once."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
