"""Personal names as bylines print them. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from articles.intake.characters import HAN
from articles.intake.words import is_common_noun

# The single surnames of the old primer and those common today; a closed class, so a list is right.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万支柯昝管卢莫房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲"
    "邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿"
    "白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温"
    "别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾"
    "敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公佟肖闫涂代丘邸仝岳帅缑亢况郈有琴商牟佘"
    "佴伯赏墨哈谯笪爱阳楚付区冼揭苑原兰冮门初邝佀祁迟逯尧盘侬鄢柒苟訚"
) - frozenset("但来年那有相后从能都信要能")
_COMPOUNDS = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政
濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马
公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌
微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙
南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师
"""
COMPOUND_SURNAMES = frozenset(_COMPOUNDS.split())
_HAN_ONLY = re.compile(f"[{HAN}]+")
_FOREIGN = re.compile(f"[{HAN}]{{1,10}}(?:[·•・‧][{HAN}]{{1,10}})+|[A-Za-z][A-Za-z.'’-]+")


@dataclass(frozen=True, slots=True)
class Roll:
    """The staff list, in the forms that the parser asks for."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, staff: Collection[str]) -> "Roll":
        return cls(frozenset(compact for name in staff if (compact := re.sub(r"\s+", "", name))))

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __bool__(self) -> bool:
        return bool(self.names)


def has_surname(text: str) -> bool:
    """Whether the text begins with a Chinese surname."""
    return text[:1] in SURNAMES or text[:2] in COMPOUND_SURNAMES


def looks_like_name(text: str, roll: Roll) -> bool:
    """Whether this is most likely a person's name: on the staff list, or a surname and one or two characters that
    are no dictionary word, or a transcribed or Latin name."""
    if text in roll:
        return True
    if _HAN_ONLY.fullmatch(text):
        if text[:2] in COMPOUND_SURNAMES and 3 <= len(text) <= 4:
            return True
        return 2 <= len(text) <= 3 and text[0] in SURNAMES and not is_common_noun(text)
    return bool(_FOREIGN.fullmatch(text)) and len(text) <= 24


def could_be_name(text: str, roll: Roll) -> bool:
    """A looser test for places where only names stand: two to four Chinese characters with a surname."""
    if looks_like_name(text, roll):
        return True
    return 2 <= len(text) <= 4 and bool(_HAN_ONLY.fullmatch(text)) and has_surname(text)


def could_be_unit(text: str) -> bool:
    """A stringer may be an office: 通讯员 望潮海事."""
    return 2 <= len(text) <= 12 and bool(_HAN_ONLY.fullmatch(text))


def split_names(text: str, roll: Roll) -> list[str]:
    """Names that stand together without a separator, e.g. 林海生许若澜; the text itself if it cannot be told.

    The staff list decides where it can; else pieces of two or three characters that each begin with a surname.
    """
    if len(text) < 4 or len(text) > 12 or text in roll or not _HAN_ONLY.fullmatch(text):
        return [text]
    if len(text) == 4 and text[:2] in COMPOUND_SURNAMES:
        return [text]
    return _split(text, roll.names, 4) or _split(text, None, 3) or [text]


def _split(text: str, known: frozenset[str] | None, longest: int) -> list[str]:
    """The split into the fewest pieces; [] if there is none. `known` None: surname rule."""
    best: list[list[str] | None] = [[]] + [None] * len(text)
    for end in range(2, len(text) + 1):
        for size in range(min(longest, end), 1, -1):
            before, piece = best[end - size], text[end - size : end]
            fits = piece in known if known is not None else piece[0] in SURNAMES
            if before is not None and fits and (best[end] is None or len(before) + 1 < len(best[end] or [])):
                best[end] = [*before, piece]
    return best[len(text)] or []


def mend_padding(tokens: list[str], gaps: list[str], roll: Roll) -> list[list[int]]:
    """Group tokens into names: one list of token numbers per name.

    `gaps[i]` is what stands between tokens i and i + 1. A name of two or three characters may be printed with
    spaces between its characters. The staff list decides first; a single character is no name, so without a list
    lone characters are paired (three in a row make one name).
    """
    groups: list[list[int]] = []
    index = 0
    while index < len(tokens):
        size = _padded(tokens, gaps, index, roll)
        groups.append(list(range(index, index + size)))
        index += size
    return groups


def _padded(tokens: list[str], gaps: list[str], start: int, roll: Roll) -> int:
    if len(tokens[start]) != 1 and not (tokens[start] not in roll and len(tokens[start]) == 2):
        return 1
    for size in (4, 3, 2):
        piece = tokens[start : start + size]
        if len(piece) == size and "".join(piece) in roll and _only_spaces(gaps[start : start + size - 1]):
            return size
    if len(tokens[start]) != 1:
        return 1
    run = 1
    while (
        start + run < len(tokens)
        and len(tokens[start + run]) == 1
        and _HAN_ONLY.fullmatch(tokens[start + run])
        and gaps[start + run - 1].isspace()
    ):
        run += 1
    if run == 1:  # 林 海生: one character of padding before the given name
        follows = start + 1 < len(tokens) and len(tokens[start + 1]) == 2 and gaps[start].isspace()
        return 2 if follows and tokens[start] in SURNAMES and not has_surname(tokens[start + 1]) else 1
    return 3 if run == 3 or (run == 5 and tokens[start + 2] not in SURNAMES) else 2


def _only_spaces(gaps: list[str]) -> bool:
    return all(gap.isspace() for gap in gaps)
