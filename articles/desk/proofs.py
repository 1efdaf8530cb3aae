"""Proofs of pages (大样): asked for, steered, chosen; and what stands on a page beside stories.

The verbs only write what is wanted; a worker makes the proof (`articles.makeup.runner`). The newest proof that was
asked for becomes the page's when it is ready, and every earlier one is kept, to be chosen again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.desk.continuations import InHand, pages_to_tell, renumber, send_on
from articles.desk.locks import IssueCase, issue_verb
from articles.desk.signing import Proofs, basis, is_made_up
from articles.exceptions import IllegalTransition, Outdated
from articles.models import Page, PageItem, PageProof, Placement
from articles.states import IssueStatus, Verb
from media_library.hurry import hurry_after_commit

TASK = "articles.make_proof"
MOST_CHOICES = 3
MOST_ITEMS = 8
# In these states of its issue a finished proof becomes the page's.
OPEN_PAGES = frozenset({IssueStatus.PLANNING, IssueStatus.HELD})


def make_up(
    user: Any,
    page_id: int,
    *,
    choices: Sequence[int] = (1,),
    keep: int | None = None,
    swap: tuple[str, str] | None = None,
    now: datetime | None = None,
) -> list[PageProof]:
    """Ask for proofs of a page as it stands now: laid out anew, one for each of `choices` (1 is the best proposal).

    `keep`: the key of one of the page's proofs whose layout is to be kept as well as it goes; with `swap` two of its
    modules (by the keys in its layout) change places, and Outdated is raised where the page shows another proof by
    now. Asked for twice before a worker began, it is made once. Raises IllegalTransition where the paper does not
    make up its pages here, or nothing stands on the page.
    """
    with issue_verb(Verb.MAKE_UP, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        _check_made_up(page)
        if not case.pages[page]:
            raise IllegalTransition(_("No story stands on the page. Place some, then make it up."))
        tree = _tree(page, keep, swap)
        # The best comes last: the newest that was asked for is the one the page shows.
        wanted = sorted({min(max(1, choice), MOST_CHOICES) for choice in choices}, reverse=True)
        proofs = [_ask(_in_hand(case), page, choice, tree) for choice in (wanted if tree is None else [1])]
        case.record(issue=case.issue, page=page, data={"proof": proofs[-1].number, "swap": list(swap or ())})
        return proofs


def make_up_issue(user: Any, issue_id: int, *, now: datetime | None = None) -> list[PageProof]:
    """Ask for a proof of every page on which stories stand, in order."""
    with issue_verb(Verb.MAKE_UP, user, issue_id, now) as case:
        if not case.pages:
            raise IllegalTransition(_("The issue has no pages."))
        proofs = []
        for page, placements in case.pages.items():
            _check_made_up(page)
            if placements:
                proofs.append(_ask(_in_hand(case), page, 1, None))
        if not proofs:
            raise IllegalTransition(_("No story stands on any of its pages."))
        case.record(issue=case.issue, data={"pages": len(proofs)})
        return proofs


def choose_proof(
    user: Any, page_id: int, proof_id: int, *, seen: str | None = None, now: datetime | None = None
) -> Page:
    """Let the page show one of its finished proofs again. `seen`: the page's `digest` as the person saw it."""
    with issue_verb(Verb.CHOOSE_PROOF, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        if seen is not None and seen != page.digest(case.pages[page]):
            raise Outdated(
                _("Page %(page)s has changed since you looked at it. Look again, then choose.")
                % {"page": page}
            )
        proof = PageProof.objects.filter(page=page, pk=proof_id, state=PageProof.State.READY).first()
        if proof is None:
            raise IllegalTransition(_("This proof is not one of the page's finished ones."))
        show(_in_hand(case), page, proof)
        case.record(issue=case.issue, page=page, data={"proof": proof.number})
        return page


def steer(
    user: Any,
    page_id: int,
    article_id: int,
    wishes: Mapping[str, Any],
    *,
    position: int | None = None,
    seen: str | None = None,
    again: bool = False,
    keep_layout: bool = False,
    now: datetime | None = None,
) -> Placement:
    """Set what is wished for a story's make-up, and its weight among the others (`position`: 1 is the lead).

    `wishes`: as `articles.makeup.wishes` writes them; its reader has checked them. `seen`: the `wish_mark` of what the
    person saw; Outdated where somebody else has changed it. `again`: ask for a new proof too, with `keep_layout` of
    the same layout.
    """
    with issue_verb(Verb.STEER, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        order = case.pages[page]
        placement = next((row for row in order if row.article_id == article_id), None)
        if placement is None:
            raise IllegalTransition(_("This story does not stand on this page."))
        if seen is not None and seen != wish_mark(placement):
            raise Outdated(
                _("Somebody else has changed what is wished for “%(story)s”. Look again, then save yours.")
                % {"story": placement.article}
            )
        placement.wishes = dict(wishes)
        placement.save(update_fields=["wishes"])
        if position is not None:
            order.remove(placement)
            order.insert(max(0, min(position - 1, len(order))), placement)
            renumber(order)
        case.record(issue=case.issue, page=page, article=placement.article, data={"wishes": placement.wishes})
        if again:
            _check_made_up(page)
            kept = page.proof_id if keep_layout and position is None else None
            _ask(_in_hand(case), page, 1, _tree(page, kept, None))
        return placement


def wish_mark(placement: Placement) -> str:
    """What a person has seen who changes a story's wishes."""
    seen = json.dumps([placement.wishes, placement.position], sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


# --- adverts and notices ------------------------------------------------------------------------------------------


def keep_item(
    user: Any,
    page_id: int,
    fields: Mapping[str, Any],
    *,
    item_id: int | None = None,
    seen: str | None = None,
    now: datetime | None = None,
) -> PageItem:
    """Put an advert or a notice on a page, or change one (`item_id`). `fields`: of PageItem; those left out stay.

    `seen`: its `item_mark` as the person saw it. Raises Outdated; ValidationError where it is larger than the page.
    """
    with issue_verb(Verb.KEEP_ITEM, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        item = _item(page, item_id, seen) if item_id is not None else PageItem(page=page)
        if item_id is None and PageItem.objects.filter(page=page).count() >= MOST_ITEMS:
            raise IllegalTransition(_("More adverts and notices than this do not fit on a page."))
        for name, value in fields.items():
            setattr(item, name, value)
        _check_size(page, item)
        item.full_clean()
        item.save()
        _items_changed(page)
        case.record(issue=case.issue, page=page, data={"item": item.title})
        return item


def remove_item(
    user: Any, page_id: int, item_id: int, *, seen: str | None = None, now: datetime | None = None
) -> None:
    """Take an advert or a notice off its page. `seen`: its `item_mark` as the person saw it."""
    with issue_verb(Verb.REMOVE_ITEM, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        item = _item(page, item_id, seen)
        title = item.title
        item.delete()
        _items_changed(page)
        case.record(issue=case.issue, page=page, data={"item": title})


def item_mark(item: PageItem) -> str:
    """What a person has seen who changes an advert or a notice."""
    names = ("kind", "title", "text", "photo_id", "columns", "lines", "corner")
    return hashlib.sha256(json.dumps([str(getattr(item, name)) for name in names]).encode()).hexdigest()[:16]


def _item(page: Page, item_id: int, seen: str | None) -> PageItem:
    item = PageItem.objects.filter(page=page, pk=item_id).first()
    if item is None:
        raise IllegalTransition(_("It is no longer on this page."))
    if seen is not None and seen != item_mark(item):
        raise Outdated(_("Somebody else has changed “%(item)s”. Look again.") % {"item": item})
    return item


def _check_size(page: Page, item: PageItem) -> None:
    page_format = page.issue.publication.page_format
    if page_format is None:
        return
    if item.columns > page_format.columns:
        wide = _("The page has %(columns)s columns.") % {"columns": page_format.columns}
        raise ValidationError({"columns": wide})
    if item.lines > page_format.lines:
        high = _("The page has %(lines)s lines.") % {"lines": page_format.lines}
        raise ValidationError({"lines": high})


def _items_changed(page: Page) -> None:
    page.items_version += 1
    page.save(update_fields=["items_version"])


# --- a proof that is ready ----------------------------------------------------------------------------------------


def show(hand: InHand, page: Page, proof: PageProof) -> None:
    """Let the page show `proof`; stories that go on elsewhere stand there, and those pages are made up again.

    A signature given for another proof is void by itself.
    """
    before = page.proof
    page.proof = proof
    page.save(update_fields=["proof"])
    send_on(hand, page, before, proof)
    for other in pages_to_tell(hand, page, Proofs.of(hand.pages).arriving):
        _ask(hand, other, 1, None)


def is_newest(proof: PageProof) -> bool:
    """Whether nothing was asked for after it, finished or not."""
    return not PageProof.objects.filter(page=proof.page_id, number__gt=proof.number).exists()


# --- asking -------------------------------------------------------------------------------------------------------


def _ask(hand: InHand, page: Page, choice: int, tree: Any) -> PageProof:
    """The row a worker takes up. One that waits for the very same is taken, for nobody has begun it."""
    layout = {} if tree is None else {"tree": tree}
    newest = PageProof.objects.filter(page=page).order_by("-number").first()
    if (
        newest is not None
        and newest.state == PageProof.State.WAITING
        and not newest.claim
        and (newest.source, newest.choice, newest.layout) == (PageProof.Source.MAKEUP, choice, layout)
    ):
        proof = newest
    else:
        number = PageProof.objects.filter(page=page).aggregate(last=Max("number"))["last"] or 0
        proof = PageProof(page=page, number=number + 1, source=PageProof.Source.MAKEUP, layout=layout)
    placements = hand.pages[page]
    proof.choice, proof.requested_by, proof.requested_at = choice, hand.actor, hand.now
    proof.digest = page.content_digest(placements)
    proof.report = {"basis": basis(page, placements)}
    proof.save()
    hurry_after_commit(TASK, proof.pk)
    return proof


def _in_hand(case: IssueCase) -> InHand:
    return InHand(case.issue, case.pages, case.person.user, case.now)


def _tree(page: Page, keep: int | None, swap: tuple[str, str] | None) -> Any:
    """The layout to begin with; None: anew."""
    if swap is not None and (keep is None or keep != page.proof_id):
        raise Outdated(
            _("Page %(page)s shows another proof by now. Look at it, then swap again.") % {"page": page}
        )
    if keep is None:
        return None
    proof = PageProof.objects.filter(page=page, pk=keep, state=PageProof.State.READY).first()
    tree = proof.layout.get("tree") if proof is not None else None
    if swap is None:
        return tree
    names = set(_names(tree))
    if tree is None or not set(swap) <= names or len(set(swap)) < 2:
        raise IllegalTransition(_("These two cannot change places: choose two that both stand on the page."))
    return _swapped(tree, {swap[0]: swap[1], swap[1]: swap[0]})


def _names(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    return [name for part in tree[1:] for name in _names(part)] if isinstance(tree, list) else []


def _swapped(tree: Any, names: Mapping[str, str]) -> Any:
    if isinstance(tree, str):
        return names.get(tree, tree)
    return [tree[0], *(_swapped(part, names) for part in tree[1:])]


def _check_made_up(page: Page) -> None:
    if not is_made_up(page):
        raise IllegalTransition(
            _(
                "Pages of this paper are not made up here. An administrator can change that in the paper's settings."
            )
        )
    if page.issue.publication.page_format_id is None:
        raise IllegalTransition(
            _(
                "The paper has no page format. An administrator chooses one in the paper's settings, under “Print”."
            )
        )


def _issue_of(page_id: int) -> int:
    return Page.objects.values_list("issue", flat=True).get(pk=page_id)
