"""Verbs as buttons: shown where person and states allow them, asked for what they need, checked again by the desk.

    class IssueAdmin(VerbAdmin[Issue], DeskModelAdmin[Issue]):
        verbs = specs(
            VerbSpec(Verb.SCHEDULE_ISSUE, run=lambda request, issue, given: schedule_issue(request.user, issue.pk,
                     given["at"]), form=TimeForm, done=_("Scheduled.")),
        )
        def verb_thing(self, request, pk): return fetch_issue(person_of(request), pk)
        def verb_in_season(self, request, verb, issue): return issue_allows(verb, issue.status)

gives POST (and, for its small form, GET) …/<pk>/verb/<verb>/ under the URL name `<app>_<model>_verb`, and
`verb_buttons(request, thing)` for `templates/admin/verb_buttons.html`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import person_of, refused, status_of, wants_json
from articles.editor import BodyWidget, allow_editor
from articles.exceptions import Conflict, IllegalTransition, NotAllowed, Outdated, Refusal
from articles.permissions import why_not
from articles.states import VERB_LABELS, Verb

Thing = TypeVar("Thing", bound=Model)


class VerbForm(forms.Form):
    """What a verb asks for besides the press of its button. Without fields the button alone does it."""

    def __init__(self, *args: Any, thing: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing
        self.request = request
        # What differs from what somebody else did in between (articles.admin.story_text.Difference).
        self.comparison: list[Any] = []

    def after_conflict(self) -> None:
        """Take note of what somebody else did in between, so that the next press means to go over it."""


class ReasonForm(VerbForm):
    """A reason that is kept and shown to everybody concerned."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It is kept and shown to everybody concerned."),
    )


