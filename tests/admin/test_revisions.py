"""Every save can be read again, compared with the text now, and gone back to."""

from django.urls import reverse

from articles.admin.differences import compare
from articles.desk import workflow
from tests.admin.desk import change_url, form_of, logged_in, text_of


def revision_url(story, number):
    return reverse("admin:articles_article_revision", args=[story.pk, number])


def edited(cast):
    story = cast.draft()
    return workflow.edit(cast.reporter, story.pk, 1, {"headline": "改后的标题", "bylines": []})


def test_a_revision_is_shown_with_what_changed_since(cast):
    page = text_of(logged_in(cast.reporter).get(revision_url(edited(cast), 1)))

    assert "<del>渡轮夜航试运行</del>" in page or "<del>渡轮夜航试运</del>" in page
    assert "林海生" in page


def test_going_back_is_an_edit_like_any_other(cast):
    story = edited(cast)
    client = logged_in(cast.reporter)

    fields = form_of(client.get(f"{change_url(story)}?revision=1"))
    assert fields["headline"] == "渡轮夜航试运行"
    client.post(change_url(story), fields)

    story.refresh_from_db()
    assert (story.headline, story.version) == ("渡轮夜航试运行", 3)
    assert [byline.reporter for byline in story.bylines.all()] == [cast.byline]


def test_who_may_not_see_the_story_may_not_see_its_revisions(cast):
    """RISKS 14."""
    story = edited(cast)
    for person in (cast.colleague, cast.outsider, cast.administrator):
        client = logged_in(person)
        assert client.get(revision_url(story, 1)).status_code == 404
        assert client.get(f"{change_url(story)}?revision=1").status_code == 404
        assert client.post(change_url(story), {"restored": "1"}).status_code == 404


def test_who_may_not_edit_is_offered_no_way_back(cast):
    page = text_of(logged_in(cast.layout).get(revision_url(edited(cast), 1)))
    assert "Edit from this text" not in page


def test_a_revision_of_another_story_is_not_there(cast):
    story, other = edited(cast), cast.draft("另一篇")

    assert logged_in(cast.reporter).get(revision_url(other, 2)).status_code == 404
    assert story.revisions.count() == 2


def test_both_texts_can_be_read_out_of_a_comparison():
    old, new = "一段\n二段原来的字\n三段", "一段\n二段后来的字\n加的一段\n三段"

    lines = compare(old, new)

    def read(kind):
        rows = [[piece for piece in line if piece.kind != kind] for line in lines]
        return "\n".join("".join(piece.text for piece in row) for row in rows if row)

    assert read("new") == old
    assert read("gone") == new


def test_a_huge_comparison_stays_quick():
    old = "\n".join(f"第{n}段" for n in range(5_000))

    assert len(compare(old, old + "\n末段")) == 10_001
    assert compare("甲" * 50_000, "乙" * 50_000)[0][0].text == "甲" * 50_000
