"""The page of one story: written, read, saved through the desk's verbs.

Whatever is refused, the page comes back with everything that was typed. Only the verbs write.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.base import person_of, refused, status_of, wants_json
from articles.admin.preview import preview_url
from articles.admin.story_answers import leaves, not_saved, stays
from articles.admin.story_panel import panel_of
from articles.admin.story_sheet import Scope, Sheet
from articles.admin.story_text import differences, parts, same
from articles.admin.story_words import key_of, words
from articles.body import characters
from articles.desk import workflow
from articles.desk.content import snapshot
from articles.desk.copies import public_state_of
from articles.desk.locks import check_article, check_person
from articles.editor import allow_editor
from articles.exceptions import Conflict, NotAllowed, Refusal
from articles.models import Article, Revision
from articles.permissions import EDITORS, Person, can_keep_reporters, fetch_article
from articles.states import WAITING, PublicState, Status, Verb

log = logging.getLogger(__name__)

TEMPLATE = "admin/articles/article/story.html"
# Never fields of the form: who sends them has forged it, or a script of theirs is wrong. Either is worth a line.
NEVER_SENT = frozenset(
    {
        "status",
        "publish_at",
        "author",
        "created_by",
        "updated_by",
        "stage",
        "version",
        "owes_review",
        "review_round",
    }
)


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def story_or_404(request: HttpRequest, pk: int) -> Article:
    """The story, if the person may open it."""
    try:
        return fetch_article(person_of(request), pk)
    except Article.DoesNotExist:
        raise Http404(_("There is no such story for you.")) from None


def story_page(request: HttpRequest, pk: int, buttons: Any) -> HttpResponse:
    """Show, and for POST save, a story. `buttons(request, article)` gives the verbs to offer."""
    article = story_or_404(request, pk)
    refusal = why_not_edit(request, article)
    lent = _restored(request, article)
    scope = Scope(
        person_of(request),
        [article.publication],
        article,
        frozenset(row["photo"] for row in lent.snapshot["photos"]) if lent else frozenset(),
    )
    if request.method == "POST":
        return _received(request, article, scope, refusal, buttons)
    if refusal is not None:
        return _reading_page(request, article, refusal, buttons)
    content = {**snapshot(article), **(lent.snapshot if lent else {})}
    return form_page(request, Sheet.shown(scope, content), article, buttons=buttons, restored=lent)


def why_not_edit(request: HttpRequest, article: Article) -> Refusal | None:
    """What stands between this person and a change of the story now: nothing, who they are, or where it is."""
    try:
        check_person(Verb.EDIT, person_of(request), article)
        check_article(Verb.EDIT, article, public_state_of(article, request.now))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return refusal
    return None


def _restored(request: HttpRequest, article: Article) -> Revision | None:
    """The revision whose text the form starts from, where one is asked for."""
    number = request.POST.get("restored") or request.GET.get("revision") or ""
    if not (number.isdecimal() and len(number) < 9):
        return None
    return article.revisions.filter(number=int(number)).first()


def _received(
    request: HttpRequest, article: Article, scope: Scope, refusal: Refusal | None, buttons: Any
) -> HttpResponse:
    note_forgery(request)
    if refusal is not None and not _worked_on(scope.person, article):
        return refused(request, refusal, back=address(article))
    sheet = Sheet.received(request, scope, take_in=refusal is None)
    valid = sheet.is_valid()
    if refusal is not None:
        return _too_late(request, article, sheet, refusal, buttons, keep=valid)
    if not valid or only_attaching(request, sheet):
        return form_page(request, sheet, article, buttons=buttons)
    return _save(request, article, sheet, buttons)


def _save(request: HttpRequest, article: Article, sheet: Sheet, buttons: Any) -> HttpResponse:
    given, content = sheet.form.cleaned_data, sheet.content()
    carries = bool(given.get("carries_correction"))
    if not carries and same(snapshot(article), content):
        return saved(request, article, _("Nothing was changed, so there is nothing to save."), buttons)
    try:
        edited = workflow.edit(
            request.user,
            article.pk,
            given["base_version"] or 0,
            content,
            note=given["note"],
            carries_correction=carries,
        )
    except Conflict as conflict:
        return _beside(request, article, sheet, conflict, buttons)
    except Refusal as late:
        # It changed hands or state between the look and the lock.
        return _too_late(request, article, sheet, late, buttons, keep=True)
    except ValidationError as error:
        sheet.refuse(error)
        return form_page(request, sheet, article, buttons=buttons)
    sentence = _("Saved as version %(number)s.") % {"number": edited.version}
    if article.status == Status.APPROVED or carries:
        # So much is different now that the page is shown anew.
        buttons = None
    if article.status == Status.APPROVED:
        messages.warning(request, _("The approval was revoked: the story was changed after it."))
    return saved(request, edited, sentence, buttons)


def saved(request: HttpRequest, article: Article, sentence: str, buttons: Any = None) -> HttpResponse:
    """After a save; where asked for, the story is handed in as well. A script stays on the page where it can:
    `buttons` says what may be done there."""
    if wants_json(request) and buttons is not None and "_submit" not in request.POST:
        return stays(request, article, sentence, frame(request, story_or_404(request, article.pk), buttons))
    messages.success(request, sentence)
    if "_submit" in request.POST:
        try:
            workflow.submit(request.user, article.pk)
            messages.success(request, _("Handed in. The first stage of review has it now."))
        except Refusal as refusal:
            messages.error(request, _("It was saved, but not handed in: %(why)s") % {"why": refusal})
    return leaves(address(article)) if wants_json(request) else HttpResponseRedirect(address(article))


def _beside(
    request: HttpRequest, article: Article, sheet: Sheet, conflict: Conflict, buttons: Any
) -> HttpResponse:
    """Two people saved: what this one typed stays in the form, what the other one saved stands beside it."""
    article = story_or_404(request, article.pk)
    sheet.rebase(article.version)
    theirs = snapshot(article)
    return form_page(
        request,
        sheet,
        article,
        buttons=buttons,
        refusal=conflict,
        comparison=differences(theirs, sheet.content(), article.publication),
        status=409,
    )


def _too_late(
    request: HttpRequest, article: Article, sheet: Sheet, refusal: Refusal, buttons: Any, *, keep: bool
) -> HttpResponse:
    """The story moved on while somebody wrote: nothing is saved, what they typed stays and is kept as a revision."""
    kept = workflow.keep_refused(request.user, article.pk, sheet.content()) if keep else None
    return form_page(
        request,
        sheet,
        story_or_404(request, article.pk),
        buttons=buttons,
        refusal=refusal,
        kept=kept,
        status=status_of(refusal),
    )


def _worked_on(person: Person, article: Article) -> bool:
    """Whether the person could have been writing it a moment ago: an author or an editor of its section."""
    return person.wrote(article) or person.has_role_for(EDITORS, article)


def only_attaching(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether only photos were to be added, and nothing saved yet."""
    sheet.quiet = "_attach" in request.POST
    return sheet.quiet


