import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission

from media_library import permissions
from media_library.uploads import store_photo
from tests.media_library import samples


def person(name: str, *codenames: str):
    user = get_user_model().objects.create_user(name)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="media_library", codename__in=codenames)
    )
    return user


@pytest.mark.parametrize(
    ("codename", "allowed"),
    [
        ("add_photo", {"upload"}),
        ("view_photo", {"view"}),
        ("change_photo", {"change"}),
        ("delete_photo", {"delete"}),
        (None, set()),
    ],
)
def test_each_permission_allows_its_own_thing_only(photo, codename, allowed):
    user = person("ruolan", *([codename] if codename else []))
    assert _may(user, photo) == allowed


def test_an_uploader_sees_and_edits_their_own(db):
    user = person("haisheng")
    own, other = (store_photo(samples.upload(samples.jpeg()), user=who) for who in (user, None))
    assert _may(user, own) == {"view", "change"}
    assert _may(user, other) == set()


def test_a_disabled_account_may_nothing(photo):
    user = person("mingyuan", "add_photo", "view_photo", "change_photo", "delete_photo")
    assert _may(user, photo) == {"upload", "view", "change", "delete"}
    user.is_active = False
    assert _may(user, photo) == set()


def test_a_visitor_may_nothing(photo):
    assert _may(AnonymousUser(), photo) == set()


def _may(user, photo) -> set[str]:
    answers = {
        "upload": permissions.can_upload(user),
        "view": permissions.can_view_original(user, photo),
        "change": permissions.can_change(user, photo),
        "delete": permissions.can_delete(user, photo),
    }
    return {verb for verb, allowed in answers.items() if allowed}
