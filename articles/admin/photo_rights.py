"""Who may see, use and change which photos. The library knows nothing of papers, so its rules for the desk are here:
one's own, and, for those who read all of a paper, what that paper's people uploaded or its stories use."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from articles.models import ArticlePhoto, Membership
from articles.models.publication import Role
from articles.permissions import EDITORS, READ_ALL, WRITERS, Person
from media_library.models import Photo

KEEPERS = EDITORS | {Role.PICTURE_EDITOR}


def can_upload_photos(person: Person) -> bool:
    return any(seat.role in WRITERS for seat in person.seats)


def photos_visible_to(person: Person) -> QuerySet[Photo]:
    """The photos whose original a person may see."""
    return _reached(person, READ_ALL)


def photos_usable_by(person: Person) -> QuerySet[Photo]:
    """The photos a person may put into a story."""
    return _reached(person, KEEPERS)


def can_change_photo(person: Person, photo: Photo) -> bool:
    """Whether the person may change what the library says about a photo. Uses in stories have words of their own."""
    return can_upload_photos(person) and _reached(person, KEEPERS).filter(pk=photo.pk).exists()


def _reached(person: Person, roles: Collection[str]) -> QuerySet[Photo]:
    if not person.seats:
        return Photo.objects.none()
    papers = {seat.publication_id for seat in person.seats if seat.role in roles}
    wanted = Q(uploaded_by=person.user)
    if papers:
        wanted |= Q(uploaded_by__in=Membership.objects.filter(publication__in=papers).values("user"))
        wanted |= Q(pk__in=ArticlePhoto.objects.filter(article__publication__in=papers).values("photo"))
    return Photo.objects.filter(wanted)
