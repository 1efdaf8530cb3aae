"""What every screen of the desk stands on: who is asking, and that `articles.permissions` decides.

class IssueAdmin(DeskModelAdmin[Issue]):
    def may_open(self, person): return ...
    def may_view(self, person, thing): return ...
"""

from typing import Any, Generic, NoReturn, TypeVar

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.lists import RememberedList
from articles.exceptions import IllegalTransition, NotAllowed, Refusal
from articles.permissions import Person

Thing = TypeVar("Thing", bound=Model)


def person_of(request: HttpRequest) -> Person:
    """The person who asks, with the seats they hold now; read once per request (one query)."""
    person = getattr(request, "_person", None)
    if person is None:
        person = Person.of(request.user, getattr(request, "now", None) or timezone.now())
        request._person = person  # type: ignore[attr-defined]
    return person


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it gets its answers as JSON, people get pages."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def status_of(refusal: Refusal) -> int:
    """403 where the person may not, 409 where nobody could."""
    return 403 if isinstance(refusal, NotAllowed) else 409


def refused(request: HttpRequest, refusal: Refusal, *, back: str = "") -> HttpResponse:
    """A page that says why something was not done and leads back to `back` (default: the index)."""
    reasons = refusal.reasons if isinstance(refusal, IllegalTransition) else ()
    status = status_of(refusal)
    if wants_json(request):
        return JsonResponse({"error": str(refusal), "reasons": list(reasons)}, status=status)
    context = {
        **admin.site.each_context(request),
        "title": _("This is not yours to do") if status == 403 else _("This is not possible now"),
        "sentence": str(refusal),
        "reasons": reasons,
        "back": back,
    }
    return render(request, "admin/refused.html", context, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to PermissionDenied, whoever raised it (`handler403`). It names nothing that is behind the door."""
    return refused(
        request, NotAllowed(_("Your role does not open this. Ask your editor or an administrator."))
    )


class DeskModelAdmin(RememberedList, Generic[Thing]):
    """Content on the desk: seats decide, never Django's permission tables or the superuser flag.

    Override the `may_…` questions; all of them say no here. Nothing is changed or deleted in bulk, no list is
    filtered by anything but its own filters, and what a person may not see is answered as if it were not there.
    """

    actions = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    empty_value_display = ""

    def may_open(self, person: Person) -> bool:
        """Whether the list is there for this person at all."""
        return False

    def may_view(self, person: Person, thing: Thing) -> bool:
        return self.may_open(person)

    def may_add(self, person: Person) -> bool:
        return False

    def may_change(self, person: Person, thing: Thing) -> bool:
        return False

    def may_delete(self, person: Person, thing: Thing) -> bool:
        return False

    # --- Django's hooks, answered by the questions above ---

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_open(person_of(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        person = person_of(request)
        return self.may_open(person) if obj is None else self.may_view(person, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add(person_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        person = person_of(request)
        return self.may_open(person) if obj is None else self.may_change(person, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and self.may_delete(person_of(request), obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list's own filters ask. Django would let every field of the model be probed."""
        allowed: set[str] = set()
        for item in self.get_list_filter(request) if request is not None else self.list_filter:
            if isinstance(item, type) and issubclass(item, SimpleListFilter):
                allowed.add(str(item.parameter_name))
            else:
                name = item[0] if isinstance(item, (tuple, list)) else item
                allowed |= {f"{name}__{end}" for end in ("exact", "id__exact", "isnull", "gte", "lt")}
        return lookup in allowed

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        # Django sends people to the index with a message; a crawler of numbers must get a plain 404.
        raise Http404(_("There is nothing here for you."))