class OptionalReasonForm(ReasonForm):
    """A reason that may be left out."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Optional. It is kept and shown to everybody concerned."),
    )


Run = Callable[[HttpRequest, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class VerbSpec:
    """One verb as the admin offers it.

    `run(request, thing, cleaned_data)` does it. `tone`: "go" forward, "plain", "stop" takes something away.
    `explain` says on the small page what will happen, `done` what has happened. `ask_first`: even without fields
    the small page is shown, because the button alone is too easily pressed.
    """

    verb: Verb
    run: Run
    done: Any
    form: type[VerbForm] = VerbForm
    tone: str = "plain"
    explain: Any = ""
    ask_first: bool = False

    @property
    def label(self) -> Any:
        return VERB_LABELS[self.verb]

    @property
    def asks(self) -> bool:
        """Whether the button leads to a small page instead of doing it at once."""
        return self.ask_first or bool(self.form.base_fields)


@dataclass(frozen=True)
class Button:
    """A verb that this person may do to this thing now."""

    verb: Verb
    label: Any
    url: str
    asks: bool
    tone: str


def specs(*rows: VerbSpec) -> Mapping[Verb, VerbSpec]:
    """A table of verbs, in the order in which the buttons stand."""
    return {row.verb: row for row in rows}


class VerbAdmin(admin.ModelAdmin, Generic[Thing]):
    """Mix into a DeskModelAdmin. The desk's verbs check everything again under lock; what is asked here first only
    decides which buttons are shown and which answer comes early."""

    verbs: Mapping[Verb, VerbSpec] = {}

    def verb_thing(self, request: HttpRequest, pk: int) -> Thing:
        """The thing, if the person may open it; `ObjectDoesNotExist` otherwise."""
        raise NotImplementedError

    def verb_in_season(self, request: HttpRequest, verb: Verb, thing: Thing) -> bool:
        """Whether the states allow it now."""
        raise NotImplementedError

    def verb_back(self, request: HttpRequest, thing: Thing) -> str:
        """Where the person goes when it is done."""
        return reverse(self._verb_url_name("change"), args=[thing.pk])

    # --- buttons ---

    def verb_buttons(self, request: HttpRequest, thing: Thing) -> list[Button]:
        person = person_of(request)
        return [
            Button(verb, spec.label, self.verb_url(thing, verb), spec.asks, spec.tone)
            for verb, spec in self.verbs.items()
            if self.verb_in_season(request, verb, thing) and why_not(verb, person, thing) is None  # type: ignore[arg-type]
        ]

    def verb_url(self, thing: Thing, verb: Verb) -> str:
        return reverse(self._verb_url_name("verb"), args=[thing.pk, verb.value])

    def _verb_url_name(self, kind: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{kind}"

    # --- the view ---

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        return [
            path("<int:pk>/verb/<str:verb>/", self.admin_site.admin_view(self.verb_view), name=name),
            *super().get_urls(),
        ]

    def verb_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """GET: the small page. POST: do it. 302: done; 403: may not; 409: not now; else the page with its errors
        (for scripts JSON: 200, 403, 409, 400)."""
        try:
            spec = self.verbs[Verb(verb)]
            thing = self.verb_thing(request, pk)
        except (ValueError, KeyError, ObjectDoesNotExist):
            raise Http404(_("There is nothing here for you.")) from None
        reason = why_not(spec.verb, person_of(request), thing)  # type: ignore[arg-type]
        if reason is not None:
            return refused(request, NotAllowed(str(reason)), back=self.verb_back(request, thing))
        if request.method != "POST":
            # What was typed into a form that is sent is never thrown away; one not yet filled in need not be shown.
            if not self.verb_in_season(request, spec.verb, thing):
                late = _("“%(verb)s” is not possible in the state that “%(thing)s” is in now.")
                refusal = IllegalTransition(late % {"verb": spec.label, "thing": thing})
                return refused(request, refusal, back=self.verb_back(request, thing))
            return self._verb_page(request, spec, thing, self._verb_form(request, spec, thing))
        return self._carry_out(request, spec, thing)

    def _carry_out(self, request: HttpRequest, spec: VerbSpec, thing: Thing) -> HttpResponse:
        form = self._verb_form(request, spec, thing, request.POST)
        if not form.is_valid():
            return self._verb_page(request, spec, thing, form)
        try:
            result = spec.run(request, thing, form.cleaned_data)
        except (NotAllowed, Outdated) as refusal:
            # Of what has changed they look at the thing itself again, not at the form.
            return refused(request, refusal, back=self.verb_back(request, thing))
        except Refusal as refusal:
            if isinstance(refusal, Conflict):
                form.after_conflict()
            return self._verb_page(request, spec, thing, form, refusal)
        except ValidationError as error:
            add_errors(form, error)
            return self._verb_page(request, spec, thing, form)
        return self.verb_done(request, spec, thing, result)

    def verb_done(self, request: HttpRequest, spec: VerbSpec, thing: Thing, result: Any) -> HttpResponse:
        """The answer when it is done."""
        if wants_json(request):
            return JsonResponse({"done": str(spec.done)})
        messages.success(request, str(spec.done))
        return HttpResponseRedirect(self.verb_back(request, thing))

    def _verb_form(self, request: HttpRequest, spec: VerbSpec, thing: Thing, data: Any = None) -> VerbForm:
        files = request.FILES if data is not None else None
        return spec.form(data, files, thing=thing, request=request)

    def _verb_page(
        self,
        request: HttpRequest,
        spec: VerbSpec,
        thing: Thing,
        form: VerbForm,
        refusal: Refusal | None = None,
    ) -> HttpResponse:
        """The small page, with what was typed and why it was refused."""
        reasons = refusal.reasons if isinstance(refusal, IllegalTransition) else ()
        status = status_of(refusal) if refusal else 200
        if wants_json(request) and (refusal or form.errors):
            errors = {"error": str(refusal or ""), "reasons": list(reasons), "fields": form.errors}
            return JsonResponse(errors, status=status if refusal else 400)
        context = {
            **self.admin_site.each_context(request),
            "title": spec.label,
            "opts": self.opts,
            "spec": spec,
            "thing": thing,
            "form": form,
            "media": self.media + form.media,
            "refusal": refusal,
            "reasons": reasons,
            "back": self.verb_back(request, thing),
        }
        response = render(request, "admin/verb.html", context, status=status)
        holds_editor = any(isinstance(field.widget, BodyWidget) for field in form.fields.values())
        return allow_editor(response) if holds_editor else response


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what a verb found wrong beside the field it names, or above the form where the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def replaced(data: Any, name: str, value: object) -> Any:
    """The data of a received form with one field changed; what was received is not."""
    changed = data.copy()
    changed[name] = str(value)
    return changed
