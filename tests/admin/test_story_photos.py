"""Photos in a story: uploaded in its form, picked from the library, described for this use."""

import time

import pytest

from articles.desk import workflow
from articles.models import Article
from media_library.models import Photo, Rendition
from media_library.renditions import render
from media_library.uploads import store_photo
from tests.admin.desk import change_url, form_of, logged_in, opened, saved, text_of
from tests.media_library import samples

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning", "ignore:.*:RuntimeWarning")


def test_several_photos_are_uploaded_in_the_story(cast):
    story = cast.draft()
    files = [samples.upload(samples.jpeg(), "一.jpg"), samples.upload(samples.jpeg(500), "二.jpg")]

    response = saved(logged_in(cast.reporter), story, photo_files=files)

    assert response.status_code == 302, text_of(response)
    assert [use.photo.original_filename for use in story.photos.all()] == ["一.jpg", "二.jpg"]
    assert {use.photo.uploaded_by for use in story.photos.all()} == {cast.reporter}


def test_photos_can_be_added_before_anything_is_saved(cast):
    client = logged_in(cast.reporter)
    fields = form_of(client.get("/admin/articles/article/add/"))

    response = client.post(
        "/admin/articles/article/add/",
        {**fields, "deck": "先传图", "photo_files": samples.upload(samples.jpeg()), "_attach": "1"},
    )

    assert response.status_code == 200
    assert "errornote" not in text_of(response)
    fields = form_of(response)
    assert fields["deck"] == "先传图"
    fields.update({"headline": "渔港开放日", "photos-0-caption": "开放日\n现场", "photos-0-alt": "人群"})
    assert client.post("/admin/articles/article/add/", fields).status_code == 302
    use = Article.objects.get().photos.get()
    assert (use.caption, use.alt, use.photo) == ("开放日 现场", "人群", Photo.objects.get())


def test_a_photo_of_ones_own_library_is_picked(cast):
    story = cast.draft()
    photo = store_photo(samples.upload(samples.jpeg()), user=cast.reporter, caption="渔港", credit="林海生")

    saved(logged_in(cast.reporter), story, pick=[str(photo.pk)])

    use = story.photos.get()
    assert (use.photo, use.caption, use.credit) == (photo, "渔港", "林海生")


def test_captions_order_and_removal_are_of_this_use(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)
    saved(
        client,
        story,
        photo_files=[samples.upload(samples.jpeg(), "一.jpg"), samples.upload(samples.jpeg(500), "二.jpg")],
    )

    saved(client, story, photos__0__ORDER="2", photos__1__ORDER="1", photos__1__caption="先看这张")
    assert [use.caption for use in story.photos.all()] == ["先看这张", ""]

    saved(client, story, photos__0__DELETE="on")
    assert [use.photo.original_filename for use in story.photos.all()] == ["一.jpg"]
    assert Photo.objects.count() == 2


@pytest.mark.parametrize("way", ["pick", "photos__0__photo"])
def test_somebody_elses_photo_cannot_be_taken(cast, way):
    """RISKS 20."""
    story = cast.draft()
    theirs = store_photo(samples.upload(samples.jpeg()), user=cast.colleague, caption="独家照片")
    fields = {way: str(theirs.pk)}
    if way != "pick":
        fields |= {"photos__TOTAL_FORMS": "1", "photos__0__ORDER": "1"}

    response = saved(logged_in(cast.reporter), story, headline="打好的字", **fields)

    assert response.status_code == 200
    assert form_of(response)["headline"] == "打好的字"
    assert "独家照片" not in text_of(response)
    assert not story.photos.exists()


