"""The line table: every character on one line, in order, with its style."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.makeup.composer import Composer
from articles.makeup.galley import set_galleys
from articles.makeup.material import Piece, Span
from articles.makeup.pieces import printed
from tests.makeup.sheets import body

pytestmark = [pytest.mark.once, pytest.mark.fonts]

HARD = [
    "“引号”在行首，‘单引号’在行尾；（括号）——破折号……省略号！？",
    "Ｆｕｌｌ　ｗｉｄｔｈ　１２３，全角与半角123 mixed 在一起。",
    "https://example.com/a/very/long/path/that/no/column/holds/and/goes/on?x=1&y=2#end 网址太长",
    "x" * 400,
    "5℃、①、№7、Ω、±0.5%、½",
    "一",
    "断字" + "Wi-Fi和T-shirt与X-ray，" * 20,
    "　　两个空格开头，结尾也有　",
    "fi fl ffi office 连字",
    "《书名》、《书名》。《书名》，（一）（二）",
]


def test_every_character_of_hard_text_has_its_line(composer: Composer) -> None:
    galleys = set_galleys(composer, [[Piece("text", text)] for text in HARD])
    for text, galley in zip(HARD, galleys, strict=True):
        assert galley.text() == "".join(text.split())
        assert [line.start for line in galley.lines[1:]] == [line.end for line in galley.lines[:-1]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(
            alphabet="中文新闻报道天地人，。、“”（）《》—…！ 　ABcde0123459.%-/:", min_size=1, max_size=90
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_comes_through(composer: Composer, texts: list[str]) -> None:
    pieces = [Piece("text", text) for text in texts if text.strip()]
    galley = set_galleys(composer, [pieces])[0]
    assert galley.text() == "".join("".join(piece.text.split()) for piece in pieces)


def test_styles_and_kinds_lose_nothing(composer: Composer) -> None:
    pieces = [
        Piece(
            "text",
            "本报讯　昨天H2O水温5℃",
            spans=(Span(0, 3, "bold"), Span(7, 8, "sub"), Span(10, 12, "kai")),
        ),
        Piece("subhead", "从老码头到灯塔路怎么走最省时间最省力"),
        Piece("quote", "日子方便了不少。" * 5),
        Piece("text", "不缩进的一行", indent=False),
    ]
    galley = set_galleys(composer, [pieces])[0]
    assert galley.text() == "".join("".join(piece.text.split()) for piece in pieces)
    subheads = [line for line in range(len(galley)) if galley.is_subhead(line)]
    assert len(subheads) == 2 and all(galley.keeps_with_next(line) for line in subheads)


def test_subheads_one_below_another_may_part(composer: Composer) -> None:
    galley = set_galleys(composer, [[Piece("subhead", f"第{n}节") for n in range(5)]])[0]
    assert not any(galley.keeps_with_next(line) for line in range(5))


def test_a_slice_says_whether_its_last_paragraph_goes_on(composer: Composer) -> None:
    galley = set_galleys(composer, [body(200)])[0]
    assert galley.sliced(0, 3)[-1]["cut"]
    assert not galley.sliced(0, len(galley))[-1]["cut"]
    assert not galley.sliced(2, len(galley))[0]["indent"]


def test_an_empty_body_has_no_lines(composer: Composer) -> None:
    assert [len(galley) for galley in set_galleys(composer, [[], body(50), []])] == [0, 5, 0]
    assert [len(galley) for galley in set_galleys(composer, [[]])] == [0]


def test_what_has_no_print_is_taken_out() -> None:
    assert printed("中\u200b文\u200d字\ufeff软\u00ad连\u202e") == "中文字软连"
    assert printed("空　格 　") == "空　格 　"


def test_markup_of_the_typesetter_is_text(composer: Composer) -> None:
    text = '#let x = 1 $x^2$ *b* _i_ `c` \\ @r <l> // c /* c */ [x] {y} ~ = - + "q" #import "a" #sys.inputs'
    galley = set_galleys(composer, [[replace(Piece("text", text), indent=False)]])[0]
    assert galley.text() == "".join(text.split())
