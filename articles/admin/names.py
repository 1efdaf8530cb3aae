"""Names for a byline: found while typing among those of the person's own papers, and put on the list in place."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.base import person_of
from articles.intake.drafts import compact
from articles.models import Reporter
from articles.permissions import can_keep_reporters
from articles.validators import single_line

MOST = 20


def names_view(request: HttpRequest) -> JsonResponse:
    """`?term=何&page=1` gives the search box its rows. 403 for whoever works for no paper."""
    person = person_of(request)
    if not person.seats:
        raise PermissionDenied
    term, page = request.GET.get("term", "").replace("\x00", "")[:40].strip(), request.GET.get("page", "1")
    start = (int(page) - 1) * MOST if page.isdecimal() and 0 < len(page) < 5 and int(page) else 0
    rows = Reporter.objects.filter(publication__in=person.publications, is_active=True, name__icontains=term)
    paper = _paper(request.GET.get("paper", ""))
    if paper:
        rows = rows.filter(publication=paper)
    found = list(rows.select_related("publication").order_by("name", "pk")[start : start + MOST + 1])
    several = len(person.publications) > 1 and not paper
    results = [_row(row, several=several) for row in found[:MOST]]
    return JsonResponse({"results": results, "pagination": {"more": len(found) > MOST}})


@require_POST
def new_name_view(request: HttpRequest) -> JsonResponse:
    """Put a name on a paper's list: `name`, `kind`, `paper`. 403 for all but that paper's editors; 400 with a sentence
    where the list cannot take it. A name that is there already is simply given back."""
    person, paper = person_of(request), _paper(request.POST.get("paper", ""))
    if not can_keep_reporters(person, paper):
        refusal = _("Only editors add names to the list of reporters. Ask your editor to add this one.")
        return JsonResponse({"error": refusal}, status=403)
    written = request.POST.get("name", "")
    reporter = Reporter(publication_id=paper, name=compact(written), kind=request.POST.get("kind", ""))
    try:
        # Before its spaces are made one: a line break is refused, not repaired.
        single_line(written)
        reporter.clean_fields(exclude=["user"])
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    listed, made = Reporter.objects.get_or_create(
        publication_id=paper, name=reporter.name, defaults={"kind": reporter.kind}
    )
    if not listed.is_active:
        sentence = _("“%(name)s” is on the list, but no longer active. Set the name active there first.")
        return JsonResponse({"error": sentence % {"name": listed.name}}, status=400)
    return JsonResponse(_row(listed), status=201 if made else 200)


def _paper(written: str) -> int:
    """The key of a paper; 0, which none has, for anything else."""
    return int(written) if written.isdecimal() and len(written) < 19 else 0


def _row(row: Reporter, *, several: bool = False) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "text": f"{row.name} · {row.publication.name}" if several else row.name,
        "name": row.name,
        "kind": row.kind,
        "about": row.get_kind_display(),
    }
