"""Files follow their rows out, after the commit. However the row was deleted: admin, cascade, shell."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from media_library import discards
from media_library.models import DiscardedFile, Photo, Rendition


@receiver(post_delete, sender=Photo)
def discard_original(instance: Photo, **_: Any) -> None:
    discards.discard([str(instance.original.name)], timezone.now(), DiscardedFile.PRIVATE)


@receiver(post_delete, sender=Rendition)
def discard_rendition(instance: Rendition, **_: Any) -> None:
    discards.discard([instance.name], timezone.now())
