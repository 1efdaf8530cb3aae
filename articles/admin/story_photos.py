"""Photos for the story on the screen, without leaving it: sent one by one, and looked for in the library."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.admin.base import person_of
from articles.admin.photo_rights import can_upload_photos, photos_usable_by
from articles.admin.story_sheet import new_use
from media_library.models import Photo
from media_library.pictures import Picture, pictures_for
from media_library.uploads import store_photo

MOST = 24


@require_POST
def send_photo(request: HttpRequest) -> JsonResponse:
    """Take in one file, `file`. It belongs to the library and to whoever sent it from then on, whatever becomes of the
    story. 403: may not upload; 400 with a sentence: this file is not one to keep."""
    if not can_upload_photos(person_of(request)):
        return JsonResponse({"error": _("You may not upload photos. The files were not kept.")}, status=403)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("No file came with it. Choose it again.")}, status=400)
    try:
        photo = store_photo(file, user=request.user)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return JsonResponse(_row(photo, None), status=201)


@require_GET
def library(request: HttpRequest) -> JsonResponse:
    """`?term=渡轮&page=2`: the newest photos at hand whose words or file name hold it. 403 for nobody's people."""
    person = person_of(request)
    if not person.seats:
        raise PermissionDenied
    term = request.GET.get("term", "").replace("\x00", "")[:40].strip()
    page = request.GET.get("page", "1")
    start = (int(page) - 1) * MOST if page.isdecimal() and 0 < len(page) < 5 and int(page) else 0
    rows = photos_usable_by(person)
    if term:
        words = Q(caption__icontains=term) | Q(credit__icontains=term) | Q(original_filename__icontains=term)
        rows = rows.filter(words)
    found = list(rows.order_by("-created_at", "-pk")[start : start + MOST + 1])
    pictures = pictures_for(row.pk for row in found[:MOST])
    results = [_row(row, pictures.get(row.pk)) for row in found[:MOST]]
    return JsonResponse({"results": results, "more": len(found) > MOST})


def _row(photo: Photo, picture: Picture | None) -> dict[str, Any]:
    return {
        **new_use(photo),
        "name": str(photo),
        "src": picture.src if picture else "",
        "srcset": picture.srcset if picture else "",
    }
