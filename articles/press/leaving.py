"""Files follow their rows out, after the commit. However the row was deleted: with its page, by a shell."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from articles.models import PageProof, PressFile
from articles.press.uploads import PRIVATE
from media_library import discards


@receiver(post_delete, sender=PageProof)
def discard_pictures(instance: PageProof, **_: Any) -> None:
    discards.discard(instance.file_names(), timezone.now())
    _discard_upload(instance.upload)


@receiver(post_delete, sender=PressFile)
def discard_file(instance: PressFile, **_: Any) -> None:
    discards.discard([row["thumbnail"] for row in instance.pages], timezone.now(), PRIVATE)
    _discard_upload(instance.upload)


def _discard_upload(name: str) -> None:
    """The file as it came belongs to its row and to every proof that was made of it: it goes with the last."""
    used = PressFile.objects.filter(upload=name).exists() or PageProof.objects.filter(upload=name).exists()
    if name and not used:
        discards.discard([name], timezone.now(), PRIVATE)
