"""Bylines of nothing but names, told by where they stand: a heading above, a text below. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from articles.intake.bylines import Credit, parse_credit
from articles.intake.lines import Line
from articles.intake.names import looks_like_name
from articles.intake.notes import Doubt, note
from articles.intake.shapes import LONGEST_SUBHEAD

_LONGEST = 14
_MOST_NAMES = 3
_SHORTEST_TEXT = 20


def sign_bare_names(lines: Sequence[Line]) -> Sequence[Line]:
    """Give a credit to every line that holds only names and stands between a heading and a text; the lines.

    Names that are not on the staff list are noted. One pass.
    """
    for index in range(1, len(lines) - 1):
        line = lines[index]
        if line.length <= _LONGEST and line.credit is None and _is_between(lines, index):
            credit = _only_names(line)
            if credit is not None:
                line.credit = credit
    return lines


def _is_between(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above can be a heading, below something complete, and the line below a text."""
    above, below = lines[index - 1], lines[index + 1]
    if (
        above.is_ended
        or above.length > LONGEST_SUBHEAD
        or above.credit is not None
        or above.dateline is not None
    ):
        return False
    if above.length < 2 or above.clean[-1:] in tuple("，,、；;：:") or above.furniture is not None:
        return False
    if below.length < _SHORTEST_TEXT or not (below.is_ended or below.is_prose):
        return False
    for place in (index - 2, index - 3):  # a column's name may stand over the headline
        before = lines[place] if place >= 0 else None
        if before is None or before.is_ended or before.credit is not None or before.furniture is not None:
            return True
        if before.length > _LONGEST:
            return False
    return False


def _only_names(line: Line) -> Credit | None:
    credit = parse_credit(line.raw, line.start, line.roll, bracketed=True)
    if credit is None or len(credit.bylines) > _MOST_NAMES:
        return None
    if any(
        byline.role or byline.title or not looks_like_name(byline.name, line.roll)
        for byline in credit.bylines
    ):
        return None
    if all(byline.name in line.roll for byline in credit.bylines):
        return credit
    return replace(credit, notes=(*credit.notes, note(Doubt.NAMES_ALONE, line.text)))
