"""A look at unsaved text as readers would see it: RISKS 4, 5, 16, 24."""

import pytest
from django.urls import reverse

from articles.models import Article, Revision
from media_library.models import Photo
from media_library.uploads import store_photo
from tests.admin.desk import form_of, logged_in, opened, text_of
from tests.media_library import samples

ADD = "/admin/articles/article/add/"


def preview_url(story):
    return reverse("admin:articles_article_preview", args=[story.pk])


def look(client, story, **changes):
    fields = {**opened(client, story), **{name.replace("__", "-"): value for name, value in changes.items()}}
    return client.post(preview_url(story), fields)


def test_it_shows_what_stands_in_the_form_and_writes_nothing(cast):
    story = cast.draft()

    answer = look(logged_in(cast.reporter), story, headline="还没保存的标题", body="<p>还没保存的正文。</p>")

    page = text_of(answer)
    assert '<h1 class="headline">还没保存的标题</h1>' in page
    assert "还没保存的正文。" in page
    assert "林海生" in page
    story.refresh_from_db()
    assert (story.headline, story.version, Revision.objects.count()) == ("渡轮夜航试运行", 1, 1)


def test_it_speaks_the_readers_language_whatever_the_writers_is(cast):
    answer = look(logged_in(cast.reporter, language="en"), cast.draft())

    assert '<html lang="zh-Hans">' in text_of(answer)
    assert "未保存" in text_of(answer)


def test_nobody_keeps_it_and_no_page_of_another_site_frames_it(cast):
    answer = look(logged_in(cast.reporter), cast.draft())

    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not answer.has_header("ETag")


@pytest.mark.parametrize("who", ["colleague", "outsider", "administrator"])
def test_a_story_of_others_is_refused_as_one_there_is_not(cast, who):
    story = cast.draft()
    fields = opened(logged_in(cast.reporter), story)
    client = logged_in(getattr(cast, who))

    answer = client.post(preview_url(story), fields)
    none = client.post(reverse("admin:articles_article_preview", args=[story.pk + 999]), fields)

    assert (answer.status_code, none.status_code) == (403, 403)
    assert "渡轮夜航试运行" not in text_of(answer)


def test_a_link_is_no_way_in(cast):
    assert logged_in(cast.reporter).get(preview_url(cast.draft())).status_code == 405


def test_a_text_with_mistakes_is_shown_as_far_as_it_goes(cast):
    answer = look(
        logged_in(cast.reporter),
        cast.draft(),
        headline="长" * 130,
        deck="一行\r\n两行",
        body="<blockquote>" * 20_000 + "深",
        section="",
        bylines__0__who="王海",
    )

    assert answer.status_code == 200
    assert "长" * 130 in text_of(answer)
    assert "一行 两行" in text_of(answer)


def test_what_was_typed_stays_words(cast):
    evil = "<script>alert(1)</script>"

    answer = look(
        logged_in(cast.reporter),
        cast.draft(),
        headline=evil,
        kicker=evil * 9,
        dateline=evil,
        body=f'<p onclick="x()">{evil}<a href="javascript:x()">看</a></p>',
    )

    page = answer.content.decode()
    assert "<script" not in page
    assert "onclick" not in page
    assert "javascript:" not in page


def test_a_photo_of_others_is_not_shown_by_naming_it(cast):
    foreign = store_photo(samples.upload(samples.jpeg()), user=cast.outsider, caption="外报的图片说明")

    answer = look(
        logged_in(cast.reporter),
        cast.draft(),
        photos__TOTAL_FORMS="1",
        photos__0__photo=str(foreign.pk),
        body=f'<p>正文</p><figure data-photo="{foreign.pk}"></figure>',
    )

    assert answer.status_code == 200
    assert "外报的图片说明" not in text_of(answer)
    assert "/media/" not in text_of(answer)


def test_files_that_come_along_are_left_alone(cast):
    look(logged_in(cast.reporter), cast.draft(), photo_files=[samples.upload(samples.jpeg())])

    assert not Photo.objects.exists()


def test_a_story_that_was_never_saved_can_be_looked_at(cast):
    client = logged_in(cast.reporter)
    fields = {**form_of(client.get(ADD)), "headline": "渔港开放日", "body": "<p>游客过万。</p>"}

    answer = client.post(f"{ADD}preview/", fields)

    assert "渔港开放日" in text_of(answer)
    assert "游客过万。" in text_of(answer)
    assert not Article.objects.exists()
