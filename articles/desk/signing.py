"""What a sign-off asks of a page's proof: that there is one, that it is sound, and that it still shows the page.

Only papers that make their pages up here ask it. A story goes on from page to page, so one page's proof is judged by
the proofs of the others too.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.desk.findings import errors
from articles.models import Article, Page, PageProof, Placement, Publication

# (story, line of its galley, code of the page it comes from)
Incoming = tuple[int, int, str]


@dataclass(frozen=True)
class Proofs:
    """The proofs that an issue's pages show (one query, none where the paper has no printed pages)."""

    chosen: Mapping[int, PageProof]
    incoming: Mapping[str, tuple[Incoming, ...]]
    codes: frozenset[str]

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "Proofs":
        """pages: all pages of the issue, each with its issue and publication at hand."""
        pages = list(pages)
        keys = [page.proof_id for page in pages if page.proof_id is not None and is_made_up(page)]
        rows = {row.pk: row for row in PageProof.objects.filter(pk__in=keys)} if keys else {}
        chosen = {page.pk: rows[page.proof_id] for page in pages if page.proof_id in rows}
        incoming: dict[str, list[Incoming]] = {}
        for page in pages:
            for row in chosen[page.pk].report.get("continues", []) if page.pk in chosen else []:
                if row["to_page"] != page.code:
                    arriving = (row["article"], row["from_line"], page.code)
                    incoming.setdefault(row["to_page"], []).append(arriving)
        return cls(
            chosen=chosen,
            incoming={code: tuple(sorted(rows)) for code, rows in incoming.items()},
            codes=frozenset(page.code for page in pages),
        )

    @classmethod
    def of_issue(cls, page: Page) -> "Proofs":
        """Of the issue that a page belongs to."""
        if not is_made_up(page):
            return cls({}, {}, frozenset())
        return cls.of(Page.objects.filter(issue=page.issue_id).select_related("issue__publication"))

    def arriving(self, page: Page) -> tuple[Incoming, ...]:
        """What the other pages' proofs send on to this page."""
        return self.incoming.get(page.code, ())


def is_made_up(page: Page) -> bool:
    """Whether the paper makes this page up here."""
    return page.issue.publication.printing == Publication.Printing.MAKEUP


def basis(page: Page, placements: Sequence[Placement]) -> dict[str, Any]:
    """What a proof was made of, in parts: kept with it to say later what has changed. The digest decides, not this."""
    return {
        "words": [page.code, page.label, page.page_editor, page.layout_artist, page.proofreader],
        "items": page.items_version,
        "stories": [[row.article_id, row.article.version, row.wishes] for row in placements],
    }


def proof_lacks(page: Page, placements: Sequence[Placement], proofs: Proofs) -> list[str]:
    """Why the page may not be signed off as its proof shows it: one sentence per obstacle, each with what to do."""
    if not is_made_up(page):
        return []
    proof = proofs.chosen.get(page.pk)
    if proof is None:
        return [_("Page %(page)s has no proof yet. Make it up.") % {"page": page}]
    about = _("Page %(page)s: %(reason)s")
    reasons = [about % {"page": page, "reason": reason} for reason in errors(proof)]
    if proof.state != PageProof.State.READY and not reasons:
        reasons.append(_("The proof of page %(page)s is not ready yet. Wait for it.") % {"page": page})
    reasons += [
        _("Page %(page)s: %(reason)s Make it up again.") % {"page": page, "reason": reason}
        for reason in changes_since(proof, page, placements)
    ]
    return reasons + _continuation_lacks(proof, page, placements, proofs)


def changes_since(proof: PageProof, page: Page, placements: Sequence[Placement]) -> list[str]:
    """What was changed on the page since the proof was made: a sentence each; none where it shows the page as it is."""
    if proof.digest == page.content_digest(list(placements)):
        return []
    then = proof.report.get("basis") or {}
    now = basis(page, placements)
    reasons = _story_changes(then.get("stories", []), placements) if "stories" in then else []
    if then.get("items", now["items"]) != now["items"]:
        reasons.append(_("Its adverts and notices were changed after the proof."))
    if then.get("words", now["words"]) != now["words"]:
        reasons.append(_("Its name or its credits were changed after the proof."))
    return reasons or [_("It was changed after the proof.")]


def _story_changes(then: Iterable[Sequence[Any]], placements: Sequence[Placement]) -> list[str]:
    before = {row[0]: (row[1], row[2]) for row in then}
    standing = {row.article_id for row in placements}
    reasons = []
    for row in placements:
        story = {"story": row.article}
        if row.article_id not in before:
            reasons.append(_("“%(story)s” was placed after the proof.") % story)
        elif before[row.article_id][0] != row.article.version:
            reasons.append(_("“%(story)s” was changed after the proof.") % story)
        elif before[row.article_id][1] != row.wishes:
            reasons.append(_("The wishes for “%(story)s” were changed after the proof.") % story)
    if set(before) - standing:
        gone = Article.objects.filter(pk__in=set(before) - standing)
        reasons += [_("“%(story)s” was taken off after the proof.") % {"story": story} for story in gone]
    if not reasons and list(before) != [row.article_id for row in placements]:
        reasons.append(_("The weight of its stories was changed after the proof."))
    return reasons


def _continuation_lacks(
    proof: PageProof, page: Page, placements: Sequence[Placement], proofs: Proofs
) -> list[str]:
    reasons = []
    arriving = proofs.arriving(page)
    standing: Collection[int] = {row.article_id for row in placements}
    for story, _line, code in arriving:
        if story not in standing:
            reasons.append(
                _(
                    "Page %(page)s: a story goes on here from page %(from)s. Place it here, or make that page up again."
                )
                % {"page": page, "from": code}
            )
    if tuple(map(tuple, proof.report.get("incoming", []))) != arriving:
        reasons.append(
            _("Page %(page)s: what goes on here from another page has changed. Make it up again.")
            % {"page": page}
        )
    for row in proof.report.get("continues", []):
        if row["to_page"] not in proofs.codes:
            reasons.append(
                _("Page %(page)s: a story goes on on page %(to)s, which is not there. Make it up again.")
                % {"page": page, "to": row["to_page"]}
            )
    return reasons
