"""Stories and photos: who is answered what. The story is the reporter's, in 要闻, unless told."""

from typing import Any

from media_library.uploads import store_photo
from tests.admin.access import Row
from tests.media_library import samples


def a_story(cast: Any) -> list[Any]:
    return [cast.draft().pk]


def a_story_in_review(cast: Any) -> list[Any]:
    return [cast.in_review().pk]


def a_photo(cast: Any) -> list[Any]:
    return [store_photo(samples.upload(samples.jpeg()), user=cast.reporter).pk]


# The desk of the paper: who sees the reporter's story in 要闻, and who does not.
SEEN = {"reporter": 200, "section_editor": 200, "duty": 200, "chief": 200, "layout": 200}

ROWS = {
    "articles_article_changelist": Row(others=200, administrator=403),
    "articles_article_add": Row(others=200, layout=403, administrator=403),
    "articles_article_names": Row(others=200, administrator=403),
    # Whose list it would go on is asked first; here nobody says.
    "articles_article_new_name": Row(others=403, method="post"),
    "articles_article_library": Row(others=200, administrator=403),
    # Who may send photos is told that none came along.
    "articles_article_send_photo": Row(others=400, method="post", layout=403, administrator=403),
    # A form without its rows is forged; who may not look is refused before that.
    "articles_article_preview_new": Row(others=400, method="post", layout=403, administrator=403),
    "articles_article_preview": Row(a_story, others=403, method="post", **dict.fromkeys(SEEN, 400)),
    "articles_article_review": Row(others=403, section_editor=200, duty=200, chief=200),
    "articles_article_change": Row(a_story, others=404, **SEEN),
    "articles_article_change POST": Row(
        a_story,
        others=404,
        method="post",
        data={"headline": "x"},
        # Their form lacks its rows: only a forged one does. Who may only read is refused before that.
        **dict.fromkeys(("reporter", "section_editor", "duty", "chief"), 400),
        layout=403,
    ),
    "articles_article_history": Row(a_story, others=404, **dict.fromkeys(SEEN, 302)),
    "articles_article_delete": Row(a_story, others=403),
    "articles_article_revision": Row(lambda cast: [*a_story(cast), 1], others=404, **SEEN),
    "articles_article_verb": Row(
        lambda cast: [*a_story(cast), "submit"],
        others=404,
        **dict.fromkeys(("reporter", "section_editor", "duty", "chief"), 200),
        layout=403,
    ),
    "articles_article_verb POST-approve": Row(
        lambda cast: [*a_story_in_review(cast), "approve"],
        others=404,
        method="post",
        reporter=403,
        section_editor=302,
        # The section editor has taken the first stage by then; the duty editor takes the second, the chief the third.
        duty=302,
        chief=302,
        layout=403,
    ),
    "articles_article_verb POST-withdraw": Row(
        lambda cast: [cast.live().pk, "withdraw"],
        others=404,
        method="post",
        data={"reason": "有误"},
        reporter=403,
        section_editor=403,
        duty=302,
        # It is withdrawn by then.
        chief=409,
        layout=403,
    ),
    "media_library_photo_changelist": Row(others=200, administrator=403),
    "media_library_photo_add": Row(others=200, layout=403, administrator=403),
    "media_library_photo_change": Row(a_photo, others=404, administrator=403, **SEEN),
    "media_library_photo_history": Row(a_photo, others=404, **SEEN),
    "media_library_photo_delete": Row(a_photo, others=403, colleague=403),
    "media_library_photo_original": Row(a_photo, others=404, **SEEN),
}