def note_forgery(request: HttpRequest) -> None:
    """Leave a line in the log about fields that no form of ours has. They are not read."""
    forged = sorted(NEVER_SENT & set(request.POST))
    if forged:
        log.warning("%s sent fields that are never edited: %s", request.user, ", ".join(forged))


# --- what is shown ------------------------------------------------------------------------------------------------


def frame(request: HttpRequest, article: Article, buttons: Any) -> dict[str, Any]:
    """What stands around a story, whether it is written or read."""
    public = public_state_of(article, request.now)  # type: ignore[attr-defined]
    offered = buttons(request, article)
    deciding = {Verb.APPROVE, Verb.SEND_BACK}
    decisions = [button for button in offered if button.verb in deciding and article.stage_id]
    return {
        "article": article,
        "public": public,
        "panel": panel_of(article, public),
        "buttons": [button for button in offered if button not in decisions],
        "decisions": decisions,
        "preview": preview_url(article),
        "characters": characters(article.body),
        "opts": Article._meta,
    }


def form_page(
    request: HttpRequest,
    sheet: Sheet,
    article: Article | None = None,
    *,
    buttons: Any = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    if request.method == "POST" and wants_json(request):
        told = ("refusal", "comparison", "kept")
        beside = frame(request, article, buttons) if article and "refusal" in more else None
        given = {name: more[name] for name in told if name in more}
        return not_saved(request, sheet, article, frame=beside, **given)
    if "_attach" in request.POST and status == 200:
        sheet.quiet = True
    person = person_of(request)
    context: Mapping[str, Any] = {
        **admin.site.each_context(request),
        "title": article or _("New story"),
        "opts": Article._meta,
        **(frame(request, article, buttons) if article else {}),
        "sheet": sheet,
        "media": sheet.form.media,
        "desk_words": words(),
        "copy_key": key_of(request.user),
        "may_keep_names": any(can_keep_reporters(person, paper.pk) for paper in sheet.scope.publications),
        "may_submit": article is None
        or (article.status == Status.DRAFT and _may(Verb.SUBMIT, person, article)),
        **more,
    }
    return allow_editor(render(request, TEMPLATE, dict(context), status=status))


def _may(verb: Verb, person: Person, article: Article) -> bool:
    try:
        check_person(verb, person, article)
    except NotAllowed:
        return False
    return True


def _reading_page(request: HttpRequest, article: Article, refusal: Refusal, buttons: Any) -> HttpResponse:
    """The story to read, with the reason why it cannot be written now."""
    context = {
        **admin.site.each_context(request),
        "title": article,
        **frame(request, article, buttons),
        "reason": refusal,
        "hint": _hint(article, public_state_of(article, request.now)),  # type: ignore[attr-defined]
        "parts": parts(snapshot(article), article.publication),
    }
    return render(request, TEMPLATE, context)


def _hint(article: Article, public: PublicState) -> str:
    """What would have to happen first, where the states stand in the way."""
    if public in WAITING:
        return _("It waits for its time: the duty editor or the editor-in-chief can pull it.")
    if article.status == Status.PUBLISHED:
        return _(
            "An editor can open it for new text with “Revise”; what readers see is put right with “Correct”."
        )
    if article.status == Status.SPIKED:
        return _("An editor can take it off the spike.")
    return ""
