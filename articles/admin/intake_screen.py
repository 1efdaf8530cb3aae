"""The intake screen: paste or upload, look at what was read, choose, confirm.

Nothing is kept between the steps but what stands in the page's own form: the text is read anew each time and changed
as the boxes say, and decisions count only for the very text that was shown.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.base import person_of, refused, status_of
from articles.admin.intake_forms import SourceForm, mark_of, papers_taken_in_by
from articles.admin.intake_from_pdf import find_areas, from_proof
from articles.admin.intake_reading import Reading
from articles.exceptions import IllegalTransition, NotAllowed, Refusal
from articles.intake.importer import TakenInBefore
from articles.models import Intake

TEMPLATE = "admin/articles/intake/new.html"


def intake_screen(request: HttpRequest) -> HttpResponse:
    """GET: the empty screen. POST: what was read; with `_confirm` the drafts. 403 for whoever may take nothing in."""
    person = person_of(request)
    if not papers_taken_in_by(person):
        raise PermissionDenied
    if request.method != "POST":
        return _page(
            request, SourceForm(person=person, initial=from_proof(person, request.GET.get("proof", "")))
        )
    source = SourceForm(request.POST, request.FILES, person=person)
    if not source.is_valid():
        return _page(request, source)
    return _received(request, source)


def _received(request: HttpRequest, source: SourceForm) -> HttpResponse:
    """What was sent can be read: show it, or, if this very text was shown before and is confirmed, make drafts."""
    given = source.cleaned_data
    confirmed = "_confirm" in request.POST
    same = request.POST.get("mark") == mark_of(given["text"], given["publication"])
    try:
        reading = Reading.of(request, given, request.POST if same else None)
    except ValidationError as error:
        source.add_error("text", error)
        return _page(request, source)
    shown = _refilled(request, given)
    if confirmed and not same:
        changed = _(
            "The text was changed after it was read, so it was read again. Look once more, then confirm."
        )
        return _page(request, shown, reading, IllegalTransition(changed))
    if confirmed and not reading.shown_whole:
        other = _("Your changes made other stories of it. Look once more, then confirm.")
        return _page(request, shown, reading, IllegalTransition(other))
    # Asked for both, so that mistakes are marked when it is only looked at again.
    if reading.is_valid() and confirmed:
        return _confirmed(request, shown, reading, given)
    return _page(request, shown, reading)


def _confirmed(
    request: HttpRequest, source: SourceForm, reading: Reading, given: dict[str, Any]
) -> HttpResponse:
    try:
        result = reading.import_(request, given)
    except NotAllowed as refusal:
        return refused(request, refusal, back=reverse("admin:articles_intake_new"))
    except IllegalTransition as refusal:
        return _page(request, source, reading, refusal)
    except ValidationError as error:
        return _page(request, source, reading, problems=error.messages)
    count = len(result.articles)
    messages.success(
        request,
        ngettext("%(count)d draft was made.", "%(count)d drafts were made.", count) % {"count": count},
    )
    proof = find_areas(request, given["proof"])
    if result.warnings:
        messages.warning(request, _("Some things want a look; they stand with the drafts below."))
    elif proof:
        return HttpResponseRedirect(proof)
    return HttpResponseRedirect(intake_url(result.intake))


def intake_url(intake: Intake) -> str:
    return reverse("admin:articles_intake_change", args=[intake.pk])


def _refilled(request: HttpRequest, given: dict[str, Any]) -> SourceForm:
    """The form with the text in it, wherever it came from: a file is not sent twice."""
    data = request.POST.copy()
    data["text"] = given["text"]
    form = SourceForm(data, person=person_of(request))
    form.is_valid()
    return form


def _page(
    request: HttpRequest,
    source: SourceForm,
    reading: Reading | None = None,
    refusal: Refusal | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    again = isinstance(refusal, TakenInBefore)
    context = {
        **admin.site.each_context(request),
        "title": _("Take in a page"),
        "opts": Intake._meta,
        "source": source,
        "reading": reading,
        "refusal": refusal,
        "reasons": [] if again else getattr(refusal, "reasons", ()),
        "problems": problems or [],
    }
    return render(request, TEMPLATE, context, status=status_of(refusal) if refusal else 200)
