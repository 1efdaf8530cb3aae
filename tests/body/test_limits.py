"""A body that is too large or too deep is refused before anything is built from it (RISKS 25)."""

import sys
import time
from collections.abc import Callable

import pytest

from articles.body import (
    MAX_BYTES,
    MAX_DEPTH,
    BodyTooDeep,
    BodyTooLarge,
    blocks,
    plain_text,
    sanitise,
    sanitiser,
)


@pytest.fixture
def nothing_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make building an error: a refusal that came after it could not be told from one in time."""

    def build(*arguments: object) -> None:
        raise AssertionError("the text was taken apart before it was refused")

    monkeypatch.setattr(sanitiser, "grow", build)
    monkeypatch.setattr(sanitiser, "write", build)


@pytest.fixture
def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*arguments: object) -> None:
        raise AssertionError("the text was read before its size was looked at")

    monkeypatch.setattr(sanitiser, "tokenise", read)


@pytest.mark.parametrize(
    "html", ["<blockquote>" * 200_000, "潮" * (MAX_BYTES // 3 + 1), "a" * (MAX_BYTES + 1)]
)
@pytest.mark.usefixtures("nothing_is_read", "nothing_is_built")
def test_too_many_bytes_are_refused_unread(html: str) -> None:
    with pytest.raises(BodyTooLarge) as refused:
        sanitise(html)
    assert (refused.value.key, refused.value.limit) == ("body_too_large", 256 * 1024)


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>" * 20_000,
        "<span>" * 101,
        "<unknown-thing>" * 101,
        "<b><i>" * 51,
        "<ul><li>" * 51,
        "<table><tr><td>" * 34,
        "<b><!--</b>-->" * 101,
        "<b title='</b>'>" * 101,
        "<b><style></b></style>" * 101,
        "<div/>" * 101,
        "<p><b>" * 1 + "<i>" * 100,
    ],
)
@pytest.mark.usefixtures("nothing_is_built")
def test_more_than_a_hundred_layers_are_refused_before_anything_is_built(html: str) -> None:
    with pytest.raises(BodyTooDeep) as refused:
        sanitise(html)
    assert (refused.value.key, refused.value.limit) == ("body_too_deep", MAX_DEPTH)


def test_a_hundred_layers_are_taken() -> None:
    assert sanitise("<div>" * 99 + "<p>潮</p>" + "</div>" * 99) == "<p>潮</p>"


def test_a_body_as_large_as_allowed_is_taken() -> None:
    paragraph = "<p>" + "潮" * 99 + "</p>\n"
    html = paragraph * (MAX_BYTES // len(paragraph.encode()))
    assert sanitise(html) == html.strip()


@pytest.mark.parametrize("tag", ["p", "li", "dd", "tr", "td", "br", "hr", "img"])
def test_tags_that_html_closes_by_itself_are_not_counted_as_layers(tag: str) -> None:
    assert plain_text(f"<{tag}>潮" * 2_000).count("潮") == 2_000


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://wangchao.example/' + "x" * 1900 + '">' + "<p>潮" * 30_000,
        "<b><i><sub>" + "<p>潮" * 30_000,
        "<" * 260_000,
    ],
)
def test_a_text_that_would_grow_past_the_limit_when_written_is_refused(html: str) -> None:
    with pytest.raises(BodyTooLarge):
        sanitise(html)


# Each is within the size limit and was picked to make a careless scanner go over the text again and again.
HOSTILE = {
    "paragraphs": "<p>" * 80_000,
    "attributes": "<p " + "a " * 130_000 + ">",
    "one giant attribute": '<p title="' + "x" * 260_000 + '">潮',
    "unclosed quotes": '<a href="' * 29_000,
    "spaces in a tag": "<p" + " " * 260_000,
    "equals in a tag": "<p" + " =" * 130_000,
    "unclosed comments": "<!--" * 60_000,
    "unclosed scripts": "<script>" * 30_000,
    "half closed scripts": "<script>" + "</script" * 32_000,
    "ends of nothing": "</p>" * 60_000,
    "entities": "&#0" * 80_000,
    "ampersands": "&a" * 100_000,
    "entity of 5,000 digits": "&#" + "9" * 5_000 + ";潮",
    "entity of 5,000 zeros": "&#" + "0" * 5_000 + ";潮",
    "entity of 5,000 digits in a link": '<a href="&#' + "9" * 5_000 + ';">潮</a>',
    "marks on and off": "<b>a</b>" * 32_000,
    "spaces": "潮" + " " * 260_000,
    "wide spaces": "a　" * 60_000,
    "breaks": "<br>" * 65_000,
    "items under ninety-seven layers": "<ul>" + "<div>" * 97 + "<li>" * 60_000,
    "declarations": "<?" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_linear_time(name: str, calls_counted: Callable[[str], int]) -> None:
    html = HOSTILE[name]
    began = time.process_time()
    half, whole = calls_counted(html[: len(html) // 2]), calls_counted(html)
    # Twice the text, about twice the steps: a quadratic reader would need four times as many.
    assert whole <= 2.6 * half + 2_000
    # What one step costs is not counted above; a quadratic pattern would take minutes here.
    assert time.process_time() - began < 30


@pytest.fixture
def calls_counted() -> Callable[[str], int]:
    """Count the Python calls that a text costs, which unlike seconds are the same on every machine."""

    def count(html: str) -> int:
        calls = 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            blocks(html)
        except (BodyTooDeep, BodyTooLarge):
            pass
        finally:
            sys.setprofile(None)
        return calls

    return count
