"""Who may do what with photos, by Django's own permissions. Stories' rules are decided above, in articles.

`add_photo` uploads, `change_photo` edits anyone's words about a photo and its focal point, `view_photo` sees every
original, `delete_photo` deletes. An uploader may see and edit their own.
"""

from typing import Any

from media_library.models import Photo


def can_upload(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("media_library.add_photo"))


def can_view_original(user: Any, photo: Photo) -> bool:
    return bool(user.is_active and (_own(user, photo) or user.has_perm("media_library.view_photo")))


def can_change(user: Any, photo: Photo) -> bool:
    return bool(user.is_active and (_own(user, photo) or user.has_perm("media_library.change_photo")))


def can_delete(user: Any, photo: Photo) -> bool:
    return bool(user.is_active and user.has_perm("media_library.delete_photo"))


def _own(user: Any, photo: Photo) -> bool:
    return user.pk is not None and photo.uploaded_by_id == user.pk
