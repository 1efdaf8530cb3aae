"""RISKS 24: script in any field is only text on the desk, and every page is under the strict policy."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from articles.desk import workflow
from articles.models import Reporter
from media_library.uploads import store_photo
from tests.admin.desk import change_url, logged_in, verb_url
from tests.media_library import samples

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>{{7*7}}"


@pytest.fixture
def hostile(cast):
    """A story that says something hostile wherever something can be said."""
    byline = Reporter.objects.create(publication=cast.publication, name=HOSTILE[:40])
    photo = store_photo(samples.upload(samples.jpeg(), "<script>.jpg"), user=cast.reporter, caption=HOSTILE)
    content = {
        **dict.fromkeys(("kicker", "headline", "deck", "summary"), HOSTILE),
        "dateline": HOSTILE[:60],
        "body": f'<p onclick="alert(1)">{HOSTILE}</p><a href="javascript:alert(1)">x</a>',
        "section": cast.news.pk,
        "bylines": [
            {"reporter": cast.byline.pk, "role": "text", "title": HOSTILE[:20]},
            {"reporter": byline.pk, "role": "photo", "title": "x"},
        ],
        "photos": [{"photo": photo.pk, "caption": HOSTILE, "credit": HOSTILE[:60], "alt": HOSTILE}],
    }
    story = workflow.create_article(cast.reporter, cast.publication, content)
    workflow.edit(cast.reporter, story.pk, 1, {**content, "deck": "改过"}, note=HOSTILE)
    workflow.submit(cast.reporter, story.pk)
    workflow.send_back(cast.section_editor, story.pk, HOSTILE)
    return story


class Handlers(HTMLParser):
    """The attributes that would run something."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [(tag, name) for name, _value in attrs if name.startswith("on")]


def handlers_in(page):
    parser = Handlers()
    parser.feed(page)
    return parser.found


def test_no_page_of_the_desk_runs_what_a_story_says(cast, hostile):
    addresses = [
        "/admin/",
        "/admin/articles/article/",
        f"/admin/articles/article/?q={HOSTILE}",
        "/admin/articles/article/review/",
        change_url(hostile),
        reverse("admin:articles_article_revision", args=[hostile.pk, 1]),
        "/admin/media_library/photo/",
        "/admin/media_library/photo/add/",
        verb_url(hostile, "submit"),
        verb_url(hostile, "spike"),
    ]
    for person in (cast.reporter, cast.section_editor, cast.layout):
        client = logged_in(person)
        for address in addresses:
            response = client.get(address)
            page = response.content.decode()
            assert response.status_code in (200, 403), address
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address
            assert "javascript:alert" not in page, address
            assert handlers_in(page) == [], address


def test_every_page_is_under_the_strict_policy(cast, hostile):
    client = logged_in(cast.reporter)
    plain = client.get("/admin/")["Content-Security-Policy"]
    editor = client.get(change_url(hostile))["Content-Security-Policy"]

    for policy in (plain, editor):
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in plain
    assert "unsafe-inline" in editor.split("style-src")[1].split(";")[0]
    assert "unsafe" not in editor.replace("style-src 'self' 'unsafe-inline'", "")


def test_no_page_needs_an_inline_script_or_style(cast, hostile):
    for address in (
        "/admin/",
        "/admin/articles/article/",
        change_url(hostile),
        "/admin/media_library/photo/",
    ):
        page = logged_in(cast.section_editor).get(address).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", page), address
        assert "<style" not in page, address
