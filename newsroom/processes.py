"""The try-out's three processes as command lines: plain data, used by `runall` and by the tests."""

import sys
from pathlib import Path

GRANIAN = [sys.executable, "-m", "granian"]
CELERY = [sys.executable, "-m", "celery", "--quiet", "--app", "newsroom"]


def web(host: str, port: int, *, static: Path, media: Path, threads: int = 4) -> list[str]:
    """The web server; static files and public renditions are handed out by granian itself, without Python.

    Both folders must exist. Originals lie elsewhere and have no address.
    """
    return [
        *GRANIAN,
        *("--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port), "--workers", "1"),
        *("--blocking-threads", str(threads), "--respawn-failed-workers", "--workers-kill-timeout", "5"),
        *("--log-level", "warning"),
        *("--static-path-route", "/static", "--static-path-mount", str(static)),
        *("--static-path-route", "/media", "--static-path-mount", str(media)),
        "newsroom.wsgi:application",
    ]


def worker(
    *, queues: str = "urgent,media,makeup", concurrency: int = 2, name: str = "worker", loglevel: str = "INFO"
) -> list[str]:
    """One Celery worker. Two children: a long picture never keeps the sweep waiting."""
    return [
        *CELERY,
        *("worker", "--queues", queues, "--concurrency", str(concurrency), "--pool", "prefork"),
        *("--hostname", f"{name}@%h", "--loglevel", loglevel),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def beat(var: Path) -> list[str]:
    """The clock, a process of its own: inside a worker (`-B`) its death would go unnoticed."""
    return [*CELERY, "beat", "--schedule", str(var / "beat-schedule"), "--pidfile=", "--loglevel", "WARNING"]
