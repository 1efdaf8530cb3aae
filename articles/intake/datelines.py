"""Datelines (电头) at the opening of a body: 本报讯, 新华社北京7月2日电, with bylines in brackets behind them. Pure."""

import re
from dataclasses import dataclass

from articles.intake.bylines import Credit, parse_credit
from articles.intake.characters import HAN
from articles.intake.model import Span
from articles.intake.names import Roll
from articles.intake.punctuation import restore

_S = r"[ \t\u3000\xa0]*"
_DATE = r"(?:\d{2,4}年)?(?:\d{1,2}月)?\d{1,2}日(?:[上下]午|晚|凌晨)?"
_PLACE = rf"[{HAN}·/、]{{1,12}}?"
_AGENCY = (
    "(?:新华社|中新社|中国新闻社|新华网|中新网|人民网|央视网|央广网|光明网|中央社|法新社|路透社|美联社|塔斯社|俄新社|共同社"
    f"|韩联社|埃菲社|安莎社|德新社|彭博社|时事社|合众国际社|朝中社|[{HAN}]{{2,4}}通讯社)"
)
_OWN = "本[报刊网台社站]"
_PAPER = f"[{HAN}]{{1,4}}(?:日报|晚报|晨报|早报|时报|商报|快报|都市报)"
_END = "(?:综合|专|特|急)?(?:电|讯|消息)"
# After a dateline that only its shape tells: a space, a bracket or the end of the line.
_APART = r"(?=[\s(（]|$)"
_WIRE = re.compile(
    rf"(?:据|综合)?{_S}(?:"
    rf"{_AGENCY}(?:记者)?{_S}(?:{_PLACE}{_S})?{_DATE}{_S}{_END}"
    rf"|{_AGENCY}{_S}(?:{_PLACE}{_S})?{_END}{_APART}"
    rf"|[{HAN}]{{2,6}}社{_S}(?:{_PLACE}{_S})?{_DATE}{_S}{_END}{_APART}"
    r")"
)
_LOCAL = re.compile(
    rf"(?:{_OWN}{_S}(?:综合|专|特)?[讯](?![息号问])"
    rf"|{_OWN}{_S}(?:综合|专|特)?消息{_APART}"
    rf"|{_OWN}{_S}(?:{_PLACE}{_S})?{_DATE}{_S}{_END}"
    rf"|{_OWN}{_S}(?:[{HAN}]{{2,4}}{_S})?{_END}{_APART}"
    rf"|{_PAPER}{_S}(?:{_PLACE}{_S})?(?:{_DATE}{_S})?{_END}{_APART}"
    rf"|{_PLACE}{_S}{_DATE}{_S}{_END}{_APART})"
)
# Any paper's short name, told by the names in brackets right behind it: 望报讯(记者 甲).
_BEFORE_NAMES = re.compile(rf"[{HAN}]{{2,6}}?讯(?={_S}[（(【［\[])")
_BRACKET = re.compile(rf"{_S}[（(【［\[]([^（）()【】［］\[\]]{{2,120}})[）)】］\]]")
_REPORTS = re.compile(
    rf"{_S}((?:{_OWN}|见习|实习|特约)*(?:记者|通讯员)[^，。,：:；;（）()]{{2,40}}?(?:摄影)?报道)(?:{_S}[:：,，]|\s)"
)
_REST = re.compile(r"[\s:：]*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """`text` as stored, "" where only bylines in brackets opened the body; `end`: offset in the page where the body
    goes on. `agency`: taken over from a wire."""

    text: str
    span: Span | None
    agency: bool
    credit: Credit | None
    end: int


def match_dateline(text: str, base: int, roll: Roll) -> Dateline | None:
    """The dateline and bracketed bylines that open a stripped raw line at page offset `base`; None if there is none."""
    head = text[:200]
    wire = _WIRE.match(head)
    match = wire or _LOCAL.match(head)
    if match is None:
        match = _BEFORE_NAMES.match(head)
        if match is None or _credit_behind(text, match.end(), base, roll)[1] is None:
            return None
    end, credit = _credit_behind(text, match.end(), base, roll)
    span_end = match.end()
    rest = _REST.match(text, end)
    # A colon behind the dateline belongs to it; it must lie in some span.
    if rest and rest.group().strip():
        colon = end + len(rest.group().rstrip())
        if credit is None:
            span_end = colon
        else:
            credit = _stretched(credit, base + colon)
        end = colon
    return Dateline(
        re.sub(r"\s", "", restore(match.group())), (base, base + span_end), bool(wire), credit, base + end
    )


def match_opening_credit(text: str, base: int, roll: Roll) -> Dateline | None:
    """Bylines in brackets that open a body without a dateline: (记者 甲)昨日……"""
    if not text.startswith(("(", "（")):
        return None
    end, credit = _credit_behind(text, 0, base, roll)
    if credit is None or not any(byline.title for byline in credit.bylines):
        return None
    return Dateline("", None, False, credit, base + end)


def _credit_behind(text: str, start: int, base: int, roll: Roll) -> tuple[int, Credit | None]:
    """The byline right after offset `start`, in brackets or as 记者 甲 报道, and where it ends."""
    bracket = _BRACKET.match(text, start, start + 160)
    if bracket:
        opened = bracket.start(1) - 1
        credit = parse_credit(bracket.group(1).strip(), base + opened, roll, bracketed=True)
        if credit is not None:
            # Parsed from inside the brackets; the spans must cover the brackets too.
            inner = bracket.start(1) + len(bracket.group(1)) - len(bracket.group(1).lstrip())
            return bracket.end(), _shifted(credit, base + opened, inner - opened, base + bracket.end())
    reports = _REPORTS.match(text, start, start + 120)
    if reports:
        credit = parse_credit(reports.group(1), base + reports.start(1), roll)
        if credit is not None:
            end = reports.start() + len(reports.group().rstrip())
            return end, _stretched(credit, base + end)
    return start, None


def _shifted(credit: Credit, first: int, by: int, last: int) -> Credit:
    """The credit with spans moved `by`, its first starting at `first` and its last ending at `last`."""
    bylines = []
    for number, byline in enumerate(credit.bylines):
        start = first if number == 0 else byline.span[0] + by
        end = last if number == len(credit.bylines) - 1 else byline.span[1] + by
        bylines.append(type(byline)(byline.role, byline.title, byline.name, (start, end)))
    return Credit(tuple(bylines), credit.notes, credit.photographic, credit.marked)


def _stretched(credit: Credit, end: int) -> Credit:
    last = credit.bylines[-1]
    stretched = type(last)(last.role, last.title, last.name, (last.span[0], end))
    return Credit((*credit.bylines[:-1], stretched), credit.notes, credit.photographic, credit.marked)
