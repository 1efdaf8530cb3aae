"""Photos from the story's page: sent one by one, looked for in the library."""

import pytest

from articles.desk import workflow
from media_library.models import Photo
from media_library.uploads import store_photo
from tests.admin.desk import change_url, logged_in, opened
from tests.media_library import samples

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning", "ignore:.*:RuntimeWarning")
SEND = "/admin/articles/article/photos/send/"
LIBRARY = "/admin/articles/article/photos/"


def test_a_photo_is_kept_before_the_story_is_saved_and_can_be_put_into_it(cast):
    story = cast.draft()
    client = logged_in(cast.reporter)

    answer = client.post(SEND, {"file": samples.upload(samples.jpeg(), "渡轮.jpg")})

    photo = Photo.objects.get()
    assert answer.status_code == 201
    assert (answer.json()["photo"], answer.json()["name"]) == (photo.pk, str(photo))
    assert photo.uploaded_by == cast.reporter
    row = {"photos-TOTAL_FORMS": "1", "photos-0-photo": str(photo.pk), "photos-0-caption": "首航"}
    assert client.post(change_url(story), {**opened(client, story), **row}).status_code == 302
    assert story.photos.get().caption == "首航"


@pytest.mark.parametrize("who", ["layout", "administrator"])
def test_who_may_not_upload_leaves_nothing_behind(cast, who):
    answer = logged_in(getattr(cast, who)).post(SEND, {"file": samples.upload(samples.jpeg())})

    assert answer.status_code == 403
    assert not Photo.objects.exists()


REFUSED = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image/svg+xml"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "image/jpeg"),
    "pdf": (b"%PDF-1.7\n%%EOF", "image/jpeg"),
    "truncated": (samples.jpeg(800, 600)[:4000], "image/jpeg"),
    "empty": (b"", "image/jpeg"),
}


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_is_no_photo_is_refused_with_a_sentence(cast, kind):
    """RISKS 26 and 29."""
    data, content_type = REFUSED[kind]

    answer = logged_in(cast.reporter).post(SEND, {"file": samples.upload(data, "坏.jpg", content_type)})

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Photo.objects.exists()


def test_only_one_file_at_a_time_and_only_sent(cast):
    client = logged_in(cast.reporter)

    assert client.post(SEND, {"file": "渡轮.jpg"}).status_code == 400
    assert client.get(SEND).status_code == 405


def test_a_file_name_is_only_words(cast):
    """RISKS 24 and 30."""
    name = "../../<script>alert(1)</script>.jpg"

    answer = logged_in(cast.reporter).post(SEND, {"file": samples.upload(samples.jpeg(), name)})

    assert answer["Content-Type"] == "application/json"
    assert ".." not in Photo.objects.get().original.name


def test_the_library_offers_what_one_may_use_and_nothing_else(cast):
    """RISKS 17."""
    mine = store_photo(samples.upload(samples.jpeg(), "我的.jpg"), user=cast.reporter)
    theirs = store_photo(samples.upload(samples.jpeg(), "同事的.jpg"), user=cast.colleague)
    store_photo(samples.upload(samples.jpeg(), "外报的.jpg"), user=cast.outsider)

    def seen(person):
        return [row["photo"] for row in logged_in(person).get(LIBRARY).json()["results"]]

    assert seen(cast.reporter) == [mine.pk]
    assert seen(cast.section_editor) == [theirs.pk, mine.pk]
    assert logged_in(cast.administrator).get(LIBRARY).status_code == 403


def test_the_library_is_searched_by_words_and_comes_in_pages(cast, django_assert_max_num_queries):
    whole = samples.jpeg(64, 48)
    for number in range(26):
        store_photo(samples.upload(whole, f"{number}.jpg"), user=cast.reporter, caption=f"海港第{number}天")
    client = logged_in(cast.reporter)

    with django_assert_max_num_queries(8):
        first = client.get(LIBRARY, {"term": "海港"}).json()
    second = client.get(LIBRARY, {"term": "海港", "page": "2"}).json()

    assert (len(first["results"]), first["more"]) == (24, True)
    assert (len(second["results"]), second["more"]) == (2, False)
    assert [row["caption"] for row in client.get(LIBRARY, {"term": "第7天"}).json()["results"]] == [
        "海港第7天"
    ]


@pytest.mark.parametrize(
    "query", [{"term": "\x00"}, {"page": "x"}, {"page": "9" * 50}, {"term": "%_'" * 999}]
)
def test_odd_questions_are_answered_all_the_same(cast, query):
    assert logged_in(cast.reporter).get(LIBRARY, query).status_code == 200


def test_a_photo_of_another_paper_cannot_be_put_into_a_story(cast):
    foreign = store_photo(samples.upload(samples.jpeg()), user=cast.outsider)
    story = workflow.create_article(cast.reporter, cast.publication, cast.content())
    client = logged_in(cast.reporter)
    row = {"photos-TOTAL_FORMS": "1", "photos-0-photo": str(foreign.pk)}

    answer = client.post(
        change_url(story), {**opened(client, story), **row}, headers={"accept": "application/json"}
    )

    assert answer.status_code == 400
    assert not story.photos.exists()
