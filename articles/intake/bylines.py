"""Byline lines: `■[role ]title name( name)*` and the habits of other papers. Pure.

Read as credits: ■记者 甲 乙 / □本报记者 甲 通讯员 乙 / 文/图 记者 甲 / 甲 文 乙 摄 / 摄影：甲 / 本报记者甲 /
(记者 甲) / (甲).
The fewer the signs (mark, title, role, brackets), the more each name must look like one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.intake.characters import HAN, MARKS
from articles.intake.model import Byline, Span
from articles.intake.names import (
    Roll,
    could_be_name,
    could_be_unit,
    looks_like_name,
    mend_padding,
    split_names,
)
from articles.intake.notes import Doubt, Note, note

# Printed role → the one that is kept. "" is the text itself.
ROLES = {
    "摄影": "摄影", "摄": "摄影", "拍摄": "摄影", "航拍": "摄影",
    "图": "图", "图片": "图", "供图": "图", "配图": "图",
    "文": "文", "文字": "文", "撰文": "文", "撰稿": "文", "采写": "文",
    "文图": "文/图", "图文": "文/图", "摄影报道": "文/图", "图文报道": "文/图", "文并摄": "文/图", "文并图": "文/图",
    "制图": "制图", "绘图": "制图", "漫画": "漫画", "视频": "视频", "剪辑": "视频",
    "整理": "整理", "文字整理": "整理", "口述": "口述", "讲述": "口述", "记录": "记录",
    "编译": "编译", "翻译": "编译", "策划": "策划", "统筹": "统筹",
    "报道": "", "采访": "", "采访报道": "",
}  # fmt: skip
PHOTO_ROLES = frozenset({"摄影", "图"})
_TITLE_WORDS = (
    "记者|通讯员|实习生|评论员|特约撰稿人|撰稿人|撰稿|编导|"
    "报道员|观察员|特派员|作者|主播|摄影师|编辑部|采访组|报道组"
    "|见习生|主持人|指导老师|讲述人|口述人|记录人"
)
# What may stand before the word itself; a closed set, so that a headline about a reporter is no byline.
_TITLE_PREFIX = (
    f"(?:(?:本|新华|中新)[报刊网台社]|融媒体中心|[{HAN}]{{2,4}}(?:日报|晚报|晨报|早报|时报|商报|快报|都市报"
    "|电视台|融媒体中心|融媒))?"
    f"(?:首席|资深|高级|见习|实习|特约|特派|全媒体|融媒体|融媒|图片|摄影|文字|视频|新媒体|跑口|校园|视觉|小|驻[{HAN}]{{2,6}}?)*"
)
_TITLE = re.compile(f"{_TITLE_PREFIX}(?:{_TITLE_WORDS})")
_ANY_TITLE = re.compile(f"[{HAN}]{{0,10}}(?:{_TITLE_WORDS})")
_COLLECTIVE = re.compile(f"{_TITLE_PREFIX}(?:评论员|编辑部|采访组|报道组)")
_CREDITED = re.compile("(摄影报道|图文报道|摄影|拍摄|摄|供图|报道)$")
_PART = "(?:文字|图片|视频|摄影|文|图|摄)"
_TOKEN = re.compile(
    rf"(?P<pair>{_PART}\s*[/／、&]\s*{_PART}(?=[\s/／:：）)]|$|{_TITLE_PREFIX}(?:{_TITLE_WORDS}))(?:(?<=摄)影报道)?)"
    r"|(?P<gap>[\s、，,;；/／:：|｜&]+)"
    r"|(?P<word>[^\s、，,;；/／:：|｜&（）()〔〕\[\]【】。！？!?“”《》]+)"
)
_SIGN = re.compile(
    f"[文图摄]|航拍|漫画|视频|报道|采访|剪辑|整理|编译|翻译|策划|统筹|撰|采写|口述|讲述|记录|{_TITLE_WORDS}"
)
_LEAD = re.compile(rf"[\s{MARKS}]*")
_BRACKETS = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】", "(（": ""}
LONGEST = 240
_IS = ("系", "均系", "均为", "单位")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a byline line or bracket says. Spans tile it: the first starts where it starts, the last ends with it."""

    bylines: tuple[Byline, ...]
    notes: tuple[Note, ...]
    photographic: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class _Atom:
    sort: str  # role, title or name
    value: str
    start: int
    end: int


