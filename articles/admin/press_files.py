"""PDFs of the press: the upload, and giving the pages of a file to the pages of its issue."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskModelAdmin, person_of, refused
from articles.admin.pages import board_url
from articles.admin.people import name_of
from articles.admin.times import paper_time
from articles.exceptions import NotAllowed, Refusal
from articles.models import Issue, Page, PageProof, PressFile
from articles.permissions import Person, fetch_issue, issues_visible_to, why_not
from articles.press.opening import MOST_BYTES
from articles.press.uploads import PRIVATE, hand_out, upload_pdf
from articles.press.wording import sentence
from articles.states import Verb


class UploadForm(forms.Form):
    """The file, and whether it is the whole issue's or one page's."""

    file = forms.FileField(
        label=_("PDF file"),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        allow_empty_file=True,
    )
    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=Page.objects.none(),
        required=False,
        empty_label=_("Several pages: which is which is asked next"),
    )

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = Page.objects.filter(issue=issue)  # type: ignore[attr-defined]
        self.fields["file"].help_text = now_("One page or the whole issue, up to %(most)d MB.") % {
            "most": MOST_BYTES // 1024**2
        }


@admin.register(PressFile)
class PressFileAdmin(DeskModelAdmin[PressFile]):
    """They have no list of their own: they stand at their issue."""

    def may_open(self, person: Person) -> bool:
        return issues_visible_to(person).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="articles_pressfile_changelist"),
            path("issue/<int:pk>/", wrap(self.upload_view), name="articles_pressfile_upload"),
            path("<int:pk>/change/", wrap(self.file_view), name="articles_pressfile_change"),
            path("<int:pk>/state/", wrap(self.state_view), name="articles_pressfile_state"),
            path("<int:pk>/<int:number>.jpg", wrap(self.thumbnail_view), name="articles_pressfile_thumbnail"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_issue_changelist"))

    # --- the upload ---

    def upload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            issue = fetch_issue(person_of(request), pk)
        except Issue.DoesNotExist:
            raise Http404(_("There is nothing here for you.")) from None
        reason = why_not(Verb.UPLOAD_PDF, person_of(request), issue)
        if reason is not None:
            return refused(request, NotAllowed(str(reason)), back=board_url(issue.pk))
        if request.method != "POST":
            form = UploadForm(issue=issue, initial={"page": request.GET.get("page", "")})
            return self._upload_page(request, issue, form)
        form = UploadForm(request.POST, request.FILES, issue=issue)
        if not form.is_valid():
            return self._upload_page(request, issue, form)
        page = form.cleaned_data["page"]
        try:
            file = upload_pdf(request.user, issue.pk, form.cleaned_data["file"], page_id=page and page.pk)
        except Refusal as refusal:
            return refused(request, refusal, back=board_url(issue.pk))
        except ValidationError as error:
            form.add_error("file", error)
            return self._upload_page(request, issue, form)
        return HttpResponseRedirect(file_url(file))

    def _upload_page(self, request: HttpRequest, issue: Issue, form: UploadForm) -> HttpResponse:
        files = issue.press_files.select_related("uploaded_by", "page")[:20]
        context = {
            **self._around(request, issue, now_("Upload a PDF of the press")),
            "form": form,
            "most": MOST_BYTES,
            "too_large": sentence("too_large", {"most": MOST_BYTES // 1024**2}),
            "files": [(file, file_url(file), name_of(file.uploaded_by)) for file in files],
        }
        return render(request, "admin/articles/press/upload.html", context)

    # --- one file ---

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = self._file(request, pk)
        if request.method == "POST":
            return self._hand_out(request, file)
        if file.state == PressFile.State.TAKEN:
            proofs = list(self._proofs(file).order_by("page__position"))
            if len(proofs) == 1:
                return HttpResponseRedirect(proof_url(proofs[0]))
        return self._file_page(request, file)

    def _hand_out(self, request: HttpRequest, file: PressFile) -> HttpResponse:
        wanted: dict[int, int] = {}
        for row in file.pages:
            chosen = request.POST.get(f"page-{row['number']}", "")
            if chosen.isdecimal() and len(chosen) < 19:
                wanted[row["number"]] = int(chosen)
        try:
            proofs = hand_out(request.user, file.pk, wanted)
        except Page.DoesNotExist:
            raise PermissionDenied from None
        except Refusal as refusal:
            return refused(request, refusal, back=file_url(file))
        except ValidationError as error:
            return self._file_page(request, file, error.messages, wanted)
        messages.success(
            request,
            now_("%(count)d pages are being made. This takes some seconds each.") % {"count": len(proofs)},
        )
        return HttpResponseRedirect(file_url(file))

    def _file_page(
        self,
        request: HttpRequest,
        file: PressFile,
        problems: list[str] | None = None,
        wanted: dict[int, int] | None = None,
    ) -> HttpResponse:
        pages = list(Page.objects.filter(issue=file.issue).order_by("position", "pk"))
        context = {
            **self._around(request, file.issue, file.filename),
            "file": file,
            "pages": pages,
            "rows": [
                (row, (wanted or {}).get(row["number"]) if wanted is not None else row["page"])
                for row in file.pages
            ],
            "problems": problems or [],
            "refusal": sentence(file.problem, file.values) if file.problem else "",
            "waits": self._waits(file),
            "state": self._state(file),
            "proofs": self._proofs(file).select_related("page").order_by("page__position"),
            "who": name_of(file.uploaded_by),
            "at": paper_time(file.uploaded_at, file.issue.publication.zone),
        }
        return render(request, "admin/articles/press/file.html", context)

    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the page's script asks until nothing is waited for."""
        file = self._file(request, pk)
        return JsonResponse({"state": self._state(file), "waits": self._waits(file)})

    def thumbnail_view(self, request: HttpRequest, pk: int, number: int) -> FileResponse:
        file = self._file(request, pk)
        name = next((row["thumbnail"] for row in file.pages if row["number"] == number), None)
        if name is None or not storages[PRIVATE].exists(name):
            raise Http404
        return FileResponse(
            storages[PRIVATE].open(name),
            content_type="image/jpeg",
            headers={"Cache-Control": "private, max-age=3600"},
        )

    def _file(self, request: HttpRequest, pk: int) -> PressFile:
        """The file, if the person makes the pages of its issue; else 404."""
        person = person_of(request)
        file = (
            PressFile.objects.filter(pk=pk, issue__in=issues_visible_to(person))
            .select_related("issue__publication", "uploaded_by")
            .first()
        )
        if file is None or why_not(Verb.UPLOAD_PDF, person, file.issue) is not None:
            raise Http404(_("There is nothing here for you."))
        return file

    def _proofs(self, file: PressFile) -> Any:
        return PageProof.objects.filter(upload=file.upload).defer("layout")

    def _state(self, file: PressFile) -> str:
        """Another word whenever the page has something else to show."""
        states = self._proofs(file).order_by("pk").values_list("state", flat=True)
        return "-".join([file.state, *states])

    def _waits(self, file: PressFile) -> bool:
        under_way = [PageProof.State.WAITING, PageProof.State.WORKING]
        return file.state in under_way or self._proofs(file).filter(state__in=under_way).exists()

    def _around(self, request: HttpRequest, issue: Issue, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": Issue._meta,
            "issue": issue,
            "board": board_url(issue.pk),
        }


def file_url(file: PressFile) -> str:
    return reverse("admin:articles_pressfile_change", args=[file.pk])


def proof_url(proof: PageProof) -> str:
    return reverse("admin:articles_pageproof_change", args=[proof.pk])
