"""The storage of originals on a local disk."""

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="media_library.storages.PrivateFileStorage")
class PrivateFileStorage(FileSystemStorage):
    """Files without an address.

    Django's own class, told `base_url=None`, answers with MEDIA_URL: a link that looks right and leads nowhere,
    or to another file.
    """

    def url(self, name: str | None) -> str:
        """Raises ValueError: what is private has no address."""
        raise ValueError("This file is not accessible via a URL.")
