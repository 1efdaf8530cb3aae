"""Breaks anywhere in a paragraph are mended; subheads of any shape are left alone."""

import random

import pytest

from articles.intake.headlines import headline_text
from articles.intake.joins import crossing, evidence, is_ended
from articles.intake.model import BlockType, Reason
from articles.intake.parser import parse_page

HEADS = ("一座海岛的重生", "■记者 林海生")
PARAGRAPHS = [
    "清晨五点,码头上已经人声鼎沸。周明远披着雨衣,指挥工人把一筐筐海货搬上冷链车。",
    "这样的场景,在望潮的七个渔港几乎每天都在上演。去年,全市水产品总产量达到46万吨。",
    "“以前靠天吃饭,现在靠技术吃饭。”沈知秋指着屏幕上的曲线说,水温、盐度、溶氧,全都看得见。",
    "许若澜是三年前回乡的大学生。她带着六个同学,在废弃的冷库里办起了海洋文创工作室。",
    "据市海洋渔业局统计,今年上半年,新增养殖面积1.2万亩,带动就业三千余人。",
    "为了解决渔民的后顾之忧,市里出台了十二条措施,涵盖贷款、保险、培训等多个方面。",
    "7月1日,新航线开通的第一天,林海生早早来到码头。他的二十箱梭子蟹,当晚就能摆上省城的餐桌。",
    "码头边的老榕树下,几位退休船员正在下棋。说起这些年的变化,大家你一言我一语。",
]
SUBHEADS = [
    ["破局", "立势", "行远"],
    ["念好山海经", "打好特色牌", "走好共富路"],
    ["从一条船到一支队", "从一个人到一群人", "从一座岛到一片海"],
    ["“小渔网”网住大民生", "“小码头”撬动大物流", "“小平台”服务大企业"],
    ["一、谋在深处", "二、干在实处", "三、走在前列"],
    ["（一）早谋划", "（二）细部署", "（三）严落实"],
    ["1.问需于民", "2.问计于民", "3.问效于民"],
    ["01 起航", "02 远行", "03 归港"],
    ["【初识】", "【相知】", "【坚守】"],
    ["种什么？", "怎么种？", "卖给谁？"],
    ["科技赋能:老码头变聪明", "绿色转型:旧滩涂变森林", "文旅融合:小渔村变景区"],
    ["建一支队伍,把服务送上门", "开一条热线,让难题有回音", "织一张网络,使隐患早发现"],
    ["党员带头当先锋", "数字改革添动力", "机制创新增活力"],
    ["他把青春献给灯塔", "她把家安在海岛", "他们把根扎进礁石"],
    ["“码”上办", "“掌”上查", "“线”上评"],
    ["为什么要退渔", "退渔之后干什么", "怎样让日子越过越好"],
    ["海水养出“金疙瘩”", "渔家乐迎来回头客", "直播间卖起小海鲜"],
    ["第一站", "第二站", "第三站"],
    ["“我要把这座灯守下去”", "“没有过不去的坎”", "“海是我们的命根子”"],
    ["● 海上有了移动加油站", "● 岸上有了共享冷库", "● 网上有了交易大厅"],
    ["既要快,更要稳", "既要金山,更要碧海"],
]


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["single newlines", "blank lines"])
@pytest.mark.parametrize("subheads", SUBHEADS, ids=[heads[0] for heads in SUBHEADS])
def test_subheads_of_any_shape_are_never_joined(subheads: list[str], separator: str) -> None:
    for seed in range(6):
        shuffled = random.Random(seed).sample(PARAGRAPHS, len(PARAGRAPHS))
        lines = [*HEADS, shuffled.pop()]
        for subhead in subheads:
            lines += [subhead, shuffled.pop(), *([shuffled.pop()] if seed % 2 and len(shuffled) > 3 else [])]
        (story,) = parse_page(separator.join(lines)).stories
        found = [block.text for block in story.blocks if block.type is BlockType.SUBHEAD]
        assert found == [headline_text(subhead) for subhead in subheads]
        assert not any(block.joins for block in story.blocks)
        assert story.kind == "feature"


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["single newlines", "blank lines"])
@pytest.mark.parametrize("number", range(len(PARAGRAPHS)))
def test_a_paragraph_cut_anywhere_past_its_first_sentence_or_line_is_mended(
    number: int, separator: str
) -> None:
    whole = [block.text for block in parse_page("\n".join([*HEADS, *PARAGRAPHS])).stories[0].blocks]
    paragraph = PARAGRAPHS[number]
    for place in range(1, len(paragraph)):
        left, right = paragraph[:place], paragraph[place:]
        if is_ended(left) or (place < 24 and "。" not in left[:-1]):
            continue
        lines = [*HEADS, *PARAGRAPHS[:number], left, right, *PARAGRAPHS[number + 1 :]]
        (story,) = parse_page(separator.join(lines)).stories
        assert [block.text for block in story.blocks] == whole, (left, right)
        assert len(story.blocks[number].joins) == 1


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("他说:“望潮港要做大", "做强。”", Reason.UNBALANCED),
        ("市海洋渔业局(市水产", "局)负责人", Reason.UNBALANCED),
        ("会议指出,", "要抓好落实。", Reason.COMMA),
        ("副市长、", "局长", Reason.COMMA),
        ("望潮港", ",今年", Reason.CLOSING),
        ("全市投入", "%的资金", Reason.CLOSING),
        ("正在建设的", "新码头", Reason.PARTICLE),
        ("望潮市民和", "游客", Reason.PARTICLE),
        ("港口建在", "海湾北侧", Reason.PARTICLE),
        ("到20", "26年", Reason.NUMBER),
        ("航程为5", "天左右", Reason.NUMBER),
        ("全长1.", "5公里", Reason.NUMBER),
        ("采用Deep", "Sea模型", Reason.WORD),
        ("坚持高质量发", "展不动摇", Reason.WORD),
        ("市交通局局长", "周明远介绍", Reason.POST_TITLE),
    ],
)
def test_each_signal_is_named(left: str, right: str, reason: Reason) -> None:
    opened = left.count("“") > left.count("”") or left.count("(") > left.count(")")
    found = evidence(left, right, opened)
    assert found is not None
    assert found.reason is reason


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("潮声与渔歌共生", "化解了老矛盾。"),
        ("潮起望潮湾", "三十年前的清晨,"),
        ("把人请回来", "第一个回来的是她。"),
    ],
)
def test_a_heading_over_its_text_gives_no_evidence(left: str, right: str) -> None:
    assert evidence(left, right, open_marks=False) is None


def test_a_word_must_really_lie_over_the_break() -> None:
    assert crossing("全市先进单", "位,渔港") == 2
    assert crossing("海陆共生", "化工厂搬走了") == 0


def test_a_full_stop_before_the_break_is_left_alone_and_an_open_quote_noted() -> None:
    (story,) = parse_page("\n\n".join([*HEADS, "他说:“今年要再上台阶。", "明年更好。”说完就走了。"])).stories
    assert [block.joins for block in story.blocks] == [(), ()]
    assert any("stays open" in str(note) for note in story.notes)
