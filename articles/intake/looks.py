"""Does a short line without end punctuation look like a heading or like the head of a sentence? Pure."""

import re

from articles.intake.characters import visible_length
from articles.intake.joins import opens_rarely
from articles.intake.lines import Line
from articles.intake.words import WINDOW, tagged

_LEAD = re.compile(
    r"(?:[^，,。]{0,12}?)(?:日前|近日|昨日|昨天|今日|今天|昨晚|今晨|连日来|本周|上周|当天|\d{1,2}月\d{1,2}日|\d{1,2}日[上下晚，,]|记者从)"
)
_ADVERBIAL = re.compile(
    r"(?:在|从|自|据|当|随着|为|经|截至|目前|近年来|近日|日前|昨日|今年|去年|其中|同时|此外|随后|如今|\d{1,4}年|\d{1,2}月)[^，,]{0,14}[，,]"
)
_TIMED = re.compile(
    r"(?:今年|去年|昨[日天晚]|今[日天晚]|近日|日前|目前|当前|如今|随后|同时|此外|其中|截至|\d{1,4}年|\d{1,2}月|\d{1,2}日)"
    r"[^，,]{0,12}[，,]"
)
# Whom the sentence quotes, and what it rests on.
_SAID = re.compile(
    r"(?:据(?:了解|悉|介绍|统计|测算)|在\d{1,4}[年月日]|记者[^，,]{0,12}从|[^，,：:“”]{2,16}(?:介绍|表示|说|获悉|认为|指出|透露|告诉记者)[，,])"
)
_PRONOUN = re.compile("[他她它该此这那][们些个]?")


def heading_score(line: Line, below: str) -> int:
    """How much a lone line looks like a heading over the text `below`; 2 and more: rather a heading."""
    text, length = line.clean, visible_length(below)
    score = 2 if line.length <= 16 else 1 if line.length <= 24 else 0 if line.length <= 30 else -1
    score += 1 if length >= 40 else -1 if length < 20 else 0
    score += 2 if _LEAD.match(below) else 0
    score += 1 if re.search(r"\S\s+\S", line.raw) else 0
    score += 2 if line.mark else 0
    score -= 2 if _ADVERBIAL.match(text) else 0
    score -= 1 if re.search("(?<!不)[了过](?=.{2})", text) else 0
    score -= 1 if _PRONOUN.match(text) else 0
    score -= 1 if len(re.findall("[，,]", text)) >= 2 else 0
    score -= 1 if text[-1].isascii() and text[-1].isalnum() else 0
    score -= 2 if opens_rarely(below) else 0
    ends, opens = tagged(text[-WINDOW:]), tagged(below[:WINDOW])
    if ends and opens and ends[-1][1].startswith("n") and opens[0][1].startswith("v"):
        score -= 2  # who | does what
    return score


def opens_like_a_sentence(line: Line) -> bool:
    """Whether a short line is the head of a sentence and no subhead: 今年夏天,…  or a long clause and the bare
    beginning of the next."""
    if _TIMED.match(line.clean) or _SAID.match(line.clean):
        return True
    if tagged(line.clean[:WINDOW])[0][1] == "t" and re.search("[，,]", line.clean):
        return True
    clauses = re.split("[，,]", line.clean)
    return len(clauses) > 1 and len(clauses[-1]) <= 3 and len(clauses[-2]) > 2 * len(clauses[-1])


def lead_like(line: Line) -> bool:
    """Whether a paragraph opens as news does: with a day, or with whom the reporter asked."""
    return bool(_LEAD.match(line.clean[:40]))
