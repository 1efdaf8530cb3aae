"""Galleys: what was set is what was given, line by line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.makeup.galley import set_galleys
from articles.makeup.material import Piece, Span
from articles.makeup.typesetting import settable
from tests.makeup.invented import body

ALPHABET = "望潮港渡轮夜航的了在有，。、；：！？“”‘’（）《》—…·％%AIwifi0123456789 　-/.(),"


def all_of(pieces):
    return "".join("".join(piece.text.split()) for piece in pieces)


def test_lines_hold_the_whole_body_in_order(composer):
    pieces = body(1500, subheads=True)

    galley = set_galleys(composer, [pieces])[0]

    assert galley.text() == all_of(pieces)
    assert [line.piece for line in galley.lines] == sorted(line.piece for line in galley.lines)
    # Thirteen characters a line, and two fewer where a paragraph begins.
    assert max(line.end - line.start for line in galley.lines) <= 16


def test_several_bodies_are_set_in_one_run_and_an_empty_one_has_no_lines(composer):
    one, empty, other = set_galleys(composer, [body(200), (), body(90, 3)])

    assert len(empty) == 0
    assert one.text() == all_of(body(200))
    assert other.text() == all_of(body(90, 3))


def test_no_column_ends_with_a_subhead(composer):
    galley = set_galleys(composer, [body(900, subheads=True)])[0]

    heads = [line for line in range(len(galley)) if galley.is_subhead(line)]

    assert heads
    assert all(galley.keeps_with_next(line) for line in heads)


def test_a_slice_begins_without_indent_and_ends_as_a_full_line(composer):
    galley = set_galleys(composer, [body(300)])[0]

    first, second = galley.sliced(0, 2)[0], galley.sliced(2, 4)[0]

    assert (first["indent"], first["cut"]) == (True, True)
    assert (second["indent"], second["cut"]) == (False, galley.lines[3].end < len(galley.pieces[0].text))
    assert len(first["lines"]) == 2


def test_styles_stay_with_their_characters(composer):
    piece = Piece(
        "text",
        "本报讯　水是H2O，读数10的3次方。",
        spans=(Span(0, 3, "bold"), Span(7, 8, "sub"), Span(14, 15, "sup")),
    )

    galley = set_galleys(composer, [[piece]])[0]

    assert galley.text() == "".join(piece.text.split())
    styles = {run["s"] for part in galley.sliced(0, len(galley)) for line in part["lines"] for run in line}
    assert {"bold", "sub"} <= styles


@pytest.mark.parametrize(
    "text",
    [
        "#strong[粗] *星* _下划_ $x^2$ \\ `码` <标> @引 // 注 /* 注 */",
        '{{ sys.inputs.data }} #read("/etc/passwd") #import "x"',
        "https://example.com/" + "very-long-path/" * 12,
        "——……“‘双引’”《书名》（括号）！？",
        "ａｂｃ１２３％ fullwidth ﬁ",
        "一" * 900,
    ],
)
def test_any_text_is_type_and_never_markup(composer, text):
    galley = set_galleys(composer, [[Piece("text", settable(text))]])[0]

    assert galley.text() == "".join(settable(text).split())


def test_what_has_no_shape_is_left_out_before_it_is_set():
    assert settable("望\u200b潮\u202e港\ufe0f e\u0301 ﬁ\x07") == "望潮港 é fi"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(alphabet=ALPHABET, min_size=1, max_size=90).filter(str.strip), min_size=1, max_size=6)
)
def test_whatever_is_typed_survives(composer, paragraphs):
    pieces = [Piece("text", text) for text in paragraphs]

    galley = set_galleys(composer, [pieces])[0]

    assert galley.text() == all_of(pieces)