def test_an_editor_may_use_what_the_paper_s_people_uploaded_but_no_other_paper_may(cast):
    photo = store_photo(samples.upload(samples.jpeg()), user=cast.reporter)
    story = cast.draft()

    assert saved(logged_in(cast.section_editor), story, pick=[str(photo.pk)]).status_code == 302
    other = workflow.create_article(cast.outsider, cast.other_publication, {"headline": "汐湾的稿件"})
    assert saved(logged_in(cast.outsider), other, pick=[str(photo.pk)]).status_code == 200
    assert not other.photos.exists()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "svg": (SVG, "image/svg+xml"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "image/jpeg"),
    "pdf": (b"%PDF-1.7\n%%EOF", "image/jpeg"),
    "truncated": (samples.jpeg(800, 600)[:4000], "image/jpeg"),
    "empty": (b"", "image/jpeg"),
}


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_is_no_photo_is_refused_and_everything_else_kept(cast, kind):
    """RISKS 26 and 29: the text stays in the form, and so does the good photo sent with the bad one."""
    data, content_type = REFUSED[kind]
    story = cast.draft()
    client = logged_in(cast.reporter)

    response = saved(
        client,
        story,
        body="<p>打好的正文。</p>",
        photo_files=[samples.upload(samples.jpeg(), "好.jpg"), samples.upload(data, "坏.jpg", content_type)],
    )

    assert response.status_code == 200
    assert "“坏.jpg” was not taken" in text_of(response)
    fields = form_of(response)
    assert fields["body"] == "<p>打好的正文。</p>"
    good = Photo.objects.get()
    assert fields["photos-0-photo"] == str(good.pk)
    assert client.post(change_url(story), fields).status_code == 302
    story.refresh_from_db()
    assert story.body == "<p>打好的正文。</p>"
    assert story.photos.get().photo == good


def test_a_picture_of_too_many_pixels_is_refused_at_once(cast):
    """RISKS 28."""
    story = cast.draft()
    began = time.monotonic()

    response = saved(
        logged_in(cast.reporter), story, photo_files=samples.upload(samples.png_bomb(), "炸弹.png")
    )

    assert "million pixels" in text_of(response)
    assert time.monotonic() - began < 5
    assert not Photo.objects.exists()


@pytest.mark.parametrize("data", [samples.mpo(), samples.frames("GIF"), samples.frames("TIFF")])
def test_a_file_of_several_frames_gives_its_first(cast, data):
    """RISKS 29."""
    story = cast.draft()

    assert saved(logged_in(cast.reporter), story, photo_files=samples.upload(data, "多帧")).status_code == 302
    assert story.photos.count() == 1


def test_no_rendition_carries_what_the_file_hid(cast):
    """RISKS 27."""
    story = cast.draft()
    saved(logged_in(cast.reporter), story, photo_files=samples.upload(samples.with_secrets()))
    photo = Photo.objects.get()
    render(photo.pk)

    from django.core.files.storage import default_storage

    for row in Rendition.objects.all():
        with default_storage.open(row.name) as file:
            data = file.read()
        assert b"<script>" not in data
        assert b"SECRET" not in data
    assert Rendition.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../x.jpg", "潮" * 5000 + ".jpg", "a\r\nb.jpg", "<script>alert(1)</script>.jpg"]
)
def test_an_odd_file_name_is_only_a_label(cast, name):
    """RISKS 30."""
    story = cast.draft()

    response = saved(logged_in(cast.reporter), story, photo_files=samples.upload(samples.jpeg(), name))

    photo = Photo.objects.get()
    assert response.status_code == 302
    assert ".." not in photo.original.name
    assert len(photo.original_filename) <= 255
    assert (
        "<script>alert(1)</script>.jpg"
        not in logged_in(cast.reporter).get(change_url(story)).content.decode()
    )


def test_a_body_shows_only_the_story_s_own_photos(cast):
    story = cast.draft()
    theirs = store_photo(samples.upload(samples.jpeg()), user=cast.colleague)

    response = saved(logged_in(cast.reporter), story, body=f'<figure data-photo="{theirs.pk}"></figure>')

    assert response.status_code == 200
    assert "is not among the story's photos" in text_of(response)


def test_a_photo_stands_in_a_story_once(cast):
    story = cast.draft()
    photo = store_photo(samples.upload(samples.jpeg()), user=cast.reporter)
    client = logged_in(cast.reporter)
    saved(client, story, pick=[str(photo.pk)])

    response = client.post(change_url(story), {**opened(client, story), "pick": str(photo.pk)})

    assert response.status_code == 200
    assert "stands twice" in text_of(response)
