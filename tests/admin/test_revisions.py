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


def test_any_two_revisions_can_be_compared(cast):
    story = edited(cast)
    workflow.edit(cast.reporter, story.pk, 2, {"headline": "第三稿的标题"})
    client = logged_in(cast.reporter)

    for number, other in ((1, 2), (2, 1)):
        page = text_of(client.get(revision_url(story, number), {"with": str(other)}))
        assert "From #1 to #2" in page
        assert "<del>渡轮夜航试运行</del><ins>改后的标题</ins>" in page
    assert client.get(revision_url(story, 1), {"with": "99"}).status_code == 200
    assert client.get(revision_url(story, 1), {"with": "x"}).status_code == 200


def kinds(lines):
    return [[(piece.kind, piece.text) for piece in line] for line in lines]


def test_a_paragraph_put_in_between_leaves_the_changed_ones_their_own():
    old = "渡轮夜航昨晚试运行，首航座无虚席。\n末班船延到二十三时。"
    new = "渡轮夜航前晚试运行，首航座无虚席。\n市民何女士等了一刻钟。\n末班船延到二十三时半。"

    first, between, last = kinds(compare(old, new))

    assert ("gone", "昨") in first
    assert ("new", "前") in first
    assert between == [("new", "市民何女士等了一刻钟。")]
    assert ("new", "半") in last


def test_a_paragraph_written_anew_is_shown_whole():
    old, new = "渡轮夜航昨晚试运行，首航座无虚席。", "气象台预计，周末有大风，请船只回港避风。"

    assert kinds(compare(old, new)) == [[("gone", old[:-1]), ("new", new[:-1]), ("same", "。")]]


def test_a_changed_clause_of_a_long_paragraph_is_found():
    clauses = [f"第{number}班船靠岸时潮水正好，" for number in range(60)]
    old = "".join(clauses)
    new = old.replace("第7班船靠岸", "第7班渡轮靠岸").replace("第50班船靠岸时潮水正好，", "")

    (line,) = kinds(compare(old, new))

    assert [piece for piece in line if piece[0] != "same"] == [
        ("gone", "船"),
        ("new", "渡轮"),
        ("gone", "第50班船靠岸时潮水正好，"),
    ]


def test_a_huge_comparison_stays_quick():
    old = "\n".join(f"第{n}段" for n in range(5_000))

    assert len(compare(old, old + "\n末段")) == 10_001
    assert compare("甲，" * 20_000 + "甲", "乙" + "甲，" * 20_000)
    assert compare("甲" * 50_000, "乙" * 50_000)[0][0].text == "甲" * 50_000
