"""How well stories are found and pages read: on pages of our own and on pages a browser has set."""

import io
import random
from typing import Any

import pypdfium2
import pytest

from articles.intake.parser import parse_page
from articles.press.assigning import Slot, proposed
from articles.press.content import content_of
from articles.press.fragments import fragments_of
from articles.press.reading import read
from tests.press import corpus, requires_fonts
from tests.press.conftest import printed
from tests.press.scores import score

pytestmark = pytest.mark.once


def test_on_our_own_pages_stories_are_where_they_are_jumps_too() -> None:
    requires_fonts()
    found = score(printed())
    assert found.accuracy > 0.99, found
    assert found.overlap >= 0.95, found
    assert found.invented == 0, found


def test_with_one_character_in_twenty_wrong_they_still_are() -> None:
    requires_fonts()
    found = score(printed(), wrong=0.05)
    assert found.overlap >= 0.9, found
    assert found.invented == 0, found


def test_stories_that_are_not_on_the_page_get_no_area() -> None:
    requires_fonts()
    assert score(printed(), everything=True).invented == 0


@pytest.mark.browser
def test_on_pages_that_a_browser_has_set_they_are_found_as_well(browser: Any) -> None:
    pages = [corpus.foreign_page(browser, 1, "ruled"), corpus.foreign_page(browser, 2, "sans")]
    for wrong in (0.0, 0.05):
        found = score(pages, wrong)
        assert found.overlap >= 0.85, found
        assert found.invented == 0, found


def test_the_order_of_the_pdfs_content_means_nothing() -> None:
    requires_fonts()
    content = content_of(pypdfium2.PdfDocument(printed()[0].pdf)[0])
    before = [fragment.text for fragment in fragments_of(content)]
    random.Random(4).shuffle(content.glyphs)
    assert [fragment.text for fragment in fragments_of(content)] == before


def test_a_page_is_read_story_by_story_without_knowing_any() -> None:
    requires_fonts()
    page = printed()[0]
    text = read(pypdfium2.PdfDocument(page.pdf)[0])["text"]
    on_it = [story for story in corpus.stories() if story.key in page.places]
    for story in on_it:
        # Paragraphs whole and in their order, columns and photos or not.
        long = [paragraph for paragraph in story.paragraphs if len(paragraph) > 60]
        places = [text.find(paragraph) for paragraph in long if paragraph in text]
        assert len(places) >= 2, story.headline
        assert places == sorted(places)
    # Of a head and a deck the parser takes one for the kicker: an editor says which is which.
    heads = {head for story in parse_page(text).stories for head in (story.kicker, story.headline)}
    assert len({story.headline for story in on_it} & heads) >= len(on_it) - 1, heads


def test_bold_type_that_is_printed_twice_is_read_once() -> None:
    requires_fonts()
    import typst

    twice = b'#set page(width: 400pt, height: 300pt)\n#set text(font: "Noto Serif CJK SC")\n'
    for by in (0, 0.3):
        twice += f"#place(dx: {20 + by}pt, dy: 20pt)[渡轮夜航试运行]\n".encode()
    pdf = typst.compile(twice, format="pdf", font_paths=corpus.FONT_FOLDERS, ignore_system_fonts=True)
    assert read(pypdfium2.PdfDocument(io.BytesIO(pdf))[0])["text"] == "渡轮夜航试运行"


def test_pages_of_a_file_go_to_the_pages_they_name_else_by_their_place() -> None:
    slots = [Slot(11, "A01", "要闻"), Slot(12, "A02", "民生"), Slot(13, "A03", "副刊"), Slot(14, "A04")]

    def keys(*edges: str) -> list[tuple[int | None, str]]:
        return [(proposal.key, proposal.why) for proposal in proposed(edges, slots)]

    assert keys("第A02版 民生", "第A01版 要闻") == [(12, "code"), (11, "code")]
    assert keys("望潮日报", "副刊 2031年7月1日") == [(11, "order"), (13, "label")]
    assert keys("A04 广告", "A02", "A03", "A01", "A05") == [
        (14, "code"),
        (12, "code"),
        (13, "code"),
        (11, "code"),
        (None, ""),
    ]
    assert proposed([], slots) == []
    assert [each.key for each in proposed(["一", "二"], [])] == [None, None]
