"""Marks and spaces are restored as a Chinese paper stores them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.punctuation import restore, restore_mapped


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("占全市1.27%的土地", "占全市1.27%的土地"),
        ("上午10:00开始", "上午10:00开始"),
        ("约2,000人", "约2,000人"),
        ("使用AI,DT技术", "使用AI,DT技术"),
        ("“望潮”,意为看潮", "“望潮”，意为看潮"),
        ("增长5%,高于去年", "增长5%，高于去年"),
        ("出海;1998年返乡", "出海；1998年返乡"),
        ("望潮港(三号泊位)启用", "望潮港（三号泊位）启用"),
        ("人工智能(AI)平台", "人工智能（AI）平台"),
        ("PVC(S)", "PVC（S）"),
        ("函数f(x)y", "函数f(x)y"),
        ("真的吗?真的!", "真的吗？真的！"),
        ("时间:7月1日", "时间：7月1日"),
        ("比分3:2获胜", "比分3:2获胜"),
        ("2,", "2，"),
        (",2", "，2"),
        ("接入 AI 大模型", "接入AI大模型"),
        ("今年 7 月 1 日", "今年7月1日"),
        ("潮起 帆扬", "潮起 帆扬"),
        ("潮起　　帆扬", "潮起 帆扬"),
        ("他说: “好”", "他说：“好”"),
        ("New York Times", "New York Times"),
        ("详见http://wangchao.example/a?b=1,欢迎", "详见http://wangchao.example/a?b=1，欢迎"),
        ("\ufeff望\u200b潮\x00", "望潮"),
        ("坏字\ud800符", "坏字\ufffd符"),
        ("", ""),
        (" \t\u3000", ""),
    ],
)
def test_marks_and_spaces(raw: str, stored: str) -> None:
    assert restore(raw) == stored


MIXED = st.text(alphabet=st.sampled_from("望潮港AIb09%,;:?!()（）“”，。、 \t\u3000/\x00\ufeff"), max_size=60)


@given(MIXED)
def test_what_is_restored_stays_as_it_is(raw: str) -> None:
    assert restore(restore(raw)) == restore(raw)


@given(MIXED | st.text(max_size=60))
def test_only_white_space_and_invisible_characters_go(raw: str) -> None:
    stored = restore_mapped(raw)
    assert len(stored.text) == len(stored.origins)
    assert stored.origins == sorted(set(stored.origins))
    kept = set(stored.origins)
    for index, character in enumerate(raw):
        if index not in kept:
            assert character.isspace() or not character.isprintable()


@given(st.text(alphabet=st.sampled_from("望潮A9,;:?!()"), max_size=40))
def test_no_mark_is_left_that_must_change(raw: str) -> None:
    stored = restore(raw)
    assert not re.search(r"[,;:?!()](?![0-9A-Za-z])|(?<![0-9A-Za-z])[,;:?!()]", stored)
    for match in re.finditer(r"(?<=[0-9A-Za-z])[,;:?!](?=[0-9A-Za-z])", raw):
        assert stored[match.start()] == match.group()