def parse_credit(text: str, base: int, roll: Roll, *, bracketed: bool = False) -> Credit | None:
    """Read a stripped piece of raw text as a credit; None if it is none.

    `base` is its offset in the page. `bracketed` says that brackets around it were already taken off; without
    brackets, mark, title and role nothing is a byline.
    """
    if not 3 <= len(text) <= LONGEST:
        return None
    lead = _LEAD.match(text)
    inner_start = lead.end() if lead else 0
    marked = bool(text[:inner_start].strip())
    if not (marked or bracketed or text[inner_start:][:1] in _BRACKETS or _SIGN.search(text)):
        return None  # most lines of a page
    inner_end = len(text)
    if inner_end - inner_start > 2 and _BRACKETS.get(text[inner_start]) == text[inner_end - 1]:
        inner_start, inner_end, bracketed = inner_start + 1, inner_end - 1, True
    atoms = _atoms(text, inner_start, inner_end, roll, loose=marked or bracketed)
    if atoms is None:
        return None
    people = _people(text, atoms, roll)
    if not people:
        return _collective(text, base, atoms, marked)
    names = [atom.value for atom in people if atom.sort == "name"]
    if not _credible(names, people, roll, marked, bracketed):
        return None
    bylines = _assign(people, text, base)
    return Credit(
        bylines,
        tuple(_doubts(people, text, roll)),
        all(byline.role in PHOTO_ROLES for byline in bylines),
        marked,
    )


def _atoms(text: str, start: int, end: int, roll: Roll, *, loose: bool) -> list[_Atom] | None:
    atoms: list[_Atom] = []
    position = start
    while position < end:
        match = _TOKEN.match(text, position, end)
        if match is None:
            return None
        if match.lastgroup == "pair":
            atoms.append(_Atom("role", _pair_role(match.group()), match.start(), match.end()))
        elif match.lastgroup == "word":
            atoms.extend(_word(match.group(), match.start(), roll, loose))
        position = match.end()
        if len(atoms) > 60:
            return None
    return atoms


def _pair_role(text: str) -> str:
    """文/图 for whatever pair of words and pictures it is; 图/视频 stays as printed."""
    if "视频" in text:
        return re.sub(r"\s", "", text)
    return "文/图" if "文" in text else "图"


def _word(word: str, start: int, roll: Roll, loose: bool) -> Iterator[_Atom]:
    """One token: a role, a title, a name, or several of them grown together (本报记者林海生摄)."""
    if word in ROLES:
        yield _Atom("role", ROLES[word], start, start + len(word))
        return
    title = _TITLE.match(word) or (_ANY_TITLE.fullmatch(word) if loose else None)
    if title is not None:
        yield _Atom("title", title.group(), start, start + title.end())
        if title.end() == len(word):
            return
        start, word = start + title.end(), word[title.end() :]
        if word in ROLES:
            yield _Atom("role", ROLES[word], start, start + len(word))
            return
        inner = re.search(f"(?<=[{HAN}]{{2}})(?:{_TITLE_PREFIX}(?:{_TITLE_WORDS}))", word)
        if inner and inner.start() <= 4:
            yield from _name(word[: inner.start()], start, roll)
            yield from _word(word[inner.start() :], start + inner.start(), roll, loose)
            return
    yield from _name(word, start, roll)


def _name(word: str, start: int, roll: Roll) -> Iterator[_Atom]:
    credited = _CREDITED.search(word)
    role: _Atom | None = None
    if (
        credited
        and word not in roll
        and 2 <= credited.start() <= 6
        and could_be_name(word[: credited.start()], roll)
    ):
        role = _Atom("role", ROLES[credited.group()], start + credited.start(), start + len(word))
        word = word[: credited.start()]
    for piece in split_names(word, roll):
        yield _Atom("name", piece, start, start + len(piece))
        start += len(piece)
    if role is not None:
        yield role


def _people(text: str, atoms: list[_Atom], roll: Roll) -> list[_Atom]:
    """The atoms with padded names mended; [] if no name is among them."""
    mended: list[_Atom] = []
    index = 0
    while index < len(atoms):
        stop = index
        while stop < len(atoms) and atoms[stop].sort == "name":
            stop += 1
        if stop == index:
            mended.append(atoms[index])
            index += 1
            continue
        run = atoms[index:stop]
        gaps = [text[left.end : right.start] or "|" for left, right in pairwise(run)]
        for group in mend_padding([atom.value for atom in run], gaps, roll):
            value = "".join(run[number].value for number in group)
            mended.append(_Atom("name", value, run[group[0]].start, run[group[-1]].end))
        index = stop
    return mended if any(atom.sort == "name" for atom in mended) else []


