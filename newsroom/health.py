"""Is it alive, and is everything behind it in order?

`/healthz` answers while the process can answer at all: for restarts and load balancers. `/readyz` looks at the
database, the broker, the last sweep and what is overdue: for monitoring and for deployments. A load balancer
should not ask `/readyz`: readers are served well while Redis or the workers are down.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.desk import outbox
from articles.makeup import workshop
from articles.makeup.fonts import FontsMissing
from articles.models import Heartbeat, Publication
from newsroom.celery import app

log = logging.getLogger(__name__)

# A sweep may wait behind one period and run for one; at the third it is missing.
MISSING_SWEEPS = 3
BROKER_SECONDS = 2

Check = Callable[[datetime], dict[str, Any]]


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" without touching anything: database and broker may be down."""
    return _uncached(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when everything works, else 503; JSON `{"ready": bool, "checks": {name: {"ok": bool, …}}}`.

    Says what is wrong in a word, never an address, a name or a password: the reason is in the log.
    """
    now = timezone.now()
    checks = {name: _guarded(name, check, now) for name, check in CHECKS.items()}
    ready = all(check["ok"] for check in checks.values())
    return _uncached(JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503))


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _guarded(name: str, check: Check, now: datetime) -> dict[str, Any]:
    """Whatever a driver raises means "not ready", not a 500: this page exists for the day things break."""
    try:
        return check(now)
    except Exception:
        log.exception("readiness: %s", name)
        return {"ok": False, "problem": "unreachable"}


def _database(now: datetime) -> dict[str, Any]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"ok": True}


def _broker(now: datetime) -> dict[str, Any]:
    options: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    folder = options.get("data_folder_in")
    if folder:
        usable = os.access(folder, os.W_OK)
        return {"ok": True} if usable else {"ok": False, "problem": "folder not writable"}
    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)
        client = getattr(connection.default_channel, "client", None)
        if client is not None and hasattr(client, "ping"):
            client.ping()
    return {"ok": True}


def _sweep(now: datetime) -> dict[str, Any]:
    beat_at = Heartbeat.objects.filter(name="sweep").values_list("beat_at", flat=True).first()
    if beat_at is None:
        return {"ok": False, "problem": "no sweep yet"}
    seconds = round((now - beat_at).total_seconds(), 1)
    if now - beat_at > timedelta(seconds=settings.SWEEP_SECONDS * MISSING_SWEEPS):
        return {"ok": False, "problem": "sweep missing", "seconds_ago": seconds}
    return {"ok": True, "seconds_ago": seconds}


def _backlog(now: datetime) -> dict[str, Any]:
    """How much is due and not done. Reported, not judged: after a night without workers it is large and in order."""
    return {"ok": True, "due": outbox.backlog(now)}


def _fonts(now: datetime) -> dict[str, Any]:
    """Which packages are missing where pages are made up. Reported, not judged: desk and site work on without."""
    if not Publication.objects.filter(printing=Publication.Printing.MAKEUP).exists():
        return {"ok": True}
    try:
        workshop.page_fonts()
    except FontsMissing as missing:
        return {"ok": True, "missing": missing.packages}
    return {"ok": True}


CHECKS: dict[str, Check] = {
    "database": _database,
    "broker": _broker,
    "sweep": _sweep,
    "backlog": _backlog,
    "fonts": _fonts,
}
