"""How long a brief may be, and short items in a row that no rubric announced. Pure."""

from collections.abc import Sequence

from articles.intake.labels import Item, Part
from articles.intake.looks import lead_like
from articles.intake.notes import Doubt, note
from articles.intake.story_draft import Draft

# Longer than any brief.
BRIEF_TEXT = 220


def is_long(items: Sequence[Item]) -> bool:
    """Whether the next items hold more than one paragraph, or a long one: no brief."""
    paragraphs = [item for item in items if item.part is Part.PARAGRAPH]
    return len(paragraphs) > 1 or any(
        sum(line.length for line in item.lines) > BRIEF_TEXT for item in paragraphs
    )


def split_run(draft: Draft) -> list[Draft]:
    """A story without a byline whose every section, the first too, is one short paragraph that opens as news does,
    under headings of like length, is a run of briefs. Anything else stays one."""
    sections: list[tuple[Item | None, list[Item]]] = [(None, [])]
    for item in draft.body:
        if item.part is Part.HEAD:
            sections.append((item, []))
        else:
            sections[-1][1].append(item)
    if draft.credits or len(draft.heads) != 1 or len(sections) < 3:
        return [draft]
    lengths = [draft.heads[0].length, *(head.first.length for head, _ in sections if head)]
    if max(lengths) > 2 * min(lengths) or not all(
        len(body) == 1
        and sum(line.length for line in body[0].lines) <= BRIEF_TEXT
        and (lead_like(body[0].first) or body[0].first.dateline is not None)
        for _, body in sections
    ):
        return [draft]
    briefs = []
    for head, body in sections:
        brief = Draft(heads=[head.first] if head else draft.heads, body=body, is_brief=True)
        brief.notes = [*([] if head else draft.notes), note(Doubt.BRIEF_RUN)]
        briefs.append(brief)
    return briefs
