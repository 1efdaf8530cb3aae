"""Credits at the very end of a paragraph: ……。(林海生)  ……。 记者 许若澜 摄. Pure."""

import re

from articles.intake.bylines import Credit, parse_credit
from articles.intake.names import Roll

_BRACKET = re.compile(r"[（(]([^（）()]{2,40})[）)]\s*$")
_AFTER_STOP = re.compile(r"(?<=[。！？!?”])\s*([^。！？!?”“，,；;：:（）()]{3,30})$")
_WINDOW = 60


def tail_credit(raw: str, start: int, roll: Roll) -> tuple[int, Credit] | None:
    """Where in a raw line (at page offset `start`) its closing credit begins, and the credit.

    None if it closes with none.

    Only behind the end of a sentence: （林海生） inside one is an apposition.
    """
    offset = max(0, len(raw) - _WINDOW)
    window = raw[offset:]
    bracket = _BRACKET.search(window)
    if bracket and bracket.start() and window[: bracket.start()].rstrip()[-1:] in tuple("。！？!?”…"):
        credit = parse_credit(bracket.group().strip(), start + offset + bracket.start(), roll)
        return None if credit is None else (offset + bracket.start(), credit)
    bare = _AFTER_STOP.search(window)
    if bare and bare.start(1):
        credit = parse_credit(bare.group(1), start + offset + bare.start(1), roll)
        if credit is not None and any(byline.role or byline.title for byline in credit.bylines):
            return offset + bare.start(1), credit
    return None
