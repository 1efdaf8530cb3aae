"""Proofs that nobody is at any more: their message was lost, or their worker died. The sweep sends them out again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.desk.proofs import TASK
from articles.models import PageProof
from media_library.hurry import hurry_after_commit

# How long the queue may take before a proof is sent to it once more.
PATIENCE = timedelta(minutes=1)


def hurry_waiting(now: datetime | None = None, limit: int = 50) -> int:
    """Send out again what waits too long or was lost with its worker. Returns how many; each at most once a minute."""
    now = now or timezone.now()
    waiting = Q(state=PageProof.State.WAITING, claimed_until__isnull=True, requested_at__lte=now - PATIENCE)
    lost = Q(state__in=[PageProof.State.WAITING, PageProof.State.WORKING], claimed_until__lte=now)
    due = PageProof.objects.filter(waiting | lost, source=PageProof.Source.MAKEUP).order_by("pk")
    sent = 0
    for key in list(due.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            # Nobody's claim, but for a while no second message.
            ours = PageProof.objects.filter(waiting | lost, pk=key)
            if ours.update(claim="", claimed_until=now + PATIENCE):
                hurry_after_commit(TASK, key)
                sent += 1
    return sent
