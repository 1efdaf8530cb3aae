"""How the tests use the desk: a browser's requests, without a browser."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article


def logged_in(user: Any, *, language: str = "en", **options: Any) -> Client:
    """A client in which this person has logged in, with pages in English unless told."""
    client = Client(headers={"accept-language": language}, **options)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def change_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def verb_url(article: Article, verb: str) -> str:
    return reverse("admin:articles_article_verb", args=[article.pk, verb])


class _Form(HTMLParser):
    """Collects what a browser would send of one form."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = self.in_template = False
        self.fields: dict[str, Any] = {}
        self.textarea: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form_id and given.get("id") != "logout-form"
        if tag == "template":
            self.in_template = True
        if not self.inside or self.in_template:
            return
        name = given.get("name") or ""
        kind = given.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "file"):
            if kind not in ("checkbox", "radio") or "checked" in given:
                self.fields[name] = given.get("value") or ""
        elif tag == "textarea" and name:
            self.textarea, self.fields[name] = name, ""
        elif tag == "select" and name:
            self.select, self.fields[name] = name, ""
        elif tag == "option" and self.select and "selected" in given:
            self.fields[self.select] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "template":
            self.in_template = False
        elif tag == "textarea":
            self.textarea = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data: str) -> None:
        if self.textarea and self.inside:
            # A browser drops the first line break of a text area.
            self.fields[self.textarea] += data.removeprefix("\n") if not self.fields[self.textarea] else data


def form_of(response: Any, form_id: str = "story-form") -> dict[str, Any]:
    """The fields of a form as they would be sent back unchanged."""
    parser = _Form(form_id)
    parser.feed(response.content.decode())
    assert parser.fields, f"no form {form_id!r} on the page"
    parser.fields.pop("csrfmiddlewaretoken", None)
    return parser.fields


def text_of(response: Any) -> str:
    """The page as text, entities resolved."""
    return unescape(response.content.decode())


def opened(client: Client, article: Article) -> dict[str, Any]:
    """The form of a story as this person sees it."""
    response = client.get(change_url(article))
    assert response.status_code == 200
    return form_of(response)


def saved(client: Client, article: Article, **changes: Any) -> Any:
    """Open a story's form, change fields (dashes written as `__`), save."""
    fields = opened(client, article)
    fields.update({name.replace("__", "-"): value for name, value in changes.items()})
    return client.post(change_url(article), fields)
