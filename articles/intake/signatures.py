"""Who signed what, line by line: credits above a text, credits below it, and the headline that two of them prove. Pure.

A story is signed once. Where one credit stands over a text and another closes it, two stories meet in between, and the
likeliest heading among the lines is the second one's headline.
"""

from collections.abc import Callable, Sequence

from articles.intake.lines import Line


def signs_end(line: Line) -> bool:
    """Whether a story's text ends on this line with the name of who wrote it; a photo's credit ends none."""
    return line.tail is not None and not line.tail[1].photographic


def signs_photo(line: Line) -> bool:
    """Whether the line ends with the credit of a photo, or of text and photo by one person."""
    return line.tail is not None and (
        line.tail[1].photographic or any(byline.role == "文/图" for byline in line.tail[1].bylines)
    )


def is_signed_line(line: Line) -> bool:
    """Whether the line is a byline for a text or opens one with an agency's dateline or with names behind its own."""
    if line.credit is not None:
        return not line.credit.photographic
    return line.dateline is not None and (line.dateline.agency or line.dateline.credit is not None)


def signs_above(line: Line, following: Line, is_signed: bool) -> bool:
    """Whether a byline line between a text and a line with a dateline belongs to the text above.

    `is_signed`: whether a name stands over that text already.
    """
    if line.clean[:1] in "(（" or (line.credit is not None and line.credit.photographic):
        return True
    dateline = following.dateline
    return dateline is not None and (dateline.agency or dateline.credit is not None or not is_signed)


def closes_text(lines: Sequence[Line], index: int, byline: Sequence[bool], text: Sequence[bool]) -> bool:
    """Whether a byline line belongs to the text above it: it stands in brackets below the end of a sentence."""
    line = lines[index]
    return (
        byline[index]
        and index > 0
        and text[index - 1]
        and lines[index - 1].is_ended
        and line.credit is not None
        and not line.credit.photographic
        and line.clean[:1] in "(（"
    )


def proven_headlines(
    lines: Sequence[Line],
    starts: Sequence[bool],
    closes: Sequence[bool],
    candidate: Sequence[bool],
    score: Callable[[int], int],
) -> set[int]:
    """The lines that must be headlines: of every stretch signed above and below, the likeliest candidate.

    `starts`: a story's signature over its text; `closes`: one at its end, on the text's line or below it. `score`: how
    much a candidate looks like a heading. One pass.
    """
    found: set[int] = set()
    signed = False
    best: tuple[int, int] | None = None
    for index in range(len(lines)):
        if closes[index]:
            if signed and best is not None:
                found.add(best[1])
            signed, best = False, None
        elif starts[index]:
            signed, best = True, None
        elif signed and candidate[index]:
            best = max(best or (-99, 0), (score(index), index))
    return found
