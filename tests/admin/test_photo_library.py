"""The photo library on the desk."""

import pytest
from django.urls import reverse

from articles.models import Membership
from articles.models.publication import Role
from media_library.models import Photo, private_storage
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.admin.desk import form_of, logged_in, text_of
from tests.media_library import samples

LIST = "/admin/media_library/photo/"
ADD = "/admin/media_library/photo/add/"

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning", "ignore:.*:RuntimeWarning")


@pytest.fixture
def photo(cast):
    return store_photo(samples.upload(samples.jpeg(900, 700)), user=cast.reporter, caption="渔港的早晨")


def change(photo):
    return reverse("admin:media_library_photo_change", args=[photo.pk])


def original(photo):
    return reverse("admin:media_library_photo_original", args=[photo.pk])


@pytest.fixture
def picture_editor(cast, django_user_model):
    user = django_user_model.objects.create_user("pictures", first_name="秦晚舟", is_staff=True)
    Membership.objects.create(user=user, publication=cast.publication, role=Role.PICTURE_EDITOR)
    return user


def test_several_photos_are_uploaded_with_words_for_all(cast):
    files = [samples.upload(samples.jpeg(), "一.jpg"), samples.upload(samples.jpeg(500), "二.jpg")]

    response = logged_in(cast.reporter).post(
        ADD, {"photo_files": files, "caption": "渔港", "credit": "林海生"}
    )

    assert response.status_code == 302
    assert {(row.caption, row.credit, row.uploaded_by) for row in Photo.objects.all()} == {
        ("渔港", "林海生", cast.reporter)
    }


def test_a_refused_file_is_named_and_the_rest_and_the_words_are_kept(cast):
    files = [samples.upload(samples.jpeg(), "好.jpg"), samples.upload(b"<svg/>", "坏.jpg")]

    response = logged_in(cast.reporter).post(ADD, {"photo_files": files, "caption": "打好的说明"})

    page = text_of(response)
    assert response.status_code == 200
    assert "“坏.jpg” was not taken" in page
    assert "打好的说明" in page
    assert Photo.objects.count() == 1


def test_an_upload_without_a_file_says_so(cast):
    response = logged_in(cast.reporter).post(ADD, {"caption": "打好的说明"})
    assert "Choose at least one file" in text_of(response)


@pytest.mark.parametrize("who", ["layout", "administrator"])
def test_who_writes_nothing_uploads_nothing(cast, who):
    client = logged_in(getattr(cast, who))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"photo_files": samples.upload(samples.jpeg())}).status_code == 403
    assert not Photo.objects.exists()


def test_the_list_shows_thumbnails_at_the_same_cost_however_long(cast, photo, django_assert_max_num_queries):
    render(photo.pk)
    for number in range(10):
        store_photo(samples.upload(samples.jpeg(300 + number)), user=cast.reporter)
    client = logged_in(cast.reporter)

    with django_assert_max_num_queries(10):
        page = text_of(client.get(LIST))

    assert 'class="desk-thumb" src="/media/' in page
    assert "in preparation" in page


def test_everyone_sees_what_is_theirs_to_see(cast, photo, picture_editor):
    seen = {
        who.username: "渔港的早晨" in text_of(logged_in(who).get(LIST))
        for who in (cast.reporter, cast.colleague, picture_editor, cast.chief, cast.layout, cast.outsider)
    }
    assert seen == {
        "reporter": True, "colleague": False, "pictures": True, "chief": True, "layout": True, "outsider": False,
    }  # fmt: skip


def test_words_and_focal_point_are_changed_by_owner_and_editors_only(cast, photo, picture_editor):
    for person, status in ((cast.reporter, 302), (picture_editor, 302), (cast.section_editor, 302)):
        client = logged_in(person)
        fields = form_of(client.get(change(photo)), "photo_form")
        fields |= {"caption": f"{person.username} 写的", "focal_x": "0.25"}
        assert client.post(change(photo), fields).status_code == status
        photo.refresh_from_db()
        assert (photo.caption, photo.focal_x) == (f"{person.username} 写的", 0.25)
    layout = logged_in(cast.layout)
    assert layout.get(change(photo)).status_code == 200
    assert layout.post(change(photo), {"caption": "x"}).status_code == 403
    assert logged_in(cast.colleague).get(change(photo)).status_code == 404
    assert logged_in(cast.outsider).post(change(photo), {"caption": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("focal_x", "1.5"), ("focal_y", "nan"), ("credit", "a\r\nBcc: b")]
)
def test_what_cannot_be_is_refused_in_the_form(cast, photo, field, value):
    client = logged_in(cast.reporter)
    fields = form_of(client.get(change(photo)), "photo_form") | {field: value, "caption": "打好的字"}

    response = client.post(change(photo), fields)

    assert response.status_code == 200
    assert "打好的字" in text_of(response)
    photo.refresh_from_db()
    assert photo.caption == "渔港的早晨"


def test_the_original_is_a_file_for_those_who_may_see_it_and_is_kept_by_nobody(cast, photo):
    """RISKS 6."""
    response = logged_in(cast.reporter).get(original(photo))

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    for person in (cast.colleague, cast.outsider, cast.administrator):
        assert logged_in(person).get(original(photo)).status_code == 404


def test_an_original_whose_file_is_gone_is_a_404(cast, photo):
    private_storage().delete(photo.original.name)
    assert logged_in(cast.reporter).get(original(photo)).status_code == 404


def test_photos_are_not_deleted_on_the_desk(cast, photo):
    address = reverse("admin:media_library_photo_delete", args=[photo.pk])
    assert logged_in(cast.chief).post(address, {"post": "yes"}).status_code == 403
