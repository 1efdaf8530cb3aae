"""The two databases' settings in one place, so that try-out, tests and production agree."""

from pathlib import Path
from typing import Any


def sqlite(path: Path | str) -> dict[str, Any]:
    """SQLite as the product needs it.

    WAL lets readers go on while one writes. IMMEDIATE takes the write lock when a transaction begins, which is
    what `select_for_update` does elsewhere: SQLite ignores `FOR UPDATE` silently.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(parsed: dict[str, Any], *, pool: int = 0) -> dict[str, Any]:
    """PostgreSQL from a parsed address, with at most `pool` connections a process (0: one for each thread).

    No server-side prepared statements: their generic plans were measured to cost seconds in search. A lost
    connection (a restarted server) is noticed before it is handed out, so no request fails for it later.
    """
    options = dict(parsed.get("OPTIONS", {}))
    options.setdefault("connect_timeout", 5)
    options["prepare_threshold"] = None
    options["server_side_binding"] = False
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10, "max_idle": 300}
    return {**parsed, "OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
