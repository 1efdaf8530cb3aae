"""The demo's words and pictures themselves."""

from pathlib import Path

import pytest
from PIL import ImageStat

from newsroom.demo import content, pictures
from newsroom.demo.pictures.canvas import SIZE
from newsroom.demo.staging import paper_day

DEMO = Path(content.__file__).parent
pytestmark = pytest.mark.once


def han(text: str) -> str:
    """The letters and digits alone: a sentence with other punctuation is still that sentence."""
    return "".join(character for character in text if character.isalnum())


@pytest.mark.pages
def test_no_sentence_of_a_real_page_is_in_it(shared_pages):
    real = "\n".join(page.read_text(encoding="utf-8") for page in sorted(shared_pages.glob("*.txt")))
    paragraphs = [han(line) for line in real.splitlines()]
    pieces = {line[at : at + 12] for line in paragraphs for at in range(len(line) - 11)}
    files = [path for path in DEMO.rglob("*") if path.suffix in {".py", ".toml", ".txt"}]

    ours = {path: han(path.read_text(encoding="utf-8")) for path in files}

    assert len(pieces) > 1000
    assert len(files) > 10
    found = {text[at : at + 12] for text in ours.values() for at in range(len(text) - 11)} & pieces
    assert found == set()


def test_every_story_knows_its_page_or_its_state():
    for name in ("yesterday", "today", "tomorrow"):
        stories = content.load(name, {})
        assert {story.page for story in stories} == set(content.PAGES)
        assert {story.section for story in stories} <= set(content.SECTIONS)
    assert {story.state for story in content.load("desk", {})} == set(content.STATES)


def test_the_page_for_trying_the_intake_holds_what_makes_it_hard():
    raw = content.PAGE_SAMPLE.read_text(encoding="utf-8")

    assert raw.count("■") == 4
    assert "■摄影" in raw
    assert "本报讯 " in raw
    assert "," in raw
    assert "9分\n\n钟" in raw, "a paragraph broken by a column"


@pytest.mark.parametrize("name", sorted(pictures.SCENES))
def test_a_scene_is_a_picture_and_no_test_square(name):
    image = pictures.draw(name)

    assert (image.mode, image.size) == ("RGB", SIZE)
    assert min(ImageStat.Stat(image).stddev) > 15
    small = image.resize((96, 64))
    assert len(set(small.get_flattened_data())) > 2000


def test_a_scene_is_the_same_each_time():
    assert pictures.jpeg("bridge") == pictures.jpeg("bridge")


def test_before_press_time_yesterdays_paper_is_the_newest():
    from datetime import UTC, date, datetime

    from articles.models import Publication

    paper = Publication(time_zone="Asia/Shanghai")
    # 06:00 there is 22:00 UTC of the day before.
    assert paper_day(paper, datetime(2027, 3, 9, 21, 59, tzinfo=UTC)) == date(2027, 3, 9)
    assert paper_day(paper, datetime(2027, 3, 9, 22, 0, tzinfo=UTC)) == date(2027, 3, 10)