def _collective(text: str, base: int, atoms: list[_Atom], marked: bool) -> Credit | None:
    """本报评论员: a title that is itself the name."""
    if len(atoms) != 1 or atoms[0].sort != "title" or not _COLLECTIVE.fullmatch(atoms[0].value):
        return None
    span = (base, base + len(text))
    return Credit((Byline("", "", atoms[0].value, span),), (), False, marked)


def _credible(  # noqa: PLR0911  # from the surest signs to none
    names: list[str], atoms: list[_Atom], roll: Roll, marked: bool, bracketed: bool
) -> bool:
    titled = any(atom.sort == "title" for atom in atoms)
    roles = [atom for atom in atoms if atom.sort == "role"]
    sure = sum(1 for name in names if looks_like_name(name, roll))
    likely = sum(1 for name in names if could_be_name(name, roll))
    if any(not could_be_unit(name) and not likely for name in names):
        return False
    if any(name.startswith(_IS) for name in names):
        return False  # 作者系……会员 tells who somebody is
    if any(not could_be_unit(name) and not looks_like_name(name, roll) for name in names):
        return False
    if (marked or bracketed) and (titled or roles):
        return likely * 2 >= len(names) or (titled and atoms[0].sort != "name")
    if marked or bracketed:
        return (
            len(names) <= 6 and sure * 2 >= len(names) and likely == len(names) and max(map(len, names)) <= 4
        )
    if len(atoms) == 2 and titled and atoms[0].end == atoms[1].start:
        return sure == 1  # 记者连线 heads a column, 记者林海生 is a byline
    if titled and atoms[0].sort != "name":
        return (
            likely * 2 >= len(names) and max(map(len, names)) <= 8 and not (sure == 0 and len(names[0]) == 4)
        )
    if roles or titled:
        return sure == len(names) or (likely == len(names) and sure > 0)
    return False


def _assign(atoms: list[_Atom], text: str, base: int) -> tuple[Byline, ...]:
    """Give each name its role and title. Roles stand before their names (摄影 记者 甲) or after (甲 文 乙 摄).

    They follow only where the last word is one: in 记者 甲 摄影 乙 the first name has no role. A title holds for the
    names behind it up to the next role: 文/记者 甲 图/乙 gives 乙 none.
    """
    sorts = [atom.sort for atom in atoms]
    roles_follow = sorts[-1] == "role" and sorts.index("name") < sorts.index("role")
    drafts: list[list[str | int]] = []  # role, title, name, end
    role = title = ""
    waiting = 0
    for atom in atoms:
        if atom.sort == "title":
            title = atom.value
        elif atom.sort == "name":
            drafts.append(["" if roles_follow else role, title, atom.value, atom.end])
        elif roles_follow:
            for draft in drafts[waiting:]:
                draft[0] = atom.value
            if drafts:
                drafts[-1][3] = atom.end
            waiting = len(drafts)
        else:
            role = atom.value
            title = "" if drafts else title
    bylines: list[Byline] = []
    start = 0
    for number, (role_of, title_of, name, end) in enumerate(drafts):
        stop = len(text) if number == len(drafts) - 1 else int(end)
        span: Span = (base + start, base + stop)
        bylines.append(Byline(str(role_of), str(title_of), str(name), span))
        start = stop + len(text[stop:]) - len(text[stop:].lstrip())
    return tuple(bylines)


def _doubts(atoms: list[_Atom], text: str, roll: Roll) -> Iterator[Note]:
    for before, atom in zip([None, *atoms], atoms, strict=False):
        if atom.sort != "name":
            continue
        printed = text[atom.start : atom.end]
        if printed != atom.value and "\u3000" not in printed and atom.value not in roll:
            yield note(Doubt.NAME_PADDED, atom.value)
        if (
            before is not None
            and before.sort == "name"
            and before.end == atom.start
            and atom.value not in roll
        ):
            yield note(Doubt.NAME_SPLIT, f"{before.value} {atom.value}")
        if roll:
            if atom.value not in roll:
                yield note(Doubt.NAME_UNKNOWN, atom.value)
        elif not could_be_name(atom.value, roll):
            yield note(Doubt.NAME_UNUSUAL, atom.value)
