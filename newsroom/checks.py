"""Start-up checks: a misconfiguration stops the process and says the mend, before a reader finds it."""

import os
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

MINIMUM_SQLITE = (3, 37, 0)
VAR_MEND = "Make the folder writable for this user, or name another one in NEWSROOM_VAR."


@register(Tags.files)
def folders_are_writable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Database file, photos and queue live below VAR; each is tried by writing, since a mode says nothing about
    a read-only or a full disk."""
    messages: list[CheckMessage] = []
    for folder in (settings.VAR, Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_MEDIA_ROOT)):
        problem = write_problem(Path(folder))
        if problem:
            messages.append(
                Error(f"{folder} cannot be written: {problem}", hint=VAR_MEND, id="newsroom.E001")
            )
    return messages


def write_problem(folder: Path) -> str | None:
    """Why nothing can be written in `folder` (made when missing), or None."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror or str(error)


@register(Tags.files)
def private_media_is_apart(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Originals must not lie in a folder that a web server hands out (RISKS 6)."""
    private = Path(settings.PRIVATE_MEDIA_ROOT).resolve()
    for public in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        if private.is_relative_to(Path(public).resolve()):
            return [
                Error(
                    f"The originals' folder {private} lies inside the public folder {public}.",
                    hint="Set PRIVATE_MEDIA_ROOT to a folder outside MEDIA_ROOT and STATIC_ROOT.",
                    id="newsroom.E002",
                )
            ]
    return []


@register(Tags.security, deploy=True)
def no_upload_through_the_editor(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """RISKS 23: ckeditor_uploader lets every staff account post SVG and HTML, without a CSRF token."""
    if "ckeditor_uploader" in settings.INSTALLED_APPS:
        return [
            Error(
                "ckeditor_uploader is installed.",
                hint="Take it out of INSTALLED_APPS: photos are uploaded in the story.",
                id="newsroom.E003",
            )
        ]
    return []


@register(Tags.database)
def sqlite_holds_the_rules(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """SQLite ignores `FOR UPDATE`: without IMMEDIATE transactions two editors' verbs would run through each other."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        if connection.settings_dict.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
            messages.append(
                Error(
                    f"The SQLite database {alias!r} does not take its write lock when a transaction begins.",
                    hint='Use newsroom.settings.database.sqlite(), which sets "transaction_mode": "IMMEDIATE".',
                    id="newsroom.E004",
                )
            )
        version = sqlite3.sqlite_version_info
        if version < MINIMUM_SQLITE:
            messages.append(
                Error(
                    f"SQLite {'.'.join(map(str, version))} is too old.",
                    hint=f"Use a Python with SQLite {'.'.join(map(str, MINIMUM_SQLITE))} or newer.",
                    id="newsroom.E005",
                )
            )
    return messages


@register(Tags.security)
def broker_waits_are_bounded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A frozen Redis must not hold an editor's save, and a task must not be handed out twice while it runs."""
    if not str(getattr(settings, "CELERY_BROKER_URL", "")).startswith(("redis", "rediss")):
        return []
    options = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    messages: list[CheckMessage] = []
    if not options.get("socket_timeout") or not options.get("socket_connect_timeout"):
        messages.append(
            Error(
                "The broker has no socket timeout: a frozen Redis would hold an editor's save for ever.",
                hint="Set socket_timeout and socket_connect_timeout in CELERY_BROKER_TRANSPORT_OPTIONS.",
                id="newsroom.E006",
            )
        )
    if options.get("visibility_timeout", 3600) <= settings.CELERY_TASK_TIME_LIMIT:
        messages.append(
            Error(
                "The broker's visibility timeout is not above the tasks' hard time limit: "
                "a task that still runs would be given to a second worker.",
                hint="Raise visibility_timeout in CELERY_BROKER_TRANSPORT_OPTIONS above CELERY_TASK_TIME_LIMIT.",
                id="newsroom.E007",
            )
        )
    return messages


@register(Tags.security, deploy=True)
def cache_can_be_told(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Half a purge configuration looks like one and does nothing."""
    address, key = getattr(settings, "NEWSROOM_PURGE_URL", ""), getattr(settings, "NEWSROOM_PURGE_KEY", "")
    if bool(address) != bool(key):
        missing = "NEWSROOM_PURGE_KEY" if address else "NEWSROOM_PURGE_URL"
        return [
            Warning(
                f"{missing} is not set, so a withdrawn page stays in the cache until its minute is over.",
                hint=f"Set {missing}, or neither of the two.",
                id="newsroom.W008",
            )
        ]
    if key and len(key) < 20:
        return [
            Warning(
                "NEWSROOM_PURGE_KEY is short enough to be guessed.",
                hint="Use 32 random characters; deploy/env.example says how to make them.",
                id="newsroom.W009",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def process_may_not_be_root(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Pictures are parsed in this process: it should not own the machine. Only said where a server starts."""
    if os.environ.get("NEWSROOM_CONTAINER") and hasattr(os, "geteuid") and os.geteuid() == 0:
        return [
            Warning(
                "The container runs as root.",
                hint="Do not override `user:` in docker-compose.yml; the image runs as newsroom (10001).",
                id="newsroom.W010",
            )
        ]
    return []


@register(Tags.security)
def second_factor_is_a_word_we_know(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A slip of the pen must not leave the door open that somebody meant to close."""
    if settings.SECOND_FACTOR in {"off", "editors"}:
        return []
    return [
        Error(
            f"NEWSROOM_SECOND_FACTOR is {settings.SECOND_FACTOR!r}.",
            hint='Set it to "editors" to demand the second step of editors and administrators, or to "off".',
            id="newsroom.E011",
        )
    ]
